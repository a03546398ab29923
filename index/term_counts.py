"""How often each term stands in each passage: what BM25 is made of, and what a new generation takes over of an old one."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csc_array

AT_ONCE = 4_000_000
"""Scores that are made at one time; all at once they would take several times the room of the index."""


@dataclass(frozen=True, slots=True)
class TermCounts:
    """Counts by passage and term, shape (passages, terms); the terms in alphabetical order, each in some passage.

    Made of the same texts they are the same, however they came together.
    """

    terms: tuple[str, ...]
    counts: csc_array[Any]

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]]) -> TermCounts:
        """The counts of texts, each given as its terms in order."""
        vocabulary: dict[str, int] = {}
        columns, values, ends = array("i"), array("i"), array("q", [0])
        for text in texts:
            for term, count in Counter(text).items():
                columns.append(vocabulary.setdefault(term, len(vocabulary)))
                values.append(count)
            ends.append(len(columns))
        return _sorted(list(vocabulary), _by_passage(values, columns, ends, len(vocabulary)))

    def __len__(self) -> int:
        return int(self.counts.shape[0])

    def chosen(self, fresh: TermCounts, places: NDArray[np.int64]) -> TermCounts:
        """The counts of passages at `places`, counted through these and then `fresh`, in that order."""
        from scipy.sparse import vstack

        known = {term: place for place, term in enumerate(self.terms)}
        for term in fresh.terms:
            known.setdefault(term, len(known))
        old, new = self.counts.tocsr(), fresh.counts.tocsr()
        new.indices = np.asarray([known[term] for term in fresh.terms], dtype=np.int32)[new.indices]
        old.resize(len(self), len(known))
        new.resize(len(fresh), len(known))
        return _sorted(list(known), vstack([old, new], format="csr")[places])

    def scores(self, k1: float, b: float) -> NDArray[np.float32]:
        """The BM25 score of each count, as Lucene has it (Kamphuis et al. 2020), in the order of the counts."""
        frequencies = np.diff(self.counts.indptr)
        weights = np.log1p((len(self) - frequencies + 0.5) / (frequencies + 0.5))
        lengths = np.bincount(self.counts.indices, self.counts.data, minlength=len(self))
        norms = (k1 * (1 - b + b * lengths / lengths.mean())).astype(np.float32)
        made: NDArray[np.float32] = np.repeat(weights.astype(np.float32), frequencies)
        for first in range(0, len(made), AT_ONCE):
            part = slice(first, first + AT_ONCE)
            counts = self.counts.data[part].astype(np.float32)
            made[part] *= counts / (norms[self.counts.indices[part]] + counts)
        return made


def _by_passage(values: array[int], columns: array[int], ends: array[int], terms: int) -> Any:
    from scipy.sparse import csr_array

    parts = (np.asarray(values, dtype=np.uint16), np.asarray(columns, dtype=np.int32), np.asarray(ends))
    return csr_array(parts, shape=(len(ends) - 1, terms))


def _sorted(vocabulary: Sequence[str], counts: Any) -> TermCounts:
    """With the terms that occur, in their order; `counts` holds a column for each of `vocabulary`."""
    used = np.flatnonzero(np.bincount(counts.indices, minlength=len(vocabulary)))
    order = sorted(used.tolist(), key=vocabulary.__getitem__)
    rank = np.zeros(len(vocabulary), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    counts.indices = rank[counts.indices]
    counts.resize(counts.shape[0], len(order))
    return TermCounts(tuple(vocabulary[place] for place in order), counts.tocsc())
