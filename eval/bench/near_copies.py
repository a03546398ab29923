"""Near-copies planted among a thousand pseudo-articles (MinHash tutorial data by C. McCormick), and made of the demo's."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from typing import cast

import numpy as np

from eval.bench import mutations
from eval.bench.files import read_text, sample
from eval.bench.rows import BenchRow, rows_of
from eval.bench.running import Bench, Document
from eval.intervals import Ratio
from index import Article, Collection
from index.embedding import Vectors

NAME = "near_copies"
FOLDER = "minhash_neardup"

Pair = frozenset[str]


class NoVectors:
    """Stands in for an embedder where nothing is searched: whether texts are copies does not depend on vectors."""

    name = fingerprint = "no vectors"
    dimensions = 8

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The same vector for every text, shape (n, 8)."""
        return np.full((len(texts), self.dimensions), self.dimensions**-0.5, dtype=np.float32)

    def embed_query(self, text: str) -> Vectors:
        """The same vector."""
        return cast(Vectors, self.embed([text])[0])


def run(bench: Bench) -> list[BenchRow]:
    """Precision over the pairs found and recall over the pairs planted, then what mutations of the demo articles are."""
    return _planted(bench) + _mutations(bench)


@contextmanager
def _collection(articles: Iterable[Article]) -> Iterator[Collection]:
    with (
        tempfile.TemporaryDirectory(prefix="everysource-bench-") as folder,
        Collection.create(Path(folder) / "collection", embedder=NoVectors()) as made,
    ):
        made.add_articles(articles)
        yield made


def _mutations(bench: Bench) -> list[BenchRow]:
    """For each kind and share of change: the changed articles found as copies, and as versions."""
    every = mutations.demo_articles()
    with _collection(every) as collection:
        known = {*collection.copies(), *collection.versions()}
    originals = [article for article in every if article.id not in known]
    words = mutations.vocabulary(originals)
    rows: list[BenchRow] = []
    for kind, mutation in (mutations.COPIES | {"new figure": mutations.new_figure}).items():
        for share in mutations.SHARES:
            changed = [
                mutations.mutated(article, mutation, share, words, bench.seed) for article in originals
            ]
            metrics = _found(originals, changed)
            rows += rows_of(f"{NAME}: {kind}, {share:.0%}", metrics, seed=bench.seed)
    return rows


def _found(originals: Sequence[Article], changed: Sequence[Article]) -> dict[str, list[Ratio]]:
    """Shares of the changed articles that stand under their own original, and that stand under another one."""
    with _collection([*originals, *changed]) as collection:
        copies, versions = dict(collection.copies()), dict(collection.versions())
        ids = {article.name: article.id for article in collection.articles()}
    own = {ids[one.name]: ids[article.name] for one, article in zip(changed, originals, strict=True)}
    return {
        "as a copy": [Ratio(copies.get(one) == original, 1) for one, original in own.items()],
        "as a version": [Ratio(versions.get(one) == original, 1) for one, original in own.items()],
        "under another": [
            Ratio((copies | versions).get(one, original) != original, 1) for one, original in own.items()
        ],
    }


def _planted(bench: Bench) -> list[BenchRow]:
    documents, planted = load(bench)
    with _collection(document.article() for document in documents) as collection:
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
    lines = [
        line.split(" ", 1) for line in read_text(folder / "articles_1000.train").splitlines() if line.strip()
    ]
    planted = {
        frozenset(line.split())
        for line in read_text(folder / "articles_1000.truth").splitlines()
        if line.strip()
    }
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
