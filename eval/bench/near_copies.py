"""Near-copies planted among a thousand pseudo-articles (MinHash tutorial data by C. McCormick)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from eval.bench.files import read_text, sample
from eval.bench.rows import BenchRow, rows_of
from eval.bench.running import Bench, Document
from eval.intervals import Ratio

NAME = "near_copies"
FOLDER = "minhash_neardup"

Pair = frozenset[str]


def run(bench: Bench) -> list[BenchRow]:
    """Precision over the pairs found and recall over the pairs planted."""
    documents, planted = load(bench)
    with bench.collection(documents) as collection:
        names = {article.id: article.name for article in collection.articles()}
        found = pairs({names[copy]: names[original] for copy, original in collection.copies().items()})
    every = sorted(found | planted, key=sorted)
    metrics = {
        "precision": [Ratio(pair in planted and pair in found, pair in found) for pair in every],
        "recall": [Ratio(pair in found and pair in planted, pair in planted) for pair in every],
    }
    name = NAME if bench.limit is None else f"{NAME} ({len(documents)} documents)"
    return rows_of(name, metrics, seed=bench.seed)


def load(bench: Bench) -> tuple[list[Document], set[Pair]]:
    """The articles and the planted pairs; those of a limited run are every planted article and so many of the others."""
    folder = bench.folder(FOLDER)
    lines = [line.split(" ", 1) for line in read_text(folder / "articles_1000.train").splitlines() if line.strip()]
    planted = {frozenset(line.split()) for line in read_text(folder / "articles_1000.truth").splitlines() if line.strip()}
    within = {name for pair in planted for name in pair}
    others = set(sample([name for name, _ in lines if name not in within], bench.limit, bench.seed))
    return [Document(name, text) for name, text in lines if name in within or name in others], planted


def pairs(copies: Mapping[str, str]) -> set[Pair]:
    """Every pair of names that stand for the same text, given copy -> original."""
    groups: dict[str, set[str]] = {}
    for copy, original in copies.items():
        groups.setdefault(original, {original}).add(copy)
    return {frozenset(pair) for group in groups.values() for pair in _two_of(group)}


def _two_of(group: Iterable[str]) -> Iterable[tuple[str, str]]:
    return combinations(sorted(group), 2)
