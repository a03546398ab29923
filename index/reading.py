"""One generation, open for reading: its text at once, its vectors and words when they are first needed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.articles import Article
from index.errors import CollectionError
from index.generations import DATABASE, VECTORS, WORDS, Folder, check_sizes, damaged
from index.hits import Hit, fuse, ranks, take_turns
from index.lexical import LexicalIndex
from index.outlets import NamedOutlet
from index.scope import Scope
from index.storage import Store
from index.vectors import Scores, VectorIndex

DEPTH = 5_000
"""So many passages at least are ranked by either list, so that in a smaller collection every passage has both ranks."""

SKETCHED_DEPTH = 1_000
"""So many where vectors are found by sketches: of each one ranked, four are read from all over the file."""

PART_WEIGHT = np.float32(2)
"""What a part of a question about one outlet weighs beside the whole, for that outlet's passages."""

ATTEMPTS = 5

HELD_UP_TO = 100_000
"""Passages of a generation whose articles are held in memory once they were read, some 100 MB; of more, they are read anew."""


class Reader:
    """A generation held open; it stays readable, and on disk, until it is closed."""

    def __init__(self, name: str, path: Path, store: Store) -> None:
        self.name = name
        self.path = path
        self.store = store
        self.meta = store.meta()
        self._scoped: tuple[Scope, NDArray[np.int64]] | None = None

    @classmethod
    def open(cls, folder: Folder) -> Reader:
        """The generation in force; CollectionError where it is damaged."""
        for _ in range(ATTEMPTS):
            name = folder.current()
            path = folder.generation(name)
            try:
                reader = cls.of(path)
            except (CollectionError, sqlite3.Error) as error:
                if folder.current() != name:
                    continue
                if isinstance(error, sqlite3.Error):
                    raise damaged(path, error) from error
                raise
            # From here on nobody deletes it, but a writer may just have done so.
            if path.is_dir():
                return reader
            reader.close()
        raise CollectionError(f"the collection in {folder.path} changes too often to be opened; try again")

    @classmethod
    def of(cls, path: Path) -> Reader:
        """The generation in the folder `path`; CollectionError or sqlite3.Error where it is damaged."""
        check_sizes(path)
        return cls(path.name, path, Store.read(path / DATABASE))

    def close(self) -> None:
        """Let go of the generation."""
        self.store.close()

    @cached_property
    def passage_count(self) -> int:
        """How many passages there are."""
        return self.store.numbers.count()

    @cached_property
    def vectors(self) -> VectorIndex:
        """The vectors; CollectionError where they are damaged."""
        found = VectorIndex.load(self.path / VECTORS)
        if len(found) != self.passage_count:
            raise CollectionError(
                f"{self.path / VECTORS} holds {len(found)} vectors for {self.passage_count} passages; make "
                "them anew from the stored text with Collection.rebuild()"
            )
        return found

    @cached_property
    def words(self) -> LexicalIndex:
        """The words; CollectionError where they are damaged."""
        return LexicalIndex.load(self.path / WORDS, self.passage_count)

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """Every outlet that printed an article, sorted."""
        return self.store.outlets()

    @cached_property
    def _held(self) -> tuple[Article, ...]:
        return self.store.articles()

    def articles(self, scope: Scope | None) -> tuple[Article, ...]:
        """The articles in scope, by name."""
        articles = self._held if self.passage_count <= HELD_UP_TO else self.store.articles()
        return articles if scope is None else tuple(article for article in articles if scope.admits(article))

    def in_scope(self, scope: Scope) -> NDArray[np.int64]:
        """Ordinals of the passages in scope, ascending; those of the scope asked for last are remembered."""
        if self._scoped is None or self._scoped[0] != scope:
            ids = [article.id for article in self.articles(scope)]
            self._scoped = scope, self.store.numbers.of_articles(ids)
        return self._scoped[1]

    def search(
        self,
        question: str,
        query: Scores,
        scope: Scope | None,
        limit: int,
        named: Sequence[tuple[NamedOutlet, Scores]] = (),
    ) -> tuple[Hit, ...]:
        """The passages among the first `limit` of the dense or the lexical ranking, in fused order.

        Before them, the passages of the outlets that are `named`, with the vectors of their parts of the question, take
        turns: the best of each, then the second of each.
        """
        # All is no list: a large collection has millions of passages.
        allowed = None if scope is None else self.in_scope(scope)
        depth = max(limit, SKETCHED_DEPTH if self.vectors.has_sketches else DEPTH)
        near, cosines = self.vectors.search(query, depth, allowed)
        dense_ranks, cosine = ranks(near), _by_ordinal(near, cosines)
        lexical = self.words.scores(question)
        best = _best(lexical, allowed, depth)
        of_outlets = [self._of_outlet(part, query, vector, lexical, allowed, limit) for part, vector in named]
        lexical_ranks = ranks(best)
        chosen = take_turns(of_outlets, fuse(cosine, _by_ordinal(best, lexical[best]), limit))
        cosine |= self._cosines(query, [ordinal for ordinal in chosen if ordinal not in cosine])
        return tuple(
            Hit(
                passage=passage,
                dense=cosine[ordinal],
                lexical=float(lexical[ordinal]),
                dense_rank=dense_ranks.get(ordinal),
                lexical_rank=lexical_ranks.get(ordinal),
            )
            for ordinal, passage in zip(chosen, self.store.numbers.passages_at(chosen), strict=True)
        )

    def _of_outlet(
        self,
        part: NamedOutlet,
        query: Scores,
        vector: Scores,
        lexical: Scores,
        allowed: NDArray[np.int64] | None,
        limit: int,
    ) -> list[int]:
        """The outlet's passages in scope, in fused order of their scores for the question and twice those for the part."""
        own = self.store.numbers.of_outlet(part.outlet)
        if allowed is not None:
            own = np.intersect1d(own, allowed)
        near, cosines = self.vectors.search(query + PART_WEIGHT * vector, max(limit, DEPTH), own)
        words = lexical + PART_WEIGHT * self.words.scores(part.words)
        best = _best(words, own, max(limit, DEPTH))
        return fuse(_by_ordinal(near, cosines), _by_ordinal(best, words[best]), limit)

    def _cosines(self, query: Scores, ordinals: Sequence[int]) -> dict[int, float]:
        if not ordinals:
            return {}
        found = self.vectors.take(np.asarray(ordinals, dtype=np.int64)) @ query
        return dict(zip(ordinals, found.tolist(), strict=True))


def _best(scores: Scores, allowed: NDArray[np.int64] | None, depth: int) -> NDArray[np.int64]:
    """Those of `allowed` (of all for None) that score above zero, best first, then by ordinal: `depth` at most."""
    scored = np.flatnonzero(scores > 0) if allowed is None else allowed[scores[allowed] > 0]
    found = scores[scored]
    if len(scored) > depth:
        # Only what may be among the first is put in order: most passages share some word with a question.
        keep = found >= np.partition(found, -depth)[-depth]
        scored, found = scored[keep], found[keep]
    return scored[np.lexsort((scored, -found))][:depth]


def _by_ordinal(ordinals: NDArray[np.int64], scores: Scores) -> dict[int, float]:
    return dict(zip(ordinals.tolist(), scores.tolist(), strict=True))
