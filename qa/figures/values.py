"""All numbers of a sentence, in digits and in words, read from its tokens into values."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .absence import read_absence
from .digits import read_digits
from .lexicon import FEW, PARTS_OF_ONE, TENS, UNITS, VAGUE
from .number import Number
from .number_words import read_article_number, read_fold, read_vague, read_words
from .shares import read_fraction, read_ratio
from .tokens import Token

# All words that a number in words can begin with; the others are passed over at once.
_BEGINNINGS = frozenset({*UNITS, *TENS, *VAGUE, *FEW, *PARTS_OF_ONE, "a", "an", "dozen"})


def read_numbers(tokens: Sequence[Token]) -> list[Number]:
    """All numbers of a sentence, left to right, none overlapping another; never infinite."""
    found: list[Number] = []
    at = 0
    while at < len(tokens):
        number = _number(tokens, at)
        if number is not None and math.isfinite(number.low) and math.isfinite(number.high):
            found.append(number)
            at = number.last
        else:
            at += 1
    return found


def _number(tokens: Sequence[Token], at: int) -> Number | None:
    token = tokens[at]
    if token.kind == "number":
        return read_ratio(tokens, at) or read_digits(tokens, at)
    if token.kind == "word" and (token.lower in _BEGINNINGS or token.lower.endswith("fold")):
        return (
            read_ratio(tokens, at)
            or read_vague(tokens, at)
            or read_article_number(tokens, at)
            or read_fraction(tokens, at)
            or read_fold(tokens, at)
            or read_words(tokens, at)
        )
    return read_absence(tokens, at) if token.kind == "word" else None
