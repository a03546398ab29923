"""How far each stage is from what the machine can do: the rate of its matrix products, or of reading memory."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.benchmark.limits import LAYERS, Limits, flops_of_a_token
from eval.benchmark.racing import Task
from eval.benchmark.scale import DIMENSIONS, ScaleFigures
from index.passages import PassageSettings, split
from qa.reading import TrainedReader
from qa.reading.windows import passage_window

READER_LAYERS = 2 * LAYERS
"""The reader has twice the layers of the embedding model, of the same shapes."""

WINDOWS = 256
REPEATS = 3
HALF_BYTES = 2 * DIMENSIONS
SKETCH_BYTES = DIMENSIONS // 8 + 8


@dataclass(frozen=True, slots=True)
class Stage:
    """What a stage does in a second, and what `bound` alone would allow."""

    name: str
    unit: str
    rate: float
    most: float
    bound: str

    def __post_init__(self) -> None:
        if self.rate <= 0 or self.most <= 0:
            raise ValueError(f"{self.name} at {self.rate} of {self.most} {self.unit}: both must be above 0")

    @property
    def share(self) -> float:
        """How much of the limit is reached, 0 to 1."""
        return self.rate / self.most


@dataclass(frozen=True, slots=True)
class ReadingRate:
    """Windows that the reader reads in a second, and their tokens at the mean."""

    windows_per_second: float
    tokens: float


def reading_rate(task: Task) -> ReadingRate:
    """The best of some runs over windows of the task's articles."""
    reader = TrainedReader()
    settings = PassageSettings()
    windows = [
        passage_window(article, passage).window
        for article in task.articles
        for passage in split(article, settings)
    ][:WINDOWS]
    question = task.questions[0]
    seconds = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        reader.read(question, windows)
        seconds.append(time.perf_counter() - begin)
    tokens = float(np.mean([reader.tokens(question, window) for window in windows]))
    return ReadingRate(len(windows) / min(seconds), tokens)


def stages(
    machine: Limits,
    tokens: float,
    indexing: float | None,
    reading: ReadingRate | None,
    grown: Sequence[ScaleFigures] = (),
) -> list[Stage]:
    """The stages that were measured; `indexing` is in passages a second, of so many `tokens` at the mean."""
    products = 1e9 * max(machine.gflops_bf16 or 0, machine.gflops_f32)
    found = []
    if indexing is not None:
        most = machine.passages_per_second(tokens)
        found.append(Stage("indexing", "passages/s", indexing, most, "matrix products"))
    if reading is not None:
        most = products / (reading.tokens * flops_of_a_token(reading.tokens, READER_LAYERS))
        found.append(Stage("reading", "windows/s", reading.windows_per_second, most, "matrix products"))
    for one in grown:
        most = 1e9 * machine.read_gb_per_second / _bytes_read(one)
        name = f"search among {one.passages:,} vectors"
        found.append(Stage(name, "questions/s", 1000 / one.median_ms, most, "reading memory"))
    return found


def _bytes_read(one: ScaleFigures) -> int:
    if one.looked_at >= one.passages:
        return HALF_BYTES * one.passages
    return SKETCH_BYTES * one.passages + HALF_BYTES * one.looked_at
