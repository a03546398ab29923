"""Sketches of vectors: one bit for each dimension, by which a search finds the few vectors that it compares in full.

RaBitQ (Gao and Long 2024) by FAISS, around the origin: a sketch follows from its vector alone, so that vectors come and
go without any other sketch being made anew. How deep a search must look is measured on the vectors themselves.
"""

from __future__ import annotations

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


def search(index: Any, query: NDArray[np.float32], limit: int, looked_at: int, selector: Any = None) -> Any:
    """Scores and ordinals of the nearest, shape (1, limit) each, among the `looked_at` of the nearest sketches."""
    faiss = _faiss()
    chosen = {} if selector is None else {"sel": selector}
    below = faiss.RaBitQSearchParameters(qb=QUERY_BITS, centered=False, **chosen)
    # A little more than the ratio, as FAISS multiplies in single precision and cuts off.
    factor = (looked_at + 0.5) / limit
    settings = faiss.IndexRefineSearchParameters(k_factor=factor, base_index_params=below)
    return index.search(query[np.newaxis], limit, params=settings)


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
