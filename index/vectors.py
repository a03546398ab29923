"""Vectors of passages in FAISS (Douze et al. 2024): inner product over half-precision codes.

Half precision halves memory and time and keeps the order of results (recall@10 of 1.0 at 100,000 passages). Up to
EXACT_UP_TO passages every one is compared; of more, those whose sketches come nearest. The index is opened by memory map.
Where little has changed since such a large index was written, a generation shares its file, and has beside it a small
one of the vectors that came, and the row of each passage in both.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import CollectionError
from index.sketches import Codes, candidates, codes, search

Ordinals = NDArray[np.int64]
Rows = NDArray[np.int32]
Selected = tuple[Any, int]
"""What FAISS may look at, None for all, and how many that are."""
Scores = NDArray[np.float32]

EXACT_UP_TO = 100_000
"""Passages that are compared one by one: 5 to 17 ms, by the processor."""

SHARED_BELOW = 0.02
"""The share of a large index that may come or go before it is written anew; what came is compared one by one."""


def wants_sketches(count: int) -> bool:
    """Whether so many vectors are found by their sketches."""
    return count > EXACT_UP_TO


class VectorIndex:
    """Vectors of one generation, to be searched; a passage's ordinal is its place among all, counted from 0.

    `rows` says where the vector of each ordinal lies: in `flat`, or behind its end in `added`; None for its own place.
    """

    def __init__(
        self, path: Path, flat: Any, sketched: Any = None, added: Any = None, rows: Rows | None = None
    ) -> None:
        self.path = path
        self._flat = flat
        self._sketched = sketched
        self._added = added
        self._rows = rows

    def __len__(self) -> int:
        return int(self._flat.ntotal) if self._rows is None else len(self._rows)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._flat.d)

    @property
    def written(self) -> int:
        """How many rows the large file has, gone ones included."""
        return int(self._flat.ntotal)

    @property
    def looked_at(self) -> int:
        """How many vectors a search for a few compares in full."""
        return len(self) if self._sketched is None else candidates(self._sketched, 1)

    @property
    def has_sketches(self) -> bool:
        """Whether a search compares only vectors whose sketches come near."""
        return self._sketched is not None

    def codes(self, ordinals: Ordinals) -> Codes:
        """The vectors at `ordinals` as they are stored, shape (n, bytes)."""
        rows = self._rows_of(ordinals)
        if self._added is None:
            taken: Codes = codes(self._flat)[rows]
            return taken
        made = np.empty((len(rows), self._flat.code_size), dtype=np.uint8)
        beside = rows >= self._flat.ntotal
        made[~beside] = codes(self._flat)[rows[~beside]]
        if beside.any():
            made[beside] = codes(self._added)[rows[beside] - self._flat.ntotal]
        return made

    def are_sketched(self, ordinals: Ordinals) -> NDArray[np.bool_]:
        """Which of `ordinals` have a sketch, shape (n,); of -1, which stands for none, it is False."""
        found: NDArray[np.bool_] = (ordinals >= 0) & self.has_sketches
        found[found] = self._rows_of(ordinals[found]) < self._flat.ntotal
        return found

    def sketches(self, ordinals: Ordinals) -> Codes:
        """The sketches of the vectors at `ordinals`, which all have one, shape (n, bytes)."""
        every = codes(_faiss().downcast_index(self._sketched.base_index))
        taken: Codes = every[self._rows_of(ordinals)]
        return taken

    def take(self, ordinals: Ordinals) -> Scores:
        """The stored vectors at `ordinals`, shape (n, dimensions)."""
        taken: Scores = self._flat.sa_decode(self.codes(ordinals))
        return taken

    def search(self, query: Scores, limit: int, allowed: Ordinals | None = None) -> tuple[Ordinals, Scores]:
        """Ordinals and cosines of the `limit` nearest of `allowed` (of all for None), best first, then by ordinal.

        Among up to EXACT_UP_TO the search is exact; among more, the recall of the first ten was .99 at least when the
        index was made.
        """
        limit = min(limit, len(self) if allowed is None else len(allowed))
        if limit == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        within, beside = self._everything if allowed is None else self._selected(allowed)
        scores, ordinals = self._near(query, limit, *within)
        if self._rows is not None:
            others, places = _compared(self._added, query, limit, *beside)
            scores = np.concatenate([scores, others])
            ordinals = self._ordinals[np.concatenate([ordinals, places + self._flat.ntotal])]
        order = np.lexsort((ordinals, -scores))[:limit]
        return ordinals[order], scores[order]

    def _near(self, query: Scores, limit: int, selector: Any, count: int) -> tuple[Scores, Ordinals]:
        if self._sketched is None or not wants_sketches(count):
            return _compared(self._flat, query, limit, selector, count)
        looked_at = min(count, candidates(self._sketched, limit))
        found: tuple[Scores, Ordinals] = search(self._sketched, query, looked_at, selector)
        return found

    @cached_property
    def _everything(self) -> tuple[Selected, Selected]:
        if self._rows is None:
            return (None, len(self)), (None, 0)
        return self._selected(np.arange(len(self)))

    def _selected(self, allowed: Ordinals) -> tuple[Selected, Selected]:
        """What of `allowed` lies in the large file, and what beside it."""
        rows, size = self._rows_of(allowed), int(self._flat.ntotal)
        beside = rows[rows >= size] - size
        return _selection(rows[rows < size], size), _selection(
            beside, 0 if self._added is None else self._added.ntotal
        )

    def _rows_of(self, ordinals: Ordinals) -> NDArray[np.integer]:
        return ordinals if self._rows is None else self._rows[ordinals]

    @cached_property
    def _ordinals(self) -> Ordinals:
        """The ordinal of each row; -1 for one whose passage is gone."""
        assert self._rows is not None
        found = np.full(self._flat.ntotal + self._added.ntotal, -1, dtype=np.int64)
        found[self._rows] = np.arange(len(self))
        return found

    def shared_rows(self, known: Ordinals) -> Rows | None:
        """The rows of a generation that shares this one's large file: `known` are ordinals in this one, -1 what is new.

        None where there is no such file, or so much has come and gone that it is better written anew.
        """
        if not self.has_sketches:
            return None
        size = int(self._flat.ntotal)
        rows = np.where(known < 0, size, self._rows_of(known)).astype(np.int32)
        # A text that stands there a second time has its vector twice.
        first = np.zeros(len(rows), dtype=bool)
        first[np.unique(rows, return_index=True)[1]] = True
        beside = (rows >= size) | ~first
        came, gone = int(beside.sum()), size - int((~beside).sum())
        if came + gone > SHARED_BELOW * size:
            return None
        rows[beside] = np.arange(size, size + came)
        return rows

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """The index in `path`, by memory map; CollectionError where it is missing or damaged."""
        faiss = _faiss()
        try:
            found = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
            sketched = found if isinstance(found, faiss.IndexRefine) else None
            flat = found if sketched is None else faiss.downcast_index(sketched.refine_index)
            if not isinstance(flat, faiss.IndexScalarQuantizer):
                raise RuntimeError(f"an index of another kind: {type(flat).__name__}")
            if not rows_file(path).exists():
                return cls(path, flat, sketched)
            rows: Rows = np.load(rows_file(path))
            added = faiss.read_index(str(added_file(path)))
            if len(rows) and not 0 <= rows.min() <= rows.max() < flat.ntotal + added.ntotal:
                raise RuntimeError("rows beyond the ends")
        except (RuntimeError, ValueError, OSError, EOFError) as error:
            raise CollectionError(
                f"the vectors in {path} are missing or damaged; make them anew from the stored text with "
                "Collection.rebuild()"
            ) from error
        return cls(path, flat, sketched, added, rows)


def added_file(path: Path) -> Path:
    """Where the vectors lie that came since the index in `path` was written."""
    return path.with_name(f"{path.stem}-added.faiss")


def rows_file(path: Path) -> Path:
    """Where the rows lie of passages that share the index in `path` with an earlier generation."""
    return path.with_name(f"{path.stem}-rows.npy")


def _selection(rows: NDArray[np.integer], size: int) -> Selected:
    if len(rows) == size:
        return None, size
    bits = np.zeros(size, dtype=np.uint8)
    bits[rows] = 1
    return _faiss().IDSelectorBitmap(np.packbits(bits, bitorder="little")), len(rows)


def _compared(index: Any, query: Scores, limit: int, selector: Any, count: int) -> tuple[Scores, Ordinals]:
    """Cosines and places of the `limit` nearest, every one compared."""
    if count == 0:
        return np.empty(0, dtype=np.float32), np.empty(0, dtype=np.int64)
    chosen = None if selector is None else _faiss().SearchParameters(sel=selector)
    scores, places = index.search(query[np.newaxis], min(limit, count), params=chosen)
    return scores[0], places[0]


def _faiss() -> Any:
    import faiss

    return faiss
