"""Vectors of a generation in the making: all in one file, or what came beside the file of an earlier generation."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from index.sketches import codes, refined, sketches
from index.vectors import Ordinals, Scores, VectorIndex, added_file, rows_file, wants_sketches

COPIED_AT_ONCE = 4096


class NewVectors:
    """The vectors of a generation in the making, of which there will be `count`; many get sketches if they may."""

    def __init__(self, dimensions: int, count: int, *, may_sketch: bool = True) -> None:
        faiss = _faiss()
        self._flat: Any = faiss.IndexScalarQuantizer(
            dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        self._sketches: Any = sketches(dimensions) if may_sketch and wants_sketches(count) else None
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
            self._sketch(place, known, base)
        self._done = place.stop

    def _sketch(self, place: slice, known: Ordinals, base: VectorIndex | None) -> None:
        """Sketches for vectors that are in place: of the stored halves, so that they are the same whenever made."""
        new = np.full(len(known), True) if base is None else ~base.are_sketched(known)
        made = codes(self._sketches)[place]
        if new.any():
            made[new] = self._sketches.sa_encode(self._flat.sa_decode(codes(self._flat)[place][new]))
        if base is not None and not new.all():
            made[~new] = base.sketches(known[~new])

    def save(self, path: Path) -> None:
        """Write the index to `path`; OSError where the disk is full."""
        assert self._done == self._flat.ntotal, f"{self._done} of {self._flat.ntotal} vectors were added"
        faiss = _faiss()
        index = self._flat if self._sketches is None else refined(self._sketches, self._flat)
        # Through a stream of our own: piece by piece, and with the system's own error.
        with path.open("wb") as stream:
            faiss.write_index(index, faiss.PyCallbackIOWriter(stream.write))


def save_vectors(
    path: Path, known: Ordinals, fresh: Callable[[int], Scores], base: VectorIndex | None = None
) -> None:
    """Write the vectors of a generation: for each of `known` that of `base` at this ordinal, for -1 the next new one.

    `fresh` gives so many new ones, of length one, shape (n, dimensions). Where little came and went, the large file of
    `base` is shared. OSError where the disk is full.
    """
    rows = None if base is None else base.shared_rows(known)
    if base is None or rows is None:
        _gathered(known, fresh, base, may_sketch=True).save(path)
        return
    try:
        os.link(base.path, path)
    except OSError:
        # Not every file system has links.
        shutil.copyfile(base.path, path)
    np.save(rows_file(path), rows)
    _gathered(known[rows >= base.written], fresh, base, may_sketch=False).save(added_file(path))


def _gathered(
    known: Ordinals, fresh: Callable[[int], Scores], base: VectorIndex | None, *, may_sketch: bool
) -> NewVectors:
    index = None if base is None else NewVectors(base.dimensions, len(known), may_sketch=may_sketch)
    for first in range(0, len(known), COPIED_AT_ONCE):
        part = known[first : first + COPIED_AT_ONCE]
        count = int((part < 0).sum())
        came = fresh(count) if count else np.empty((0, 0), dtype=np.float32)
        if index is None:
            index = NewVectors(came.shape[1], len(known), may_sketch=may_sketch)
        index.add(came, part, base)
    assert index is not None, "a generation without passages has no vectors"
    return index


def _faiss() -> Any:
    import faiss

    return faiss
