"""Numbers written in words: cardinals, "a dozen", "half a million", "tens of thousands", "sixfold"."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .lexicon import FEW, PARTS_OF_ONE, SCALES, TENS, UNITS, VAGUE
from .number import Number, scaled, skip_hyphen, word_at
from .tokens import Token


def read_fold(tokens: Sequence[Token], at: int) -> Number | None:
    """Reads words such as "sixfold" as their number."""
    word = word_at(tokens, at).removesuffix("fold")
    if word == word_at(tokens, at) or word not in {**UNITS, **TENS}:
        return None
    value = float({**UNITS, **TENS}[word])
    return Number(at, at + 1, value, value, "fold")


def read_words(tokens: Sequence[Token], at: int) -> Number | None:
    """Cardinals such as "three hundred and forty-two thousand"; a value is checked to fall from left to right."""
    total = current = 0.0
    room = math.inf
    last, here, scale = at, at, 1.0
    while here < len(tokens):
        word = word_at(tokens, here)
        if word in UNITS and room > UNITS[word] and not (word == "zero" and here > at):
            current, room = current + UNITS[word], 1
        elif word in TENS and room > 10:
            current, room = current + TENS[word], 10
        elif word == "hundred" and 0 < current < 100 and room > 0 and scale != 100:
            current, room, scale = current * 100, 100, 100
        elif word in SCALES and word != "hundred" and current > 0:
            total, current, room, scale = total + current * SCALES[word], 0.0, SCALES[word], SCALES[word]
        else:
            break
        last = here + 1
        here = skip_hyphen(tokens, last)
        if word_at(tokens, here) == "and" and room >= 100 and word_at(tokens, here + 1) in {**UNITS, **TENS}:
            here += 1
    if last == at:
        return None
    sign = -1.0 if word_at(tokens, at - 1) in {"minus", "negative"} else 1.0
    value = sign * (total + current)
    number = Number(at - (sign < 0), last, value, value, "words", scale if current == 0 else 1.0)
    return _and_part(tokens, _dozens(tokens, number))


def _dozens(tokens: Sequence[Token], number: Number) -> Number:
    behind = skip_hyphen(tokens, number.last)
    return number.times(12, behind + 1) if word_at(tokens, behind) == "dozen" else number


def _and_part(tokens: Sequence[Token], number: Number) -> Number:
    """As in "two and a half", "one and a half million", "a million and a half", "three and three quarters"."""
    at = number.last
    if word_at(tokens, at) != "and" or word_at(tokens, at + 1) not in {"a", "one", "three", "two"}:
        return number
    top = {"a": 1}.get(word_at(tokens, at + 1)) or UNITS[word_at(tokens, at + 1)]
    below = PARTS_OF_ONE.get(word_at(tokens, skip_hyphen(tokens, at + 2)))
    if below is None or top >= below:
        return number
    last = skip_hyphen(tokens, at + 2) + 1
    value = number.low + top / below * (number.scale if number.scale > 1 else 1)
    mixed = Number(number.first, last, value, value, number.kind)
    return scaled(tokens, mixed) if number.scale == 1 else mixed


def read_article_number(tokens: Sequence[Token], at: int) -> Number | None:
    """As in "a hundred and two", "a dozen", "half a million", "a couple of thousand", "several hundred"."""
    word = word_at(tokens, at)
    behind = skip_hyphen(tokens, at + 1)
    if word in {"a", "an"} and (word_at(tokens, behind) in SCALES or word_at(tokens, behind) == "dozen"):
        return _after_article(tokens, at, behind)
    if word in {"few", "several"} or (word == "couple" and word_at(tokens, at + 1) == "of"):
        start = at - 1 if word_at(tokens, at - 1) == "a" else at
        behind = at + 2 if word == "couple" else at + 1
        if word_at(tokens, behind) in SCALES or word_at(tokens, behind) == "dozen":
            low, high = FEW[word]
            return scaled(tokens, Number(start, behind, low, high, "vague"))
        if word == "couple":
            return Number(start, at + 2, 2, 2, "vague")
    if word == "dozen" and word_at(tokens, at - 1) != "baker's":
        return Number(at, at + 1, 12, 12, "words", 12)
    return None


def _after_article(tokens: Sequence[Token], at: int, behind: int) -> Number:
    word = word_at(tokens, behind)
    if word == "dozen":
        return Number(at, behind + 1, 12, 12, "words", 12)
    value = SCALES[word]
    number = Number(at, behind + 1, value, value, "words", value)
    here = behind + 1 + (word_at(tokens, behind + 1) == "and")
    rest = (
        read_words(tokens, here)
        if here < len(tokens) and word_at(tokens, here) in {**UNITS, **TENS}
        else None
    )
    if rest is not None and rest.low < value and (here > behind + 1 or word != "hundred"):
        return scaled(tokens, Number(at, rest.last, value + rest.low, value + rest.low, "words"))
    if rest is not None and rest.low < value:
        return Number(at, rest.last, value + rest.low, value + rest.low, "words")
    return _and_part(tokens, scaled(tokens, number) if word_at(tokens, behind + 1) in SCALES else number)


def read_vague(tokens: Sequence[Token], at: int) -> Number | None:
    """As in "tens of thousands": the whole order of magnitude, 10,000 to 99,999."""
    word = word_at(tokens, at)
    if word not in VAGUE:
        return None
    if word in {"tens", "scores"} and word_at(tokens, at + 1) != "of":
        return None
    low, last = VAGUE[word], at + 1
    while (
        word_at(tokens, last) == "of"
        and word_at(tokens, last + 1) in VAGUE
        and VAGUE[word_at(tokens, last + 1)] > 99
    ):
        low, last = low * VAGUE[word_at(tokens, last + 1)], last + 2
    width = 100 if word in {"dozens", "scores"} else 10 * low
    high = (width - 1) if word not in {"dozens", "scores"} else (99 if last == at + 1 else 8 * low)
    return Number(at, last, low, max(low, high), "vague")
