"""How a whole collection grows: synthetic articles indexed, searched and added to, `python -m eval.benchmark.whole`.

Words are drawn by Zipf's law; an embedder of noise stands for the model, whose time is that of the indexing race.
"""

from __future__ import annotations

import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.benchmark.apart import run_step, step_apart, waits_ms
from eval.benchmark.peers import peak_mb
from eval.benchmark.scale import DIMENSIONS
from index import Article, Collection
from index.articles import article_id

VOCABULARY = 50_000
WORDS_OF_ARTICLE, WORDS_OF_SENTENCE = 2_000, 18
PASSAGES_OF_ARTICLE = 19
"""About so many passages are split from an article."""

ADDED_ARTICLES = 53
"""A thousand passages."""

QUESTIONS = 100
WORDS_OF_QUESTION = 7
MODULE = "eval.benchmark.whole"


@dataclass(frozen=True, slots=True)
class WholeFigures:
    """What a collection of `passages` synthetic passages needs, embedding apart; sizes in MB, times in seconds or ms.

    A question is searched by vectors and by words, and the best passages are read from the database; adding takes in
    `added` passages and publishes the new generation.
    """

    passages: int
    build_seconds: float
    build_peak_mb: float
    disk_mb: float
    open_seconds: float
    first_ms: float
    median_ms: float
    p95_ms: float
    ask_peak_mb: float
    added: int
    add_seconds: float
    add_peak_mb: float


class NoiseEmbedder:
    """Vectors of length one that follow from their texts: passages with one first line are about one subject."""

    name = fingerprint = "noise"
    dimensions = DIMENSIONS

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of `texts`, shape (n, dimensions)."""
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of one text, shape (dimensions,)."""
        made = _noise(text.partition("\n")[0]) + _noise(text)
        unit: NDArray[np.float32] = made / np.linalg.norm(made)
        return unit


def whole_growth(sizes: Sequence[int]) -> Iterator[WholeFigures]:
    """The figures of each size; each step runs in a process of its own."""
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="everysource-whole-") as folder:
            built, asked, added = (step_apart(MODULE, step, size, folder) for step in ("build", "ask", "add"))
        yield WholeFigures(**built, **asked, **added)


def build(size: int, folder: Path) -> dict[str, float]:
    """Index synthetic articles until there are about so many passages."""
    with Collection.create(folder / "made", embedder=NoiseEmbedder()) as collection:
        begin = time.perf_counter()
        report = collection.add_articles(_articles(0, max(1, size // PASSAGES_OF_ARTICLE)))
        spent = time.perf_counter() - begin
    files = [path for path in (folder / "made").rglob("*") if path.is_file()]
    return {
        "passages": report.passages, "build_seconds": spent, "build_peak_mb": peak_mb(),
        "disk_mb": sum(path.stat().st_size for path in files) / 2**20,
    }  # fmt: skip


def ask(size: int, folder: Path) -> dict[str, float]:
    """Open the collection and search it."""
    begin = time.perf_counter()
    with Collection.open(folder / "made", embedder=NoiseEmbedder()) as collection:
        opened = time.perf_counter() - begin
        seconds: list[float] = []
        for number in range(QUESTIONS):
            question = " ".join(_words(WORDS_OF_QUESTION, seed=10**9 + number))
            begin = time.perf_counter()
            collection.search(question)
            seconds.append(time.perf_counter() - begin)
    return {"open_seconds": opened, **waits_ms(seconds), "ask_peak_mb": peak_mb()}


def add(size: int, folder: Path) -> dict[str, float]:
    """Take in a thousand passages more, of articles whose names stand among the others: ordinals follow the names."""
    apart = max(1, size // (PASSAGES_OF_ARTICLE * ADDED_ARTICLES))
    fresh = [
        replace(article, name=f"{place * apart:07}-new.txt")
        for place, article in enumerate(_articles(10**6, 10**6 + ADDED_ARTICLES))
    ]
    with Collection.open(folder / "made", embedder=NoiseEmbedder()) as collection:
        begin = time.perf_counter()
        report = collection.add_articles(fresh)
        return {
            "added": report.embedded, "add_seconds": time.perf_counter() - begin, "add_peak_mb": peak_mb(),
        }  # fmt: skip


def _articles(first: int, end: int) -> Iterator[Article]:
    for number in range(first, end):
        words = _words(WORDS_OF_ARTICLE, seed=number)
        ends = range(0, WORDS_OF_ARTICLE, WORDS_OF_SENTENCE)
        text = " ".join(" ".join(words[at : at + WORDS_OF_SENTENCE]).capitalize() + "." for at in ends)
        yield Article(article_id(text), f"{number:07}.txt", text, title=f"Story {number}")


def _words(count: int, *, seed: int) -> list[str]:
    known, shares = _vocabulary()
    drawn = np.searchsorted(shares, np.random.default_rng(seed).random(count))
    return [known[place] for place in drawn.tolist()]


@cache
def _vocabulary() -> tuple[list[str], NDArray[np.float64]]:
    """Invented words, and the share of all running words that they and those before them have."""
    draw = np.random.default_rng(5)
    known = ["".join(draw.choice(list("abdefghiklmnoprstuvw"), 3 + place % 7)) for place in range(VOCABULARY)]
    weights = 1 / np.arange(1, VOCABULARY + 1)
    return known, np.cumsum(weights / weights.sum())


def _noise(text: str) -> NDArray[np.float32]:
    draw = np.random.default_rng(zlib.crc32(text.encode()))
    return draw.standard_normal(DIMENSIONS, dtype=np.float32)


if __name__ == "__main__":
    run_step({"build": build, "ask": ask, "add": add})
