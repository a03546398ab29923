"""All numbers of a sentence, in digits and in words, read from its tokens into values."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .absence import read_absence
from .digits import read_digits
from .lexicon import FEW, PARTS_OF_ONE, TENS, UNITS, VAGUE, words
from .number import Number, word_at
from .number_words import read_article_number, read_fold, read_vague, read_words
from .shares import read_fraction, read_ratio
from .tokens import Token

# All words that a number in words can begin with; the others are passed over at once.
_BEGINNINGS = frozenset({*UNITS, *TENS, *VAGUE, *FEW, *PARTS_OF_ONE, "a", "an", "dozen"})

_LENGTHS = words(
    "minute hour day week month year decade century mile kilometre kilometer metre meter ton tonne"
)
# "Lasted an hour", "nearly a mile"; not "twice a day", "a year of grief".
_LEADS = words(
    "lasted last lasts lasting took take takes taking waited for nearly almost about around roughly over under than within "
    "after only just exactly another"
)


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
            or _read_one(tokens, at)
            or read_fold(tokens, at)
            or read_words(tokens, at)
        )
    return read_absence(tokens, at) if token.kind == "word" else None


def _read_one(tokens: Sequence[Token], at: int) -> Number | None:
    """The article of a measure: "it lasted an hour"; "an hour and a half" is read elsewhere."""
    measured = word_at(tokens, at) in {"a", "an"} and word_at(tokens, at + 1) in _LENGTHS
    if (
        not measured
        or word_at(tokens, at - 1) not in _LEADS
        or word_at(tokens, at + 2) in {"and", "-", "or", "to"}
    ):
        return None
    return Number(at, at + 1, 1.0, 1.0, "words")
