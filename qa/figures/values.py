"""Numbers in digits and words, read from tokens into values."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import FEW, PARTS_OF_ONE, SCALES, SHORT_SCALES, TENS, UNITS, VAGUE, words
from .tokens import Token, is_adjacent

_PLAIN = re.compile(r"^[0-9]+$")
_EXPONENT = re.compile(r"^[eE]$")
_HYPHENS = frozenset("-‐‑")
_MINUS = frozenset("-−")
_FRACTION_TRAPS = frozenset({"9/11", "24/7", "7/7", "20/20", "50/50"})
_ORDERED = words("first second latter other better last next top bottom front back")
_LONGEST_DIGITS = 300


@dataclass(frozen=True, slots=True)
class Number:
    """A number over `tokens[first:last]`; `kind` is digits, words, vague, fraction, ratio or fold.

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
            self.first, last, _clean(self.low * factor), _clean(self.high * factor), self.kind, factor
        )


def _clean(value: float) -> float:
    """The value without the last digits that a product of decimals leaves behind (8.3 * 1e6)."""
    return float(f"{value:.13g}")


def read_numbers(tokens: Sequence[Token]) -> list[Number]:
    """All numbers of a sentence, left to right, none overlapping another; never infinite."""
    found: list[Number] = []
    at = 0
    while at < len(tokens):
        number = _ratio(tokens, at) or _number(tokens, at)
        if number is not None and math.isfinite(number.low) and math.isfinite(number.high):
            found.append(number)
            at = number.last
        else:
            at += 1
    return found


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def _skip_hyphen(tokens: Sequence[Token], at: int) -> int:
    """One past a hyphen that ties two words together, else `at`."""
    tied = 0 < at < len(tokens) - 1 and tokens[at].text in _HYPHENS
    if tied and is_adjacent(tokens[at - 1], tokens[at]) and is_adjacent(tokens[at], tokens[at + 1]):
        return at + 1
    return at


def _number(tokens: Sequence[Token], at: int) -> Number | None:
    token = tokens[at]
    if token.kind == "number":
        return _digits(tokens, at)
    if token.kind == "word":
        return (
            _vague(tokens, at)
            or _article_number(tokens, at)
            or _fraction(tokens, at)
            or _fold(tokens, at)
            or _words(tokens, at)
        )
    return None


# -- digits -----------------------------------------------------------------------------------------------


def digit_value(text: str) -> float | None:
    """The value of one number token ("1,234.5", "10 1/2", "½"), or None where it is no quantity."""
    if len(text) > _LONGEST_DIGITS or text in _FRACTION_TRAPS:
        return None
    last = text[-1]
    if last not in "0123456789":
        return float(text[:-1] or 0) + unicodedata.numeric(last)
    slash = re.search(r"[/⁄]", text)
    if slash:
        left, denominator = text[: slash.start()], float(text[slash.end() :])
        whole, _, numerator = re.sub(r"[\u00a0\u2009-]", " ", left).rpartition(" ")
        if not 0 < float(numerator) < denominator <= 100:
            return None
        return float(whole or 0) + float(numerator) / denominator
    plain = re.sub(r"[,\u00a0\u2009\u202f ]", "", text)
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    return float(plain)


def _digits(tokens: Sequence[Token], at: int) -> Number | None:
    value = digit_value(tokens[at].text)
    if value is None:
        return None
    value, last = _exponent(tokens, at, value)
    sign = -1.0 if _is_negative(tokens, at) else 1.0
    first = at - 1 if sign < 0 else at
    kind = "fraction" if re.search(r"[/⁄]", tokens[at].text) and " " not in tokens[at].text else "digits"
    return _scaled(tokens, Number(first, last, sign * value, sign * value, kind))


def _is_negative(tokens: Sequence[Token], at: int) -> bool:
    if _word(tokens, at - 1) in {"minus", "negative"}:
        return True
    if at == 0 or tokens[at - 1].text not in _MINUS or not is_adjacent(tokens[at - 1], tokens[at]):
        return False
    return at == 1 or (not is_adjacent(tokens[at - 2], tokens[at - 1]) or tokens[at - 2].text in "($€£[")


