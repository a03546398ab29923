"""Seeded bootstrap intervals over questions (Efron and Tibshirani 1993, percentile method)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

RESAMPLES = 2000
CONFIDENCE = 0.95

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ratio:
    """One question's share of a metric: a metric's value is the sum of `numerator` over the sum of `denominator`.

    A mean has denominator 1 in every question; a question that says nothing about a metric has 0 in both.
    """

    numerator: float
    denominator: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.numerator) and 0.0 <= self.denominator < math.inf):
            raise ValueError(
                f"ratio {self.numerator}/{self.denominator} needs finite numbers and no negative denominator"
            )


@dataclass(frozen=True, slots=True)
class Interval:
    """A metric's value with the bounds of its 95% bootstrap interval; all None where no question speaks of it.

    `n` counts the questions that do.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int


def interval(ratios: Sequence[Ratio], *, seed: int = 0, resamples: int = RESAMPLES) -> Interval:
    """The metric over all questions with its percentile interval; resamples without a denominator are left out."""
    numerators, denominators = _columns(ratios)
    n = int(np.count_nonzero(denominators))
    if n == 0:
        return Interval(None, None, None, 0)
    value = float(numerators.sum() / denominators.sum())
    low, high = _bounds(_resampled(numerators, denominators, _weights(len(ratios), seed, resamples)))
    return Interval(value, low, high, n)


def paired_difference(
    ours: Sequence[Ratio], theirs: Sequence[Ratio], *, seed: int = 0, resamples: int = RESAMPLES
) -> Interval:
    """The difference of a metric between two runs over the same questions, each resample drawn for both at once.

    Raises ValueError where the two differ in length.
    """
    if len(ours) != len(theirs):
        raise ValueError(f"paired runs need the same questions: {len(ours)} and {len(theirs)}")
    left, right = _columns(ours), _columns(theirs)
    n = int(np.count_nonzero((left[1] > 0) | (right[1] > 0)))
    if left[1].sum() == 0 or right[1].sum() == 0:
        return Interval(None, None, None, 0)
    weights = _weights(len(ours), seed, resamples)
    value = float(left[0].sum() / left[1].sum() - right[0].sum() / right[1].sum())
    low, high = _bounds(_resampled(*left, weights) - _resampled(*right, weights))
    return Interval(value, low, high, n)


def _columns(ratios: Sequence[Ratio]) -> tuple[_Floats, _Floats]:
    return (
        np.array([ratio.numerator for ratio in ratios], dtype=np.float64),
        np.array([ratio.denominator for ratio in ratios], dtype=np.float64),
    )


# All metrics of one run are resampled alike, so the draws of the last size are kept.
@lru_cache(maxsize=1)
def _weights(questions: int, seed: int, resamples: int) -> _Floats:
    draws = np.random.default_rng(seed).multinomial(
        questions, np.full(questions, 1.0 / questions), size=resamples
    )
    return draws.astype(np.float64)


def _resampled(numerators: _Floats, denominators: _Floats, weights: _Floats) -> _Floats:
    below = weights @ denominators
    values = np.full(below.shape, np.nan)
    np.divide(weights @ numerators, below, out=values, where=below > 0)
    return values


def _bounds(values: _Floats) -> tuple[float, float]:
    tail = 50.0 * (1.0 - CONFIDENCE)
    kept = values[~np.isnan(values)]
    low, high = np.percentile(kept, [tail, 100.0 - tail])
    return float(low), float(high)
