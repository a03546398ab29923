"""Vectors put into cells around centroids, so that a search need compare those of the nearest cells only.

An inverted file (Jégou, Douze and Schmid 2011) by FAISS over half-precision codes. How many cells a search looks
into is measured on the vectors themselves. Cells of an earlier index are kept for as long as that number stays low.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Cells = NDArray[np.int64]

CELLS_PER_ROOT = 2
"""Cells for each unit of the square root of the number of vectors."""

TRAINED_ON = 64
"""Vectors that each centroid is trained on."""

ROUNDS = 10
AT_ONCE = 16_384
SAMPLED = 64
DEPTH = 10
RECALL = 0.99
"""Of the exact first ten, so many are to be found for sampled questions."""

WORN = 2
"""Centroids are trained anew once so many times as many cells must be looked into as in the generation before."""

MOST_PROBED = 1 / 4
"""They are, too, once this share of the cells must be looked into and it was less before."""


def arranged(flat: Any, earlier: Any = None, cells: Cells | None = None) -> Any:
    """The vectors of the flat index in an inverted file.

    The centroids of the inverted file `earlier` are kept where it is given and still serves; `cells` are then the
    places that vectors have in it, -1 where they have none. Otherwise centroids are trained on a sample.
    """
    if earlier is not None and cells is not None and _suits(earlier.nlist, flat.ntotal):
        index = _filled(flat, _copy(earlier.quantizer), cells)
        index.nprobe = _probes(index, flat)
        if not _worn(index, earlier.nprobe):
            return index
    index = _filled(flat, _trained(flat), np.full(flat.ntotal, -1))
    index.nprobe = _probes(index, flat)
    return index


def cell_count(vectors: int) -> int:
    """How many cells so many vectors are put into, a power of two."""
    return int(2 ** round(np.log2(CELLS_PER_ROOT * np.sqrt(vectors))))


def _suits(cells: int, vectors: int) -> bool:
    return cells / 2 <= cell_count(vectors) <= cells * 2


def _worn(index: Any, before: int) -> bool:
    worn = index.nprobe > WORN * before
    return bool(worn or (index.nprobe > before and index.nprobe > MOST_PROBED * index.nlist))


def _trained(flat: Any) -> Any:
    faiss = _faiss()
    count = cell_count(flat.ntotal)
    draw = np.random.default_rng(0)
    sample = np.sort(draw.choice(flat.ntotal, min(flat.ntotal, TRAINED_ON * count), replace=False))
    means: Any = faiss.Kmeans(flat.d, count, niter=ROUNDS, spherical=True, seed=1, min_points_per_centroid=1)
    means.train(flat.reconstruct_batch(sample))
    return _quantizer(means.centroids)


def _copy(quantizer: Any) -> Any:
    return _quantizer(quantizer.reconstruct_n(0, quantizer.ntotal))


def _quantizer(centroids: NDArray[np.float32]) -> Any:
    faiss = _faiss()
    quantizer = faiss.IndexFlatIP(centroids.shape[1])
    quantizer.add(centroids)
    return quantizer


def _filled(flat: Any, quantizer: Any, cells: Cells) -> Any:
    faiss = _faiss()
    count = quantizer.ntotal
    index: Any = faiss.IndexIVFScalarQuantizer(
        quantizer, flat.d, count, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT, False
    )
    # FAISS would otherwise drop the quantizer when this function's own name for it goes.
    index.own_fields = True
    quantizer.this.disown()
    cells = _assigned(flat, quantizer, cells)
    order = np.argsort(cells, kind="stable")
    bounds = np.searchsorted(cells[order], np.arange(count + 1))
    codes = faiss.rev_swig_ptr(flat.codes.data(), flat.ntotal * flat.code_size).reshape(flat.ntotal, -1)
    for cell in range(count):
        members = np.ascontiguousarray(order[bounds[cell] : bounds[cell + 1]], dtype=np.int64)
        held = np.ascontiguousarray(codes[members])
        index.invlists.add_entries(cell, len(members), faiss.swig_ptr(members), faiss.swig_ptr(held))
    index.is_trained, index.ntotal = True, flat.ntotal
    return index


def _assigned(flat: Any, quantizer: Any, cells: Cells) -> Cells:
    """The cells, the nearest one for each -1."""
    cells = cells.copy()
    new = np.flatnonzero(cells < 0)
    for first in range(0, len(new), AT_ONCE):
        chunk = new[first : first + AT_ONCE]
        cells[chunk] = quantizer.search(flat.reconstruct_batch(chunk), 1)[1][:, 0]
    return cells


def _probes(index: Any, flat: Any) -> int:
    """How many cells must be looked into for RECALL of the exact nearest, for questions near to stored vectors."""
    faiss = _faiss()
    draw = np.random.default_rng(0)
    near, far = (flat.reconstruct_batch(draw.choice(flat.ntotal, SAMPLED)) for _ in range(2))
    questions = near + far / 4
    questions /= np.linalg.norm(questions, axis=1, keepdims=True)
    truth = _exact(flat, questions)
    probed = 4
    while probed < index.nlist:
        search: Any = faiss.SearchParametersIVF
        found = index.search(questions, DEPTH, params=search(nprobe=probed))[1]
        hits = sum(len(np.intersect1d(*pair)) for pair in zip(truth, found, strict=True))
        if hits >= RECALL * truth.size:
            break
        probed *= 2
    return int(min(probed, index.nlist))


def _faiss() -> Any:
    import faiss

    return faiss


def _exact(flat: Any, questions: NDArray[np.float32]) -> Cells:
    """The nearest vectors by a comparison with all of them, as products of matrices: faster than one by one."""
    best = np.full((len(questions), DEPTH), -2, dtype=np.float32)
    places = np.full((len(questions), DEPTH), -1, dtype=np.int64)
    for first in range(0, flat.ntotal, AT_ONCE):
        here = np.arange(first, min(flat.ntotal, first + AT_ONCE))
        scores = np.concatenate([best, questions @ flat.reconstruct_batch(here).T], axis=1)
        ordinals = np.concatenate([places, np.broadcast_to(here, (len(questions), len(here)))], axis=1)
        chosen = np.argpartition(-scores, DEPTH - 1, axis=1)[:, :DEPTH]
        best, places = np.take_along_axis(scores, chosen, 1), np.take_along_axis(ordinals, chosen, 1)
    return places
