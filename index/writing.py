"""A new generation in the making: articles in and out, then vectors, words and copies made to fit."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from index.articles import Article, Passage, retrieval_text
from index.copies import find_copies, is_copy, signature
from index.embedding import Embedder, Vectors
from index.gathering import Sourced
from index.generations import DATABASE, VECTORS, WORDS
from index.lexical import LexicalIndex
from index.naming import settle
from index.passages import PassageSettings, split
from index.reading import Reader
from index.reports import IndexReport, Progress, ProgressCallback
from index.storage import PassageRow, Store
from index.vectors import VectorIndex

EMBEDDED_AT_ONCE = 64
COPIED_AT_ONCE = 4096


class Writer:
    """Works on a copy of `base` in the folder `staged`; nothing is seen by readers until it is published."""

    def __init__(
        self, base: Reader, staged: Path, settings: PassageSettings, progress: ProgressCallback
    ) -> None:
        self._base = base
        self._staged = staged
        self._settings = settings
        self._progress = progress
        self._store = Store.create(staged / DATABASE, base.store)
        self._outcome: dict[str, list[str]] = {"added": [], "replaced": [], "unchanged": [], "removed": []}
        self._embedded = 0
        self.changed = False

    def close(self) -> None:
        """Close the staged database."""
        self._store.close()

    def put(self, sourced: Sourced) -> None:
        """Take in the articles of one file, and drop those that an earlier version of it held."""
        names = [
            self._put_one(article, sourced.origin, sourced.part(article)) for article in sourced.articles
        ]
        if sourced.origin is not None:
            for name in set(self._store.names_from(sourced.origin)) - set(names):
                self.remove(name)

    def remove(self, name: str) -> None:
        """Take the article of this name out."""
        if article := self._store.named(name):
            self._store.delete(article.id)
            self._note("removed", name)

    def rebuild(self) -> None:
        """Make all vectors anew."""
        self._store.forget_ordinals()
        self.changed = True

    def finish(self, embedder: Callable[[], Embedder]) -> str:
        """Make vectors, words and copies, and commit; returns a digest of the generation's content.

        `embedder` is asked for only where there is something to embed.
        """
        rows = list(self._store.passage_rows())
        if rows:
            self._write_vectors(rows, embedder)
            self._progress(Progress("index", 0, len(rows)))
            LexicalIndex.build(self._texts(row.passage for row in rows)).save(self._staged / WORDS)
        self._store.number_passages(row.passage for row in rows)
        self._find_copies()
        digest = self._store.digest()
        self._store.commit()
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
            embedded=self._embedded,
            notices=tuple(notices),
        )

    def _put_one(self, article: Article, origin: str | None, part: str) -> str:
        article, old = settle(self._store, article, origin, part)
        if article == old:
            self._note("unchanged", article.name)
            return article.name
        if old:
            self._store.delete(old.id)
        self._store.put(article, origin, part, signature(article.text))
        self._store.put_passages(self._row(article, passage) for passage in split(article, self._settings))
        self._note("replaced" if old else "added", article.name)
        return article.name

    def _note(self, kind: str, name: str) -> None:
        self._outcome[kind].append(name)
        self.changed = self.changed or kind != "unchanged"

    def _row(self, article: Article, passage: Passage) -> PassageRow:
        digest = hashlib.sha256(retrieval_text(article, passage).encode()).digest()[:16]
        return PassageRow(passage, digest, self._base.store.ordinal_of(digest))

    def _write_vectors(self, rows: Sequence[PassageRow], embedder: Callable[[], Embedder]) -> None:
        new = {row.digest: row.passage for row in rows if row.ordinal is None}
        if new:
            chosen = embedder()
            fresh = self._embed(list(new.values()), chosen)
            meta = {
                "model": chosen.name,
                "fingerprint": chosen.fingerprint,
                "dimensions": str(chosen.dimensions),
            }
            self._store.set_meta(meta)
        else:
            fresh = np.empty((0, self._base.vectors.dimensions), dtype=np.float32)
        places = {digest: place for place, digest in enumerate(new)}
        index = VectorIndex(fresh.shape[1])
        for first in range(0, len(rows), COPIED_AT_ONCE):
            index.add(self._gathered(rows[first : first + COPIED_AT_ONCE], fresh, places))
        index.save(self._staged / VECTORS)

    def _gathered(self, rows: Sequence[PassageRow], fresh: Vectors, places: dict[bytes, int]) -> Vectors:
        """Vectors of `rows`, from the base generation where they were made before."""
        vectors = np.empty((len(rows), fresh.shape[1]), dtype=np.float32)
        old = [place for place, row in enumerate(rows) if row.ordinal is not None]
        if old:
            vectors[old] = self._base.vectors.take(
                np.asarray([rows[place].ordinal for place in old], dtype=np.int64)
            )
        for place, row in enumerate(rows):
            if row.ordinal is None:
                vectors[place] = fresh[places[row.digest]]
        return vectors

    def _embed(self, passages: Sequence[Passage], embedder: Embedder) -> Vectors:
        texts = list(self._texts(passages))
        # Texts of like length side by side: batches then need little padding.
        order = sorted(range(len(texts)), key=lambda place: (len(texts[place]), place))
        vectors = np.empty((len(texts), embedder.dimensions), dtype=np.float32)
        for done in range(0, len(order), EMBEDDED_AT_ONCE):
            self._progress(Progress("embed", done, len(order)))
            chunk = order[done : done + EMBEDDED_AT_ONCE]
            vectors[chunk] = embedder.embed([texts[place] for place in chunk])
        self._progress(Progress("embed", len(order), len(order)))
        self._embedded += len(order)
        return vectors

    def _texts(self, passages: Iterable[Passage]) -> Iterator[str]:
        article: Article | None = None
        for passage in passages:
            if article is None or article.id != passage.article_id:
                article = self._store.with_id(passage.article_id)
            assert article is not None, f"passage of an article that is not stored: {passage}"
            yield retrieval_text(article, passage)

    def _find_copies(self) -> None:
        candidates = self._store.candidates()
        self._progress(Progress("copies", 0, len(candidates)))
        known = self._store.copy_pairs()
        verified: set[tuple[str, str]] = set()

        def is_pair(one: str, other: str) -> bool:
            left, right = self._store.with_id(one), self._store.with_id(other)
            found = (one, other) in known or (left is not None and right is not None and is_copy(left, right))
            if found:
                verified.add((one, other))
            return found

        self._store.set_copies(find_copies(candidates, is_pair), verified)
