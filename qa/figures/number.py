"""A number read from tokens, its scale words, and the small steps that all ways of writing one share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import SCALES, SHORT_SCALES
from .tokens import Token, is_adjacent

PLAIN = re.compile(r"^[0-9]+$")
HYPHENS = frozenset("-‐‑")
MINUS = frozenset("-−")


@dataclass(frozen=True, slots=True)
class Number:
    """A number over `tokens[first:last]`; `kind` is digits, words, vague, fraction, ratio, fold or none.

    `scale` is the last factor named by a word or suffix (million: 1e6), 1 where there is none.
    """

    first: int
    last: int
    low: float
    high: float
    kind: str
    scale: float = 1.0

    def times(self, factor: float, last: int) -> Number:
        """The same number multiplied, reaching on to token `last`."""
        return Number(
            self.first, last, clean(self.low * factor), clean(self.high * factor), self.kind, factor
        )


def clean(value: float) -> float:
    """The value without the last digits that a product of decimals leaves behind (8.3 * 1e6)."""
    return float(f"{value:.13g}")


def word_at(tokens: Sequence[Token], at: int) -> str:
    """The token at `at` in lower case, "" outside the sentence."""
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def skip_hyphen(tokens: Sequence[Token], at: int) -> int:
    """One past a hyphen that ties two words together, else `at`."""
    tied = 0 < at < len(tokens) - 1 and tokens[at].text in HYPHENS
    if tied and is_adjacent(tokens[at - 1], tokens[at]) and is_adjacent(tokens[at], tokens[at + 1]):
        return at + 1
    return at


def scaled(tokens: Sequence[Token], number: Number) -> Number:
    """The number with the scale words and suffixes behind it: 6K, 1.2m, 40bn, 2 hundred thousand, 3 dozen."""
    at = number.last
    if at < len(tokens) and is_adjacent(tokens[at - 1], tokens[at]) and tokens[at].text in SHORT_SCALES:
        glued_on = (
            at + 1 < len(tokens) and is_adjacent(tokens[at], tokens[at + 1]) and tokens[at + 1].kind != "sign"
        )
        if not glued_on and tokens[at].text not in {"m", "b", "T", "M", "B"}:
            return number.times(SHORT_SCALES[tokens[at].text], at + 1)
    while (behind := skip_hyphen(tokens, number.last)) < len(tokens):
        word = word_at(tokens, behind)
        if word in SCALES:
            number = number.times(SCALES[word], behind + 1)
        elif word in {"mn", "bn", "tn", "mln", "bln", "trn"}:
            number = number.times(SHORT_SCALES[word], behind + 1)
        elif word == "dozen":
            number = number.times(12, behind + 1)
        else:
            break
    return number


def short_scale(tokens: Sequence[Token], number: Number) -> Number:
    """The number with an ambiguous suffix read as a scale ("1.2m", "3B", "2 m"), if one stands behind it."""
    at = number.last
    if number.kind == "digits" and number.scale == 1 and at < len(tokens) and tokens[at].text in SHORT_SCALES:
        return number.times(SHORT_SCALES[tokens[at].text], at + 1)
    return number
