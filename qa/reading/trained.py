"""The project's own reader: a small encoder trained for extractive question answering, run by OpenVINO."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.inference import Network
from qa.errors import ReaderError
from qa.reading.decoding import best_spans
from qa.reading.model import Reading, Window

WEIGHTS = Path(__file__).parent / "weights"
BATCH = 8
LENGTHS = (96, 128, 160, 192, 224, 256)
QUESTION_WORDS = 60

Scores = NDArray[np.float32]


class TrainedReader:
    """Reads with the weights in `folder`: `reader.onnx`, `tokenizer.json` and `card.json` (name, threshold).

    Windows are padded to one of LENGTHS and computed row by row the same, so that a window's scores do not depend
    on what is read beside it. Computes in bfloat16 where the processor has it, else in float32.
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._folder = folder
        try:
            card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
            self.name: str = card["name"]
            self.threshold: float = card["threshold"]
        except (OSError, ValueError, KeyError) as error:
            raise ReaderError(
                f"no reader in {folder} ({error}): give a folder with card.json, reader.onnx and tokenizer.json"
            ) from error
        self._tokenizer, self._network = _load(folder)

    def tokens(self, question: str, window: Window) -> int:
        """How many tokens of a question and a window are read."""
        return len(self._tokenizer.encode(" ".join(question.split()[:QUESTION_WORDS]), window.text).ids)

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """One Reading for each window, in order; deterministic."""
        question = " ".join(question.split()[:QUESTION_WORDS])
        encodings = self._tokenizer.encode_batch([(question, window.text) for window in windows])
        readings: list[Reading | None] = [None] * len(windows)
        for place, (start, end, answerable) in _scores(self._network, encodings):
            encoding = encodings[place]
            size = len(encoding.ids)
            passage = np.array(encoding.sequence_ids) == 1
            spans = best_spans(start[:size], end[:size], encoding.offsets, passage, windows[place])
            readings[place] = Reading(round(float(answerable), 4), spans)
        return [reading for reading in readings if reading is not None]


def _scores(
    network: Network, encodings: list[Any]
) -> Iterator[tuple[int, tuple[Scores, Scores, np.float32]]]:
    """The places of `encodings` with the start and end scores of their tokens, and how answerable they are."""
    plan = list(_by_length([len(encoding.ids) for encoding in encodings]))
    padded = (_padded([encodings[place] for place in places], length) for length, places in plan)
    for (_, places), outputs in zip(plan, network.infer(padded), strict=True):
        yield from zip(places, zip(*outputs, strict=True), strict=True)


def _padded(encodings: list[Any], length: int) -> dict[str, NDArray[np.int64]]:
    shape = (len(encodings), length)
    ids, types, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for row, encoding in enumerate(encodings):
        size = len(encoding.ids)
        ids[row, :size], types[row, :size], mask[row, :size] = encoding.ids, encoding.type_ids, 1
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}


def _by_length(sizes: list[int]) -> Iterator[tuple[int, list[int]]]:
    for lower, length in zip((0, *LENGTHS), LENGTHS, strict=False):
        places = [place for place, size in enumerate(sizes) if lower < size <= length]
        for begin in range(0, len(places), BATCH):
            yield length, places[begin : begin + BATCH]


@cache
def _load(folder: Path) -> tuple[Any, Network]:
    import openvino
    from openvino.passes import ConstantFolding, Manager
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LENGTHS[-1], strategy="only_second")
    try:
        core = openvino.Core()
        model = core.read_model(str(folder / "reader.onnx"))
        # The int8 weights become floats once, here, and not at each reading.
        restored = Manager()
        restored.register_pass(ConstantFolding())
        restored.run_passes(model)
        network = Network(core.compile_model(model, "CPU", {"PERFORMANCE_HINT": "THROUGHPUT"}))
    except RuntimeError as error:
        raise ReaderError(
            f"{folder / 'reader.onnx'} cannot be loaded ({error}): install the project again"
        ) from error
    return tokenizer, network
