"""Vectors of passages in FAISS (Douze et al. 2024): inner product over half-precision codes.

Half precision halves memory and time and keeps the order of results (recall@10 of 1.0 at 100,000 passages). Up to
EXACT_UP_TO passages every one is compared; more of them are put into cells around centroids (an inverted file, Jégou
et al. 2011), of which the nearest are compared. The index is opened by memory map.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.cells import arranged
from index.errors import CollectionError

Ordinals = NDArray[np.int64]
Scores = NDArray[np.float32]

EXACT_UP_TO = 100_000
"""Passages that are compared one by one: 5 to 17 ms, by the processor."""

LOOKED_AT = 4
"""At least so many passages are compared for each that is asked for, where cells are searched."""


class VectorIndex:
    """Vectors of one generation; a passage's ordinal is its place in it, counted from 0.

    `base` is the index of the generation before: vectors that are taken over from it stay in their cells.
    """

    def __init__(self, dimensions: int, base: VectorIndex | None = None) -> None:
        faiss = _faiss()
        self._index = faiss.IndexScalarQuantizer(
            dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        self._base = base if base is not None and base.in_cells else None
        self._cells: list[NDArray[np.int64]] = []

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    @property
    def in_cells(self) -> bool:
        """Whether a search compares the vectors of some cells only."""
        return hasattr(self._index, "nlist")

    @property
    def cell_count(self) -> int:
        """How many cells there are, 0 where every vector is compared."""
        return int(self._index.nlist) if self.in_cells else 0

    @property
    def probed(self) -> int:
        """How many of the cells a search looks into at least, 0 where every vector is compared."""
        return int(self._index.nprobe) if self.in_cells else 0

    def add(self, vectors: Scores, known: Ordinals | None = None) -> None:
        """Append `vectors`, shape (n, dimensions), each of length one.

        `known` are their ordinals in the base, -1 for those that it has not; None for all new.
        """
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        if self._base is not None:
            self._cells.append(self._base.cells(np.full(len(vectors), -1) if known is None else known))

    def take(self, ordinals: Ordinals) -> Scores:
        """The stored vectors at `ordinals`, shape (n, dimensions); adding them again stores the same bytes."""
        if self.in_cells:
            assert len(self._places) == len(self)
        taken: Scores = self._index.reconstruct_batch(np.ascontiguousarray(ordinals, dtype=np.int64))
        return taken

    def cells(self, ordinals: Ordinals) -> NDArray[np.int64]:
        """The cells of the vectors at `ordinals`, -1 for an ordinal of -1."""
        return np.where(ordinals < 0, -1, self._places[np.maximum(ordinals, 0)] >> 32)

    @cached_property
    def _places(self) -> NDArray[np.int64]:
        """Cell and place in it of each ordinal, the cell in the upper half of the bits."""
        self._index.make_direct_map(True)
        places: NDArray[np.int64] = _faiss().vector_to_array(self._index.direct_map.array)
        return places

    def search(self, query: Scores, limit: int, allowed: Ordinals | None = None) -> tuple[Ordinals, Scores]:
        """Ordinals and cosines of the `limit` nearest of `allowed` (of all for None), best first, then by ordinal.

        In cells, recall is that of the cells searched; among up to EXACT_UP_TO `allowed` the search is exact.
        """
        count = len(self) if allowed is None else len(allowed)
        limit = min(limit, count)
        if limit == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        scores, ordinals = self._index.search(
            query[np.newaxis], limit, params=self._parameters(limit, allowed)
        )
        found = ordinals[0] >= 0
        order = np.lexsort((ordinals[0][found], -scores[0][found]))
        return ordinals[0][found][order], scores[0][found][order]

    def _parameters(self, limit: int, allowed: Ordinals | None) -> Any:
        faiss = _faiss()
        chosen: dict[str, Any] = {}
        if allowed is not None:
            bits = np.zeros(len(self), dtype=np.uint8)
            bits[allowed] = 1
            chosen["sel"] = faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))
        if not self.in_cells:
            return faiss.SearchParameters(**chosen) if chosen else None
        count = len(self) if allowed is None else len(allowed)
        cells = self._index.nlist
        if allowed is None or count > EXACT_UP_TO:
            needed = -(-LOOKED_AT * limit * cells // count)
            cells = min(cells, max(self._index.nprobe * len(self) // count, needed))
        return faiss.SearchParametersIVF(nprobe=cells, **chosen)

    def save(self, path: Path) -> None:
        """Write the index to `path`; OSError where the disk is full."""
        faiss = _faiss()
        # Through a stream of our own: piece by piece, and with the system's own error.
        with path.open("wb") as stream:
            faiss.write_index(self._arranged(), faiss.PyCallbackIOWriter(stream.write))

    def _arranged(self) -> Any:
        if len(self) <= EXACT_UP_TO or self.in_cells:
            return self._index
        if self._base is None:
            return arranged(self._index)
        return arranged(self._index, self._base._index, np.concatenate(self._cells))

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """The index in `path`, by memory map; CollectionError where it is missing or damaged."""
        faiss = _faiss()
        try:
            found = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise CollectionError(
                f"the vectors in {path} are missing or damaged; make them anew from the stored text with "
                "Collection.rebuild()"
            ) from error
        index = cls.__new__(cls)
        index._index, index._base, index._cells = found, None, []
        return index


@contextmanager
def _one_thread() -> Iterator[None]:
    """One thread for FAISS in the block: it shares work out by question, so that others would only wait, busily."""
    faiss = _faiss()
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


def _faiss() -> Any:
    import faiss

    return faiss
