"""How the search for vectors grows: synthetic vectors about many subjects, `python -m eval.benchmark.scale COUNT`."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from eval.benchmark.apart import run_step, step_apart, waits_ms
from eval.benchmark.peers import peak_mb
from index.new_vectors import NewVectors, save_vectors
from index.vectors import Scores, VectorIndex

DIMENSIONS = 384
MEMBERS = 50
"""Passages about one subject."""

NOISE = 1.0
"""Length of what a passage adds to its subject: two passages on one subject then have a cosine of about one half."""

ADDED = 1_000
QUESTIONS = 200
DEPTH = 10
AT_ONCE = 4_096
MODULE = "eval.benchmark.scale"


@dataclass(frozen=True, slots=True)
class ScaleFigures:
    """What an index of `passages` synthetic vectors needs; `recall` is that of the exact first ten.

    `looked_at` vectors are compared in full for a question.
    """

    passages: int
    looked_at: int
    build_seconds: float
    build_peak_mb: float
    disk_mb: float
    open_seconds: float
    first_ms: float
    median_ms: float
    p95_ms: float
    recall: float
    ask_peak_mb: float
    add_seconds: float
    add_peak_mb: float


def growth(sizes: tuple[int, ...]) -> Iterator[ScaleFigures]:
    """The figures of each size; each step runs in a process of its own."""
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="everysource-scale-") as folder:
            built, asked, added = (step_apart(MODULE, step, size, folder) for step in ("build", "ask", "add"))
        yield ScaleFigures(passages=size, **built, **asked, **added)


def vectors(count: int, first: int = 0, *, subjects: int) -> Scores:
    """`count` vectors of length one, the same for the same `first`; from another `first`, others on the same subjects."""
    return np.concatenate(list(_blocks(count, first, subjects)))


def _blocks(count: int, first: int, subjects: int) -> Iterator[Scores]:
    for done in range(0, count, AT_ONCE):
        draw = np.random.default_rng([7, first + done])
        about = draw.integers(subjects, size=AT_ONCE)
        noise = draw.standard_normal((AT_ONCE, DIMENSIONS), dtype=np.float32) * np.float32(
            NOISE / DIMENSIONS**0.5
        )
        made = _subjects(subjects)[about] + noise
        yield (made / np.linalg.norm(made, axis=1, keepdims=True))[: count - done]


@cache
def _subjects(count: int) -> Scores:
    drawn = np.random.default_rng(3).standard_normal((count, DIMENSIONS), dtype=np.float32)
    unit: Scores = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return unit


def build(size: int, folder: Path) -> dict[str, float]:
    """Make and save the index."""
    index = NewVectors(DIMENSIONS, size)
    spent = 0.0
    for block in _blocks(size, 0, _subject_count(size)):
        start = time.perf_counter()
        index.add(block)
        spent += time.perf_counter() - start
    begin = time.perf_counter()
    index.save(folder / "vectors")
    spent += time.perf_counter() - begin
    return {
        "build_seconds": spent,
        "build_peak_mb": peak_mb(),
        "disk_mb": (folder / "vectors").stat().st_size / 2**20,
    }


def ask(size: int, folder: Path) -> dict[str, float]:
    """Open the index and ask."""
    begin = time.perf_counter()
    index = VectorIndex.load(folder / "vectors")
    opened = time.perf_counter() - begin
    questions = vectors(QUESTIONS, 10 * size + AT_ONCE, subjects=_subject_count(size))
    seconds: list[float] = []
    found = []
    for question in questions:
        begin = time.perf_counter()
        found.append(index.search(question, DEPTH)[0])
        seconds.append(time.perf_counter() - begin)
    peak = peak_mb()
    return {
        "looked_at": index.looked_at, "open_seconds": opened, **waits_ms(seconds),
        "ask_peak_mb": peak, "recall": _recall(found, questions, size),
    }  # fmt: skip


def _recall(found: list[Any], questions: Scores, size: int) -> float:
    """The share of the exact first ten, by a comparison with every vector in single precision."""
    best = np.full((len(questions), DEPTH), -2.0, dtype=np.float32)
    places = np.full((len(questions), DEPTH), -1, dtype=np.int64)
    first = 0
    for block in _blocks(size, 0, _subject_count(size)):
        scores = np.concatenate([best, questions @ block.T], axis=1)
        here = np.broadcast_to(np.arange(first, first + len(block)), (len(questions), len(block)))
        ordinals = np.concatenate([places, here], axis=1)
        chosen = np.argpartition(-scores, DEPTH - 1, axis=1)[:, :DEPTH]
        best, places = np.take_along_axis(scores, chosen, 1), np.take_along_axis(ordinals, chosen, 1)
        first += len(block)
    return float(np.mean([len(np.intersect1d(*pair)) / DEPTH for pair in zip(places, found, strict=True)]))


def add(size: int, folder: Path) -> dict[str, float]:
    """A new generation of the index, with some vectors more."""
    base = VectorIndex.load(folder / "vectors")
    fresh = vectors(ADDED, 20 * size, subjects=_subject_count(size))
    begin = time.perf_counter()
    save_vectors(folder / "next", np.append(np.arange(size), np.full(ADDED, -1)), lambda _: fresh, base)
    return {"add_seconds": time.perf_counter() - begin, "add_peak_mb": peak_mb()}


def _subject_count(size: int) -> int:
    return max(1, size // MEMBERS)


if __name__ == "__main__":
    run_step({"build": build, "ask": ask, "add": add})
