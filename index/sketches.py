"""Sketches of vectors: one bit for each dimension, by which a search finds the few vectors that it compares in full.

RaBitQ (Gao and Long 2024) by FAISS, around the origin: a sketch follows from its vector alone, so that vectors come and
go without any other sketch being made anew. How deep a search must look is measured on the vectors themselves.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]

QUERY_BITS = 4
"""Bits for each dimension of a question; 8 of them find no more (13,870 news passages) and take a fifth longer."""

SAMPLED = 32
AT_ONCE = 16_384
DEPTH = 10

RECALL = 0.995
"""Of the exact first ten of sampled questions, so many are to be among the candidates."""

MOST = 10_000
"""Candidates that ten results may need; FAISS opens no file that says more."""

PARTS = 2
"""Parts of an index that are searched side by side; as many on every machine, so that all find the same."""

LEAST = 256
"""Candidates that are compared in full at least; 200 held all of the first ten among 13,870 news passages."""


def sketches(dimensions: int) -> Any:
    """An index of sketches without any yet."""
    faiss = _faiss()
    index = faiss.IndexRaBitQ(dimensions, faiss.METRIC_INNER_PRODUCT)
    faiss.copy_array_to_vector(np.zeros(dimensions, dtype=np.float32), index.center)
    index.qb, index.is_trained = QUERY_BITS, True
    return index


def codes(index: Any) -> Codes:
    """The codes of an index in memory or on disk, shape (n, bytes of a code), not copied; it must outlive them."""
    held: Codes = _faiss().rev_swig_ptr(index.codes.data(), index.codes.size())
    return held.reshape(-1, index.code_size)


def refined(sketched: Any, flat: Any) -> Any:
    """Both as one index, which knows how many candidates its search needs for ten results."""
    faiss = _faiss()
    index = faiss.IndexRefine(sketched, flat)
    index.k_factor = max(1.0, _candidates(sketched, flat) / DEPTH)
    return index


def candidates(index: Any, limit: int) -> int:
    """How many sketches are followed up for `limit` results: as many as ten need, and four for each at least."""
    needed = round(index.k_factor * DEPTH)
    return min(int(index.ntotal), max(int(needed), 4 * limit))


def search(index: Any, query: NDArray[np.float32], looked_at: int, selector: Any = None) -> Any:
    """Scores and ordinals of those whose sketches come nearest, `looked_at` of them where there are as many.

    The parts are searched side by side. Vectors are fetched in order and compared at once: one by one, as FAISS does,
    10,000 of them take five times as long.
    """
    faiss = _faiss()
    sketched, flat = faiss.downcast_index(index.base_index), faiss.downcast_index(index.refine_index)

    def near(first: int, last: int) -> Any:
        within = faiss.IDSelectorRange(first, last)
        chosen = within if selector is None else faiss.IDSelectorAnd(within, selector)
        settings = faiss.RaBitQSearchParameters(qb=QUERY_BITS, centered=False, sel=chosen)
        return sketched.search(query[np.newaxis], looked_at, params=settings)

    def compare(part: NDArray[np.int64]) -> NDArray[np.float32]:
        fetched = codes(flat)[part].view("<f2").astype(np.float32)
        # Not by BLAS, whose threads would wait on the cores that the parts need.
        found: NDArray[np.float32] = np.einsum("ij,j->i", fetched, query)
        return found

    ends = np.linspace(0, index.ntotal, PARTS + 1).astype(np.int64).tolist()
    parts = list(_threads().map(near, ends[:-1], ends[1:]))
    estimates, ordinals = (np.concatenate(both, axis=1)[0] for both in zip(*parts, strict=True))
    estimates[ordinals < 0] = -np.inf
    nearest = ordinals[np.argpartition(-estimates, looked_at - 1)[:looked_at]]
    nearest = np.sort(nearest[nearest >= 0])
    compared = _threads().map(compare, np.array_split(nearest, PARTS))
    return np.concatenate(list(compared)), nearest


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(PARTS, "search")


def _candidates(sketched: Any, flat: Any) -> int:
    """How many sketches hold RECALL of the exact nearest, for questions near to stored vectors."""
    draw = np.random.default_rng(0)
    near, far = (flat.reconstruct_batch(draw.choice(flat.ntotal, SAMPLED)) for _ in range(2))
    questions = near + far / 4
    questions /= np.linalg.norm(questions, axis=1, keepdims=True)
    truth = _exact(flat, questions)
    # One search as deep as any: what it finds first is what a shallower one finds.
    found = sketched.search(questions, min(flat.ntotal, MOST))[1]
    hits = (
        np.stack([np.isin(row, exact) for row, exact in zip(found, truth, strict=True)]).sum(axis=0).cumsum()
    )
    looked_at = LEAST
    while looked_at < len(hits) and hits[looked_at - 1] < RECALL * truth.size:
        looked_at *= 2
    return min(looked_at, len(hits))


def _exact(flat: Any, questions: NDArray[np.float32]) -> NDArray[np.int64]:
    """The nearest vectors by a comparison with all of them, as products of matrices: faster than one by one."""
    halves = codes(flat).view("<f2")
    best = np.full((len(questions), DEPTH), -2, dtype=np.float32)
    places = np.full((len(questions), DEPTH), -1, dtype=np.int64)
    for first in range(0, len(halves), AT_ONCE):
        block = halves[first : first + AT_ONCE].astype(np.float32)
        here = np.arange(first, first + len(block))
        scores = np.concatenate([best, questions @ block.T], axis=1)
        ordinals = np.concatenate([places, np.broadcast_to(here, (len(questions), len(here)))], axis=1)
        chosen = np.argpartition(-scores, DEPTH - 1, axis=1)[:, :DEPTH]
        best, places = np.take_along_axis(scores, chosen, 1), np.take_along_axis(ordinals, chosen, 1)
    return places


def _faiss() -> Any:
    import faiss

    return faiss
