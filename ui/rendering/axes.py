"""An axis for figures: where a value stands on it, and which values are written under it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

LOG_FROM = 30
"""A spread of this factor makes the axis logarithmic: below it the smaller values can still be told apart."""

STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from `low` to `high`, which differ, on a linear or a logarithmic scale; `log` needs `low` above 0."""

    low: float
    high: float
    log: bool = False

    def __post_init__(self) -> None:
        if not self.low < self.high or (self.log and self.low <= 0):
            raise ValueError(
                f"an axis cannot run from {self.low} to {self.high}{' on a log scale' if self.log else ''}"
            )

    @classmethod
    def over(cls, values: Sequence[float]) -> Self:
        """The axis that holds all values, with round ends."""
        low, high = min(values), max(values)
        if low > 0 and high / low >= LOG_FROM:
            return cls(_decade(low), _next_round(high), log=True)
        step = _step(high - min(low, 0) or abs(high) or 1)
        start = 0.0 if low >= 0 else math.floor(low / step) * step
        end = math.ceil(high / step) * step
        return cls(start, end if end > start else start + step)

    def place(self, value: float) -> float:
        """Where the value stands, 0 at the low end and 1 at the high end."""
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def ticks(self) -> list[float]:
        """The values to write under the axis, two to seven of them, the ends among them."""
        if not self.log:
            step = _step(self.high - self.low)
            return [self.low + step * place for place in range(round((self.high - self.low) / step) + 1)]
        powers = range(math.floor(math.log10(self.low) + 1e-9), math.ceil(math.log10(self.high) - 1e-9) + 1)
        every = max(1, math.ceil(len(powers) / 6))
        inner = [10.0**power for power in powers if power % every == 0 and self.low < 10.0**power < self.high]
        crowded = [value for value in inner if self.high / value > 3 and value / self.low > 3]
        return [self.low, *crowded, self.high]


def _decade(value: float) -> float:
    """The round number, 1, 2 or 5 times a power of ten, at or below a value above 0."""
    power = math.floor(math.log10(value) + 1e-9)
    return float(max(step * 10.0**power for step in STEPS if step * 10.0**power <= value * (1 + 1e-9)))


def _next_round(value: float) -> float:
    """The round number at or above a value above 0."""
    below = _decade(value)
    if math.isclose(below, value):
        return below
    power = math.floor(math.log10(below) + 1e-9)
    return float(min(step * 10.0**power for step in (*STEPS, 10) if step * 10.0**power >= value * (1 - 1e-9)))


def _step(span: float) -> float:
    """The round step that cuts a span into four to six pieces, or a few less."""
    rough = span / 5
    power = 10.0 ** math.floor(math.log10(rough))
    return float(min((step * power for step in (*STEPS, 10)), key=lambda step: abs(step - rough)))
