"""Parts of a whole: "two-thirds", "a quarter of", "one in five", "3 out of 10"."""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import PARTS_OF_ONE, SCALES, TENS, UNITS, words
from .number import PLAIN, Number, skip_hyphen, word_at
from .tokens import Token

_ORDERED = words("first second latter other better last next top bottom front back")


def read_fraction(tokens: Sequence[Token], at: int) -> Number | None:
    """As in "two-thirds", "a quarter of", "half of", "half a million", "three quarters of a million"."""
    top_word, here = word_at(tokens, at), at
    if top_word in UNITS or top_word in {"a", "an"}:
        top = UNITS.get(top_word, 1)
        here = skip_hyphen(tokens, at + 1)
    elif (top_word == "half" and word_at(tokens, at - 1) not in _ORDERED) or (
        top_word == "quarter" and word_at(tokens, at + 1) in SCALES
    ):
        top = 1
    else:
        return None
    bottom_word = word_at(tokens, here)
    below = PARTS_OF_ONE.get(bottom_word)
    if (
        below is None
        or top <= 0
        or top >= below
        or (top > 1) != (bottom_word[-1] == "s" or bottom_word == "halves")
    ):
        return None
    if here < len(tokens) and tokens[here].text[0].isupper() and here > at:
        return None
    share = top / below
    after = skip_hyphen(tokens, here + 1)
    follow = word_at(tokens, after)
    scaled_at = after + 1 + (follow == "of") if follow in {"a", "of"} else after
    if word_at(tokens, after) == "of" and word_at(tokens, after + 1) == "a":
        scaled_at = after + 2
    scaled_at = skip_hyphen(tokens, scaled_at)
    scale = 12 if word_at(tokens, scaled_at) == "dozen" else SCALES.get(word_at(tokens, scaled_at), 0)
    if scale:
        value = share * scale
        return Number(at, scaled_at + 1, value, value, "words", scale)
    hyphenated = here > at + 1
    closes = top_word == "one" and (after >= len(tokens) or tokens[after].text in ".,;")
    if follow in {"of", "the", "a", "an"} or hyphenated or top > 1 or top_word == "half" or closes:
        if top_word in {"a", "an"} and follow != "of" and bottom_word != "half":
            return None
        return Number(at, here + 1, share, share, "fraction")
    return None


def read_ratio(tokens: Sequence[Token], at: int) -> Number | None:
    """As in "one in five", "3 out of 10"; not "two in 2021" or "one in the"."""
    top = _small(tokens, at)
    if top is None:
        return None
    if word_at(tokens, at + 1) == "in":
        below_at = at + 2
    elif word_at(tokens, at + 1) == "out" and word_at(tokens, at + 2) == "of":
        below_at = at + 3
    else:
        return None
    below_at += word_at(tokens, below_at) == "every"
    below = _small(tokens, below_at)
    if below is None or not 0 < top < below or (word_at(tokens, at + 1) == "in" and below > 1000):
        return None
    if word_at(tokens, below_at + 1) in SCALES or word_at(tokens, at - 1) in {"-", "–"}:
        return None
    return Number(at, below_at + 1, top / below, top / below, "ratio")


def _small(tokens: Sequence[Token], at: int) -> float | None:
    """A number of one token and at most three digits."""
    word = word_at(tokens, at)
    if word in UNITS or word in TENS:
        return float({**UNITS, **TENS}[word])
    return float(word) if PLAIN.match(word) and len(word) <= 3 else None
