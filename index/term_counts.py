"""How often each term stands in each passage: what BM25 is made of, and what a new generation takes over of an old one."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

AT_ONCE = 1_000_000
"""Counts that are worked on at one time: all at once they take several times the room of the index, and longer."""


@dataclass(frozen=True, slots=True)
class TermCounts:
    """Counts term by term, as a sparse matrix is held by columns (CSC).

    The terms stand in alphabetical order, each in some of the `size` passages; those of the term at place t are
    `passages[ends[t]:ends[t + 1]]`, ascending, with as many `counts`. Made of the same texts they are the same, however
    they came together.
    """

    terms: tuple[str, ...]
    ends: NDArray[np.int64]
    passages: NDArray[np.int32]
    counts: NDArray[np.uint16]
    size: int

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]]) -> TermCounts:
        """The counts of texts, each given as its terms in order."""
        from scipy.sparse import csr_array

        known: dict[str, int] = {}
        columns, values, ends = array("i"), array("H"), array("q", [0])
        for text in texts:
            for term, count in Counter(text).items():
                columns.append(known.setdefault(term, len(known)))
                values.append(min(count, 65_535))
            ends.append(len(columns))
        rank = np.empty(len(known), dtype=np.int32)
        terms = tuple(sorted(known))
        rank[[known[term] for term in terms]] = np.arange(len(terms), dtype=np.int32)
        parts = (np.asarray(values), rank[np.asarray(columns)], np.asarray(ends, dtype=np.int32))
        found = csr_array(parts, shape=(len(ends) - 1, len(terms))).tocsc()
        passages = found.indices.astype(np.int32, copy=False)
        return cls(terms, found.indptr.astype(np.int64), passages, found.data, len(ends) - 1)

    def merged(self, fresh: TermCounts, kept: NDArray[np.int64]) -> TermCounts:
        """Those of the passages that are `kept`, each by its place here, and of one of `fresh` in turn for each -1.

        The places ascend: a passage cannot come before one that it stood behind.
        """
        moved = np.full(self.size, -1, dtype=np.int32)
        moved[kept[kept >= 0]] = np.flatnonzero(kept >= 0)
        passages, counts = moved[self.passages], self.counts
        staying = passages >= 0
        terms = sorted({*self.terms, *fresh.terms})
        place = {term: number for number, term in enumerate(terms)}
        ours = np.asarray([place[term] for term in self.terms], dtype=np.int64)
        theirs = np.repeat([place[term] for term in fresh.terms], np.diff(fresh.ends)).astype(np.int64)
        frequencies = np.zeros(len(terms), dtype=np.int64)
        if staying.all():
            frequencies[ours] = np.diff(self.ends)
        else:
            frequencies[ours] = np.add.reduceat(staying, self.ends[:-1], dtype=np.int64)
            passages, counts = passages[staying], counts[staying]
        added = np.flatnonzero(kept < 0).astype(np.int32)[fresh.passages]
        before = _insertions(_ends(frequencies), passages, theirs, added)
        frequencies += np.bincount(theirs, minlength=len(terms))
        with ThreadPoolExecutor(max_workers=2) as threads:
            passages, counts = threads.map(
                np.insert, (passages, counts), (before, before), (added, fresh.counts)
            )
        return TermCounts(
            tuple(term for term, frequency in zip(terms, frequencies.tolist(), strict=True) if frequency),
            _ends(frequencies[frequencies > 0]),
            passages,
            counts,
            len(kept),
        )

    def scores(self, k1: float, b: float) -> NDArray[np.float32]:
        """The BM25 score of each count, as Lucene has it (Kamphuis et al. 2020), in the order of the counts."""
        frequencies = np.diff(self.ends)
        weights = np.log1p((self.size - frequencies + 0.5) / (frequencies + 0.5))
        parts = [slice(first, first + AT_ONCE) for first in range(0, len(self.counts), AT_ONCE)]
        lengths = np.zeros(self.size)
        for part in parts:
            lengths += np.bincount(self.passages[part], self.counts[part], minlength=self.size)
        norms = (k1 * (1 - b + b * lengths / lengths.mean())).astype(np.float32)
        made: NDArray[np.float32] = np.repeat(weights.astype(np.float32), frequencies)
        for part in parts:
            counts = self.counts[part].astype(np.float32)
            made[part] *= counts / (norms[self.passages[part]] + counts)
        return made


def _insertions(
    ends: NDArray[np.int64], passages: NDArray[np.int32], terms: NDArray[np.int64], added: NDArray[np.int32]
) -> NDArray[np.int64]:
    """The place in `passages` before which each of `added`, of the term beside it in `terms`, belongs."""
    places = np.empty(len(added), dtype=np.int64)
    starts = np.flatnonzero(np.diff(terms, prepend=-1, append=len(ends)))
    for start, end in pairwise(starts.tolist()):
        first, last = ends[terms[start] : terms[start] + 2]
        places[start:end] = first + np.searchsorted(passages[first:last], added[start:end])
    return places


def _ends(frequencies: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(frequencies)])