def _exponent(tokens: Sequence[Token], at: int, value: float) -> tuple[float, int]:
    """The value with its power of ten ("4e14", "2.5×10−5", "3 x 10^6"), and one past its last token."""
    glued = at + 1 < len(tokens) and is_adjacent(tokens[at], tokens[at + 1])
    if glued and _EXPONENT.match(tokens[at + 1].text):
        power_at = at + 2
    elif _word(tokens, at + 1) in {"x", "×", "*"} and at + 2 < len(tokens) and tokens[at + 2].text == "10":
        power_at = at + 3 + (_word(tokens, at + 3) == "^")
        if power_at == at + 3 and _word(tokens, power_at) not in _MINUS:
            return value, at + 1
    else:
        return value, at + 1
    sign = -1 if _word(tokens, power_at) in _MINUS else 1
    power_at += sign < 0
    if power_at >= len(tokens) or not _PLAIN.match(tokens[power_at].text) or len(tokens[power_at].text) > 2:
        return value, at + 1
    return value * 10.0 ** (sign * int(tokens[power_at].text)), power_at + 1


def _scaled(tokens: Sequence[Token], number: Number) -> Number:
    """The number with the scale words and suffixes behind it: 6K, 1.2m, 40bn, 2 hundred thousand, 3 dozen."""
    at = number.last
    if at < len(tokens) and is_adjacent(tokens[at - 1], tokens[at]) and tokens[at].text in SHORT_SCALES:
        glued_on = (
            at + 1 < len(tokens) and is_adjacent(tokens[at], tokens[at + 1]) and tokens[at + 1].kind != "sign"
        )
        if not glued_on and tokens[at].text not in {"m", "b", "T", "M", "B"}:
            return number.times(SHORT_SCALES[tokens[at].text], at + 1)
    while (behind := _skip_hyphen(tokens, number.last)) < len(tokens):
        word = _word(tokens, behind)
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


# -- words ------------------------------------------------------------------------------------------------


def _fold(tokens: Sequence[Token], at: int) -> Number | None:
    """Reads words such as "sixfold" as their number."""
    word = _word(tokens, at).removesuffix("fold")
    if word == _word(tokens, at) or word not in {**UNITS, **TENS}:
        return None
    value = float({**UNITS, **TENS}[word])
    return Number(at, at + 1, value, value, "fold")


def _words(tokens: Sequence[Token], at: int) -> Number | None:
    """Cardinals such as "three hundred and forty-two thousand"; a value is checked to fall from left to right."""
    total = current = 0.0
    room = math.inf
    last, here, scale = at, at, 1.0
    while here < len(tokens):
        word = _word(tokens, here)
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
        here = _skip_hyphen(tokens, last)
        if _word(tokens, here) == "and" and room >= 100 and _word(tokens, here + 1) in {**UNITS, **TENS}:
            here += 1
    if last == at:
        return None
    sign = -1.0 if _word(tokens, at - 1) in {"minus", "negative"} else 1.0
    value = sign * (total + current)
    number = Number(at - (sign < 0), last, value, value, "words", scale if current == 0 else 1.0)
    return _and_part(tokens, _dozens(tokens, number))


def _dozens(tokens: Sequence[Token], number: Number) -> Number:
    behind = _skip_hyphen(tokens, number.last)
    return number.times(12, behind + 1) if _word(tokens, behind) == "dozen" else number


def _and_part(tokens: Sequence[Token], number: Number) -> Number:
    """As in "two and a half", "one and a half million", "a million and a half", "three and three quarters"."""
    at = number.last
    if _word(tokens, at) != "and" or _word(tokens, at + 1) not in {"a", "one", "three", "two"}:
        return number
    top = {"a": 1}.get(_word(tokens, at + 1)) or UNITS[_word(tokens, at + 1)]
    below = PARTS_OF_ONE.get(_word(tokens, _skip_hyphen(tokens, at + 2)))
    if below is None or top >= below:
        return number
    last = _skip_hyphen(tokens, at + 2) + 1
    value = number.low + top / below * (number.scale if number.scale > 1 else 1)
    mixed = Number(number.first, last, value, value, number.kind)
    return _scaled(tokens, mixed) if number.scale == 1 else mixed


def _article_number(tokens: Sequence[Token], at: int) -> Number | None:
    """As in "a hundred and two", "a dozen", "half a million", "a couple of thousand", "several hundred"."""
    word = _word(tokens, at)
    behind = _skip_hyphen(tokens, at + 1)
    if word in {"a", "an"} and (_word(tokens, behind) in SCALES or _word(tokens, behind) == "dozen"):
        return _after_article(tokens, at, behind)
    if word in {"few", "several"} or (word == "couple" and _word(tokens, at + 1) == "of"):
        start = at - 1 if _word(tokens, at - 1) == "a" else at
        behind = at + 2 if word == "couple" else at + 1
        if _word(tokens, behind) in SCALES or _word(tokens, behind) == "dozen":
            low, high = FEW[word]
            return _scaled(tokens, Number(start, behind, low, high, "vague"))
        if word == "couple":
            return Number(start, at + 2, 2, 2, "vague")
    if word == "dozen" and _word(tokens, at - 1) != "baker's":
        return Number(at, at + 1, 12, 12, "words", 12)
    return None


