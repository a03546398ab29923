"""What a fitted logistic regression says of features."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def logistic(weights: Sequence[float], features: Sequence[float], intercept: float) -> float:
    """The probability, 0 to 1, that a logistic regression gives to features in the order of its weights."""
    score = float(np.dot(weights, features)) + intercept
    return float(1.0 / (1.0 + np.exp(-score)))
