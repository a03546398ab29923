"""What a figure is: a quantity, what it counts, who says so and as of when."""

from __future__ import annotations

import math
from dataclasses import dataclass

BOUNDS = frozenset({"exact", "approx", "min", "max", "range"})


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of an article's text, `article.text[start:end] == text`; offsets count characters."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.text):
            raise ValueError(
                f"span {self.start}:{self.end} cannot hold {len(self.text)} characters; "
                "cut the text with the same offsets"
            )


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity as an article words it.

    `start`, `end` and `text` cover the number with its unit, without the qualifier. A single value has
    `low == high`; both are always finite. For the unit `date` they are `YYYYMMDD` numbers of the first and
    the last day meant. `parts` names the exact place of every part found: number, qualifier, unit, counts,
    state, said_by, as_of, and also `owner` (whose people or things are counted) and `extra` (words such as
    "additional", which say that the number comes on top of another), `before` and `after` (the value that a change
    tells as well), `share` (the number that is told as a part of this one: "179 of the 181 people") and `converted`
    (the number as it is worded, where an answer lines it up in the unit of the others).
    """

    start: int
    end: int
    text: str
    low: float
    high: float
    qualifier: str | None
    bound: str
    unit: str | None
    counts: str | None
    state: str | None
    said_by: str | None
    as_of: str | None
    as_of_resolved: bool
    negated: bool
    parts: tuple[tuple[str, Span], ...]

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.text):
            raise ValueError(f"figure {self.start}:{self.end} cannot hold {len(self.text)} characters")
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.high):
            raise ValueError(
                f"figure {self.text!r} has bounds {self.low}..{self.high}; need finite low <= high"
            )
        if self.bound not in BOUNDS:
            raise ValueError(f"bound {self.bound!r} is none of {sorted(BOUNDS)}")

    def part(self, name: str) -> Span | None:
        """The span of one part, or None where the text does not word it."""
        return next((span for key, span in self.parts if key == name), None)
