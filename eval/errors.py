"""Errors of measuring: EverysourceError > EvaluationError > GoldError | BaselineError | BenchError."""

from __future__ import annotations

from index import EverysourceError


class EvaluationError(EverysourceError):
    """Something could not be measured as asked."""


class GoldError(EvaluationError):
    """A gold file breaks its format, or its offsets do not cut the text that they claim."""


class BaselineError(EvaluationError):
    """A baseline cannot be read, or was made of other questions."""


class BenchError(EvaluationError):
    """A public set is unknown, missing, or not in the form that its loader expects."""
