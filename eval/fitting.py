"""What the commands that fit a logistic regression share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def unscaled(model: LogisticRegression, scaler: StandardScaler) -> tuple[NDArray[np.float64], float]:
    """Weights and intercept for features as they are, of a model fitted on scaled ones."""
    weights = model.coef_[0] / scaler.scale_
    return weights, float(model.intercept_[0] - np.dot(weights, scaler.mean_))
