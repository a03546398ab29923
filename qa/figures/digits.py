"""Numbers written in digits: separators, fractions, exponents and signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from .number import MINUS, PLAIN, Number, scaled, word_at
from .tokens import Token, is_adjacent

_EXPONENT = re.compile(r"^[eE]$")
_FRACTION_TRAPS = frozenset({"9/11", "24/7", "7/7", "20/20", "50/50"})
_LONGEST_DIGITS = 300


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


def read_digits(tokens: Sequence[Token], at: int) -> Number | None:
    """The number that begins with the digits at token `at`, with its sign, exponent and scale."""
    value = digit_value(tokens[at].text)
    if value is None:
        return None
    value, last = _exponent(tokens, at, value)
    sign = -1.0 if _is_negative(tokens, at) else 1.0
    first = at - 1 if sign < 0 else at
    kind = "fraction" if re.search(r"[/⁄]", tokens[at].text) and " " not in tokens[at].text else "digits"
    return scaled(tokens, Number(first, last, sign * value, sign * value, kind))


def _is_negative(tokens: Sequence[Token], at: int) -> bool:
    if word_at(tokens, at - 1) in {"minus", "negative"}:
        return word_at(tokens, at - 2) != "or"  # "plus or minus 3 points" names a width.
    if at == 0 or tokens[at - 1].text not in MINUS or not is_adjacent(tokens[at - 1], tokens[at]):
        return False
    return at == 1 or (not is_adjacent(tokens[at - 2], tokens[at - 1]) or tokens[at - 2].text in "($€£[")


def _exponent(tokens: Sequence[Token], at: int, value: float) -> tuple[float, int]:
    """The value with its power of ten ("4e14", "2.5×10−5", "3 x 10^6"), and one past its last token."""
    glued = at + 1 < len(tokens) and is_adjacent(tokens[at], tokens[at + 1])
    if glued and _EXPONENT.match(tokens[at + 1].text):
        power_at = at + 2
    elif word_at(tokens, at + 1) in {"x", "×", "*"} and at + 2 < len(tokens) and tokens[at + 2].text == "10":
        power_at = at + 3 + (word_at(tokens, at + 3) == "^")
        if power_at == at + 3 and word_at(tokens, power_at) not in MINUS:
            return value, at + 1
    else:
        return value, at + 1
    sign = -1 if word_at(tokens, power_at) in MINUS else 1
    power_at += sign < 0
    if power_at >= len(tokens) or not PLAIN.match(tokens[power_at].text) or len(tokens[power_at].text) > 2:
        return value, at + 1
    return value * 10.0 ** (sign * int(tokens[power_at].text)), power_at + 1
