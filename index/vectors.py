"""Vectors of passages in FAISS (Douze et al. 2024): inner product over half-precision codes.

Half precision halves memory and time and keeps the order of results (recall@10 of 1.0 at 100,000 passages). Up to
EXACT_UP_TO passages every one is compared; of more, those whose sketches come nearest. The index is opened by memory map.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import CollectionError
from index.sketches import Codes, candidates, codes, refined, search, sketches

Ordinals = NDArray[np.int64]
Scores = NDArray[np.float32]

EXACT_UP_TO = 100_000
"""Passages that are compared one by one: 5 to 17 ms, by the processor."""


class VectorIndex:
    """Vectors of one generation, to be searched; a passage's ordinal is its place in it, counted from 0."""

    def __init__(self, flat: Any, sketched: Any = None) -> None:
        self._flat = flat
        self._sketched = sketched

    def __len__(self) -> int:
        return int(self._flat.ntotal)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._flat.d)

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
        return codes(self._flat)[ordinals]

    def sketches(self, ordinals: Ordinals) -> Codes:
        """The sketches of the vectors at `ordinals`, where there are any, shape (n, bytes)."""
        return codes(_faiss().downcast_index(self._sketched.base_index))[ordinals]

    def take(self, ordinals: Ordinals) -> Scores:
        """The stored vectors at `ordinals`, shape (n, dimensions)."""
        taken: Scores = self._flat.reconstruct_batch(np.ascontiguousarray(ordinals, dtype=np.int64))
        return taken

    def search(self, query: Scores, limit: int, allowed: Ordinals | None = None) -> tuple[Ordinals, Scores]:
        """Ordinals and cosines of the `limit` nearest of `allowed` (of all for None), best first, then by ordinal.

        Among up to EXACT_UP_TO the search is exact; among more, the recall of the first ten was .99 at least when the
        index was made.
        """
        count = len(self) if allowed is None else len(allowed)
        limit = min(limit, count)
        if limit == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        selector = None if allowed is None else self._selector(allowed)
        if self._sketched is None or count <= EXACT_UP_TO:
            chosen = None if selector is None else _faiss().SearchParameters(sel=selector)
            both = self._flat.search(query[np.newaxis], limit, params=chosen)
            scores, ordinals = both[0][0], both[1][0]
        else:
            looked_at = min(count, candidates(self._sketched, limit))
            scores, ordinals = search(self._sketched, query, looked_at, selector)
        order = np.lexsort((ordinals, -scores))[:limit]
        return ordinals[order], scores[order]

    def _selector(self, allowed: Ordinals) -> Any:
        bits = np.zeros(len(self), dtype=np.uint8)
        bits[allowed] = 1
        return _faiss().IDSelectorBitmap(np.packbits(bits, bitorder="little"))

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
        except RuntimeError as error:
            raise CollectionError(
                f"the vectors in {path} are missing or damaged; make them anew from the stored text with "
                "Collection.rebuild()"
            ) from error
        return cls(flat, sketched)


class NewVectors:
    """The vectors of a generation in the making, of which there will be `count`."""

    def __init__(self, dimensions: int, count: int) -> None:
        faiss = _faiss()
        self._flat: Any = faiss.IndexScalarQuantizer(
            dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        self._sketches: Any = sketches(dimensions) if count > EXACT_UP_TO else None
        # All room at once: a vector that grows is copied, and twice as large for a while.
        for index in filter(None, (self._flat, self._sketches)):
            index.codes.resize(count * index.code_size)
            index.ntotal = count
        self._done = 0

    def add(self, fresh: Scores, known: Ordinals | None = None, base: VectorIndex | None = None) -> None:
        """Append a vector for each of `known`: that of `base` at this ordinal, or the next one of `fresh` for -1.

        `fresh`, shape (n, dimensions), are vectors of length one; None for `known` stands for n times -1.
        """
        known = np.full(len(fresh), -1) if known is None else known
        place = slice(self._done, self._done + len(known))
        new, old = known < 0, known >= 0
        made = codes(self._flat)[place]
        if new.any():
            made[new] = self._flat.sa_encode(np.ascontiguousarray(fresh, dtype=np.float32))
        if base is not None:
            made[old] = base.codes(known[old])
        if self._sketches is not None:
            self._sketch(place, known, base if base is not None and base.has_sketches else None)
        self._done = place.stop

    def _sketch(self, place: slice, known: Ordinals, base: VectorIndex | None) -> None:
        """Sketches for vectors that are in place: of the stored halves, so that they are the same whenever made."""
        new = np.full(len(known), True) if base is None else known < 0
        made = codes(self._sketches)[place]
        if new.any():
            made[new] = self._sketches.sa_encode(self._flat.sa_decode(codes(self._flat)[place][new]))
        if base is not None:
            made[~new] = base.sketches(known[~new])

    def save(self, path: Path) -> None:
        """Write the index to `path`; OSError where the disk is full."""
        assert self._done == self._flat.ntotal, f"{self._done} of {self._flat.ntotal} vectors were added"
        faiss = _faiss()
        index = self._flat if self._sketches is None else refined(self._sketches, self._flat)
        # Through a stream of our own: piece by piece, and with the system's own error.
        with path.open("wb") as stream:
            faiss.write_index(index, faiss.PyCallbackIOWriter(stream.write))


def _faiss() -> Any:
    import faiss

    return faiss
