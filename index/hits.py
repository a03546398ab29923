"""Search results, and the fusion of the dense and the lexical ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

import numpy as np
from numpy.typing import NDArray

from index.articles import Passage

RRF_K = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: cosine and BM25 score, and its rank in either list from 1, None where it is not in the list."""

    passage: Passage
    dense: float
    lexical: float
    dense_rank: int | None
    lexical_rank: int | None


def take_turns(rankings: Sequence[Sequence[int]], rest: Sequence[int]) -> list[int]:
    """The first of each ranking, the second of each and so on, then the `rest`; each ordinal once, where it comes first."""
    rounds = chain.from_iterable(zip_longest(*rankings))
    return list(dict.fromkeys(ordinal for ordinal in chain(rounds, rest) if ordinal is not None))


def ranks(ordinals: NDArray[np.int64]) -> dict[int, int]:
    """The rank of each ordinal in a list that is best first, from 1."""
    return {int(ordinal): rank for rank, ordinal in enumerate(ordinals, start=1)}


def fuse(rankings: list[dict[int, int]], limit: int) -> list[int]:
    """Ordinals among the first `limit` of any ranking, by the sum of 1 / (60 + rank), then by ordinal."""
    within = {ordinal for ranking in rankings for ordinal, rank in ranking.items() if rank <= limit}

    def fused(ordinal: int) -> float:
        return sum(1 / (RRF_K + ranking[ordinal]) for ranking in rankings if ordinal in ranking)

    return sorted(within, key=lambda ordinal: (-fused(ordinal), ordinal))
