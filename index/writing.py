"""A new generation in the making: articles in and out, then vectors, words and copies made to fit."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import compress, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.articles import Article, retrieval_text
from index.copies import Relation, group, relation, signature
from index.embedding import Embedder
from index.gathering import Sourced
from index.generations import DATABASE, VECTORS, WORDS
from index.lexical import LexicalIndex, counted
from index.naming import settle
from index.new_vectors import save_vectors
from index.passages import PassageSettings, split
from index.pending import FreshVectors
from index.reading import Reader
from index.reports import IndexReport, Meter
from index.storage import PassageRow, Store


class Writer:
    """Works on a copy of `base` in the folder `staged`; nothing is seen by readers until it is published.

    Articles are taken in one by one, and their passages embedded as they come; vectors are kept in `pending` until the
    generation is published, so that a run that was killed is soon where it was.
    """

    def __init__(
        self,
        base: Reader,
        staged: Path,
        pending: Path,
        embedder: Callable[[], Embedder],
        settings: PassageSettings,
        meter: Meter,
    ) -> None:
        self._base = base
        self._staged = staged
        self._settings = settings
        self._meter = meter
        self._fresh = FreshVectors(pending, embedder, meter)
        self._store = Store.create(staged / DATABASE, base.store)
        self._outcome: dict[str, list[str]] = {"added": [], "replaced": [], "unchanged": [], "removed": []}
        self._words_anew = False
        self.changed = False

    def close(self) -> None:
        """Close the staged database."""
        self._store.close()
        self._fresh.close()

    def put(self, sourced: Sourced) -> None:
        """Take in the articles of one file, and drop those that an earlier version of it held.

        Where the file turns out to be broken, LoadError is passed on and none of it is taken.
        """
        noted: list[tuple[str, str]] = []
        with self._store.transaction():
            given: set[str] = set()
            stored: set[str] = set()
            for article in sourced.articles:
                if sourced.origin is not None:
                    article = _named_apart(article, given)
                    given.add(article.name)
                kind, name = self._put_one(article, sourced)
                stored.add(name)
                noted.append((kind, name))
                self._meter.took(len(article.text))
            if sourced.origin is not None:
                for name in set(self._store.names_from(sourced.origin)) - stored:
                    noted.append(("removed", name))
                    self._delete(name)
        self._note(noted)

    def remove(self, name: str) -> None:
        """Take the article of this name out."""
        with self._store.transaction():
            self._delete(name)
        self._note([("removed", name)])

    def rebuild(self, *, keep_vectors: bool = False) -> None:
        """Make all that is derived from the stored text anew, the vectors perhaps excepted."""
        names = self._store.names()
        with self._store.transaction():
            for done, name in enumerate(names):
                self._meter.tell("load", done, len(names), name)
                article = self._store.named(name)
                assert article is not None
                origin, part = self._store.origin(name), self._store.part(name)
                self._store.delete(article.id)
                self._store.put(article, origin, part, signature(article.text))
                self._put_passages(article, known=keep_vectors)
        self.changed = True
        self._words_anew = True

    def finish(self) -> str:
        """Make vectors, words and copies; returns a digest of the generation's content."""
        self._fresh.begin()
        with ThreadPoolExecutor(max_workers=1) as beside, self._store.transaction():
            before = self._store.numbers.before()
            count = len(before)
            if count:
                self._meter.tell("index", 0, count)
                # Most of what is left to do for a large collection, and nothing else waits for it.
                words = beside.submit(self._count_words(before))
                self._meter.tell("index", count, count)
            self._find_copies()
            self._fresh.flush()
            if count:
                self._store.set_meta(self._fresh.used)
                self._write_vectors(before)
                words.result()
            self._store.numbers.settle()
        digest = self._store.digest()
        self._store.close()
        return digest

    def report(
        self, passages: int, failed: Iterable[tuple[Path, str]] = (), notices: Iterable[str] = ()
    ) -> IndexReport:
        """What became of the articles, in a collection that now holds so many `passages`."""
        outcome = {kind: tuple(sorted(names)) for kind, names in self._outcome.items()}
        return IndexReport(
            **outcome,
            failed=tuple(failed),
            passages=passages,
            embedded=self._meter.embedded,
            resumed=self._fresh.resumed,
            notices=tuple(notices),
        )

    def _put_one(self, article: Article, sourced: Sourced) -> tuple[str, str]:
        part = sourced.part(article)
        article, old = settle(self._store, article, sourced.origin, part)
        if article == old:
            return "unchanged", article.name
        if old:
            self._store.delete(old.id)
        self._store.put(article, sourced.origin, part, signature(article.text))
        self._put_passages(article, known=True)
        return ("replaced" if old else "added"), article.name

    def _put_passages(self, article: Article, *, known: bool) -> None:
        """Store the article's passages; with `known`, vectors that the base generation has of them are taken over."""
        rows: list[PassageRow] = []
        for passage in split(article, self._settings):
            text = retrieval_text(article, passage)
            digest = text_digest(text)
            row = PassageRow(passage, digest, self._base.store.numbers.ordinal_of(digest) if known else None)
            if row.known is None:
                self._fresh.want(digest, text)
            rows.append(row)
        self._store.put_passages(rows)

    def _delete(self, name: str) -> None:
        if article := self._store.named(name):
            self._store.delete(article.id)

    def _note(self, noted: Iterable[tuple[str, str]]) -> None:
        for kind, name in noted:
            self._outcome[kind].append(name)
            self.changed = self.changed or kind != "unchanged"

    def _count_words(self, known: NDArray[np.int64]) -> Callable[[], None]:
        """Counts the words that are new; what is returned makes the index of all, and needs the database no more."""
        # A passage that now stands before one that it stood behind is counted anew, as one that is new.
        kept = np.where(known > np.maximum.accumulate(np.concatenate([[-1], known[:-1]])), known, -1)
        # Where nothing is taken over, the words of the base may be what is being mended.
        if self._words_anew or not (kept >= 0).any():
            rows, base = self._store.passage_rows(), None
        else:
            stay = bool((kept == known).all())
            rows = self._store.new_passages() if stay else compress(self._store.passage_rows(), kept < 0)
            base = self._base.words
        fresh = counted(self._texts(rows))
        return lambda: LexicalIndex.of(fresh, kept, base).save(self._staged / WORDS)

    def _write_vectors(self, before: NDArray[np.int64]) -> None:
        new = self._store.new_passages()

        def fresh(count: int) -> NDArray[np.float32]:
            return self._fresh.take([row.digest for row in islice(new, count)])

        # Where nothing is taken over, the vectors of the base may be what is being mended.
        base = self._base.vectors if (before >= 0).any() else None
        save_vectors(self._staged / VECTORS, before, fresh, base)

    def _texts(self, rows: Iterable[PassageRow]) -> Iterator[str]:
        article: Article | None = None
        for row in rows:
            passage = row.passage
            if article is None or article.id != passage.article_id:
                article = self._store.with_id(passage.article_id)
            assert article is not None, f"passage of an article that is not stored: {passage}"
            yield retrieval_text(article, passage)

    def _find_copies(self) -> None:
        known: dict[tuple[str, str], Relation] = {}
        beside: dict[str, set[str]] = {}
        for one, other, found in self._store.pairs():
            beside.setdefault(one, set()).add(other)
            beside.setdefault(other, set()).add(one)
            if found is not None:
                known[one, other] = found
        looked_at: dict[tuple[str, str], Relation] = {}

        def relate(one: str, other: str) -> Relation:
            pair = (min(one, other), max(one, other))
            if pair not in known:
                left, right = self._store.with_id(pair[0]), self._store.with_id(pair[1])
                assert left is not None and right is not None, f"pair of articles that are not stored: {pair}"
                known[pair] = looked_at[pair] = relation(left, right)
                self._meter.tell("copies", len(looked_at), max(len(looked_at), len(beside)))
            return known[pair]

        self._meter.tell("copies", 0, len(beside))
        groups = group({key: self._store.order_of(key) for key in beside}, beside, relate)
        self._store.set_relations(looked_at)
        self._store.set_groups(groups)


def text_digest(text: str) -> bytes:
    """Sixteen bytes by which the vector of a retrieval text is known."""
    return hashlib.sha256(text.encode()).digest()[:16]


def _named_apart(article: Article, taken: Container[str]) -> Article:
    """The article, with a number behind its name where another of the same file has that name."""
    number, name = 1, article.name
    while name in taken:
        number += 1
        name = f"{article.name} ({number})"
    return article if number == 1 else replace(article, name=name)