def _after_article(tokens: Sequence[Token], at: int, behind: int) -> Number:
    word = _word(tokens, behind)
    if word == "dozen":
        return Number(at, behind + 1, 12, 12, "words", 12)
    value = SCALES[word]
    number = Number(at, behind + 1, value, value, "words", value)
    here = behind + 1 + (_word(tokens, behind + 1) == "and")
    rest = _words(tokens, here) if here < len(tokens) and _word(tokens, here) in {**UNITS, **TENS} else None
    if rest is not None and rest.low < value and (here > behind + 1 or word != "hundred"):
        return _scaled(tokens, Number(at, rest.last, value + rest.low, value + rest.low, "words"))
    if rest is not None and rest.low < value:
        return Number(at, rest.last, value + rest.low, value + rest.low, "words")
    return _and_part(tokens, _scaled(tokens, number) if _word(tokens, behind + 1) in SCALES else number)


def _vague(tokens: Sequence[Token], at: int) -> Number | None:
    """As in "tens of thousands": the whole order of magnitude, 10,000 to 99,999."""
    word = _word(tokens, at)
    if word not in VAGUE:
        return None
    if word in {"tens", "scores"} and _word(tokens, at + 1) != "of":
        return None
    low, last = VAGUE[word], at + 1
    while (
        _word(tokens, last) == "of"
        and _word(tokens, last + 1) in VAGUE
        and VAGUE[_word(tokens, last + 1)] > 99
    ):
        low, last = low * VAGUE[_word(tokens, last + 1)], last + 2
    width = 100 if word in {"dozens", "scores"} else 10 * low
    high = (width - 1) if word not in {"dozens", "scores"} else (99 if last == at + 1 else 8 * low)
    return Number(at, last, low, max(low, high), "vague")


# -- parts of a whole -------------------------------------------------------------------------------------


def _fraction(tokens: Sequence[Token], at: int) -> Number | None:
    """As in "two-thirds", "a quarter of", "half of", "half a million", "three quarters of a million"."""
    top_word, here = _word(tokens, at), at
    if top_word in UNITS or top_word in {"a", "an"}:
        top = UNITS.get(top_word, 1)
        here = _skip_hyphen(tokens, at + 1)
    elif top_word == "half" and _word(tokens, at - 1) not in _ORDERED:
        top = 1
    else:
        return None
    bottom_word = _word(tokens, here)
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
    after = _skip_hyphen(tokens, here + 1)
    follow = _word(tokens, after)
    scaled_at = after + 1 + (follow == "of") if follow in {"a", "of"} else after
    if _word(tokens, after) == "of" and _word(tokens, after + 1) == "a":
        scaled_at = after + 2
    scaled_at = _skip_hyphen(tokens, scaled_at)
    scale = 12 if _word(tokens, scaled_at) == "dozen" else SCALES.get(_word(tokens, scaled_at), 0)
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


def _ratio(tokens: Sequence[Token], at: int) -> Number | None:
    """As in "one in five", "3 out of 10"; not "two in 2021" or "one in the"."""
    top = _small(tokens, at)
    if top is None:
        return None
    if _word(tokens, at + 1) == "in":
        below_at = at + 2
    elif _word(tokens, at + 1) == "out" and _word(tokens, at + 2) == "of":
        below_at = at + 3
    else:
        return None
    below_at += _word(tokens, below_at) == "every"
    below = _small(tokens, below_at)
    if below is None or not 0 < top < below or (_word(tokens, at + 1) == "in" and below > 1000):
        return None
    if _word(tokens, below_at + 1) in SCALES or _word(tokens, at - 1) in {"-", "–"}:
        return None
    return Number(at, below_at + 1, top / below, top / below, "ratio")


def _small(tokens: Sequence[Token], at: int) -> float | None:
    """A number of one token and at most three digits."""
    word = _word(tokens, at)
    if word in UNITS or word in TENS:
        return float({**UNITS, **TENS}[word])
    return float(word) if _PLAIN.match(word) and len(word) <= 3 else None
