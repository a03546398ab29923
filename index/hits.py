"""Search results, and the fusion of the dense and the lexical ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

import numpy as np
from numpy.typing import NDArray

from index.articles import Passage

DENSE_SHARE = 0.5
"""What the cosine weighs beside BM25 in the fused score (docs/results.md)."""


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


def fuse(near: Mapping[int, float], words: Mapping[int, float], limit: int) -> list[int]:
    """Ordinals among the first `limit` of either, by the weighted sum of their scaled scores, then by ordinal.

    `near` holds cosines and `words` BM25 scores by ordinal, both best first; what one lacks counts there as its lowest.
    A convex combination keeps how far apart scores are, which ranks do not (Bruch, Gai and Ingber 2023).
    """
    within = {*islice(near, limit), *islice(words, limit)}
    dense, lexical = _scaled(near, min(near.values(), default=0.0)), _scaled(words, 0.0)

    def fused(ordinal: int) -> float:
        return DENSE_SHARE * dense.get(ordinal, 0.0) + (1 - DENSE_SHARE) * lexical.get(ordinal, 0.0)

    return sorted(within, key=lambda ordinal: (-fused(ordinal), ordinal))


def _scaled(scores: Mapping[int, float], low: float) -> dict[int, float]:
    room = max(scores.values(), default=low) - low
    return {ordinal: (score - low) / room if room > 0 else 0.0 for ordinal, score in scores.items()}
