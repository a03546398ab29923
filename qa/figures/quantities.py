"""Numbers with their units and ranges in one sentence, before anything is said about what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .changes import is_change, is_change_backwards, is_step
from .dates import date_places
from .lexicon import words
from .nouns import is_plural
from .number import Number, short_scale, word_at
from .qualifiers import qualifier_before
from .tokens import Token, is_adjacent
from .traps import is_name, trap_places
from .units import (
    UnitMatch,
    age_around,
    code_after,
    currency_before,
    is_currency,
    period_after,
    unit_after,
    unit_code,
)
from .values import read_numbers

_JOINER = re.compile(
    r"\s?(?P<dash>[-–—‑~])\s?(?:to\s)?|\s?-?\s?to-?\s|-to-|\sto\s(?:about\s|around\s|as (?:much|many) as\s)?"
    r"|\s(?P<or>or)\s|\s(?P<and>and)\s|\sthrough\s",
    re.I,
)
_TIE = re.compile(r"\s?[-–—‑]\s?|\sto\s")
_AND = re.compile(r",?\s+(?:and\s+)?", re.I)
_BESIDE = re.compile(r"[\s-]{0,2}(?:and\s)?", re.I)
_INCHES = re.compile(r"\s?in\b(?!\s(?:the|an?|his|her|its|their|this|that|[A-Z0-9]))")
_PARTS_OF_UNIT = {("ft", "in"): 12, ("lb", "oz"): 16, ("hours", "minutes"): 60, ("minutes", "seconds"): 60}
_BOTH = re.compile(r"\s*,?\s*(?:and|but)?\s*(?:is\s)?", re.I)
_BETWEEN = re.compile(r"\bbetween\s(?:about\s|around\s|roughly\s|approximately\s|an estimated\s)?$", re.I)
_RANGED = re.compile(
    r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|anywhere|between|vary)\b[^.;]{0,24}$", re.I
)
_SPORT = re.compile(
    r"\b(?:w[io]n(?:s|ning)?|beat\w*|los[est]+|lead\w*|led|defeat\w*|"
    r"victory|draw|drew|scor\w+|vot\w+|ruling|decision|match|games?|set|majority|half-time|goals?)\b",
    re.I,
)
_METRE_AFTER = words("tall long wide deep high away above below from off thick x apart in")

_ARTICLES = frozenset({"a", "an"})

# "Rose 2 to 3 percent" is a range; "rose $2 to $85" is a step and where it led.
FARTHEST_STEP = 5.0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or range over `tokens[first:last]` with its unit; `start:end` covers both in the text.

    `before` and `after` are the places of the value that this one was, or became, where the text tells a change.
    """

    first: int
    last: int
    start: int
    end: int
    low: float
    high: float
    kind: str
    scale: float
    unit: UnitMatch | None
    age: bool
    period: UnitMatch | None
    number: tuple[int, int]
    before: tuple[int, int] | None = None
    after: tuple[int, int] | None = None

    @property
    def is_bare(self) -> bool:
        """Whether no unit stands beside the number."""
        return self.unit is None


def find_quantities(text: str, tokens: Sequence[Token], start: int, end: int) -> list[Quantity]:
    """The quantities of the sentence `text[start:end]`, with names, dates and other traps left out."""
    blocked = trap_places(text, start, end) + date_places(text, start, end)
    found: list[Quantity] = []
    dropped = -1
    for number in read_numbers(tokens):
        low, high = tokens[number.first].start, tokens[number.last - 1].end
        if any(a < high and low < b for a, b in blocked) or (found and low < found[-1].end):
            continue
        quantity = _with_unit(text, tokens, number, money=bool(found) and _pays_on(text, found[-1], low))
        taken = bool(found) and quantity.start < found[-1].end
        if taken:
            quantity = replace(
                quantity, unit=None, start=low
            )  # "17 USD 25": the sign is the number's before it
        named = is_name(
            text,
            tokens,
            _number_of(quantity, number),
            has_unit=not quantity.is_bare,
            has_sign=quantity.start < low or taken,
            first_of_text=start,
        )
        tied = dropped >= 0 and text[dropped:low] in {"-", "–"}
        if named or (tied and quantity.is_bare):
            dropped = high
        else:
            found.append(quantity)
    return _merge_ranges(text, tokens, found)


def _number_of(quantity: Quantity, number: Number) -> Number:
    return Number(number.first, quantity.last, quantity.low, quantity.high, number.kind, quantity.scale)


def _pays_on(text: str, left: Quantity, start: int) -> bool:
    """Whether the number at `start` ends a range of money whose sign stands only before its first number ("£20-30m")."""
    signed = left.unit is not None and is_currency(left.unit.code) and left.unit.start < left.number[0]
    return signed and left.number[1] == left.end and _TIE.fullmatch(text, left.end, start) is not None


def _with_unit(text: str, tokens: Sequence[Token], number: Number, *, money: bool) -> Quantity:
    of_one = _of_one_unit(text, tokens, number) if number.kind == "fraction" else None
    if of_one is not None:
        return of_one
    prefix = currency_before(text, tokens[number.first].start)
    number = _disambiguate(tokens, number, money=money or prefix is not None)
    low, high = tokens[number.first].start, tokens[number.last - 1].end
    age = None if prefix else age_around(text, low, high)
    suffix = None if age else unit_after(text, high, value=number.high, scaled=number.scale >= 1e3)
    if prefix is not None and suffix is not None and _is_code(text[suffix.start : suffix.end]):
        suffix = None  # "USD 10 EUR 20": the code belongs to the number behind it
    if suffix is None and age is None and prefix is None:
        suffix = code_after(text, high)
    if prefix is not None and suffix is not None and not is_currency(suffix.code):
        suffix = None
    unit = age or prefix or suffix
    if prefix is not None and suffix is not None:
        unit = UnitMatch(
            suffix.code if suffix.code not in {"cent", "penny"} else prefix.code, prefix.start, suffix.end
        )
    end = max(high, unit.end if unit else high)
    period = period_after(text, end) if unit and not age and unit.code != "date" else None
    start = min(low, unit.start if unit and prefix else low)
    after = period.end if period else end
    last = next(
        (i for i in range(number.last, len(tokens) + 1) if i == len(tokens) or tokens[i].start >= after),
        number.last,
    )
    return Quantity(
        number.first, last, start, after, number.low, number.high, number.kind, number.scale, unit,
        age is not None, period, (low, high),
    )  # fmt: skip


def _of_one_unit(text: str, tokens: Sequence[Token], number: Number) -> Quantity | None:
    """As in "half an hour", "three quarters of a mile", "an hour and a half"; None where no unit stands there."""
    half = number.first - (word_at(tokens, number.first - 1) in _ARTICLES)
    first = half - 3
    if word_at(tokens, half - 1) == "and" and first >= 0 and word_at(tokens, first) in _ARTICLES:
        unit = unit_after(text, tokens[first].end, value=1.0, scaled=False)
        if unit is None or not tokens[first + 1].start == unit.start < unit.end == tokens[first + 1].end:
            return None
        end, share = tokens[number.last - 1].end, 1.0 + number.high
        places = tokens[first].start, end
        return Quantity(first, number.last, *places, share, share, "words", 1.0, unit, False, None, places)
    article = number.last + (word_at(tokens, number.last) == "of")
    if word_at(tokens, article) not in _ARTICLES:
        return None
    unit = unit_after(text, tokens[article].end, value=1.0, scaled=False)
    if unit is None:
        return None
    last = next((i for i in range(article, len(tokens)) if tokens[i].start >= unit.end), len(tokens))
    start = tokens[number.first].start
    return Quantity(
        number.first, last, start, unit.end, number.low, number.high, "words", 1.0, unit, False, None, (start, unit.end),
    )  # fmt: skip


def _is_code(word: str) -> bool:
    return len(word) == 3 and word.isupper()


def _disambiguate(tokens: Sequence[Token], number: Number, *, money: bool) -> Number:
    """Read a bare suffix as a scale where money or a plural noun asks for it ("£3m", "1.2m homes", "1.8M")."""
    at = number.last
    if at >= len(tokens) or not is_adjacent(tokens[at - 1], tokens[at]):
        return (
            short_scale(tokens, number)
            if money and at < len(tokens) and tokens[at].text in {"m", "bn"}
            else number
        )
    suffix = tokens[at].text
    follow = tokens[at + 1] if at + 1 < len(tokens) else None
    if follow is not None and is_adjacent(tokens[at], follow) and follow.kind != "sign":
        return number
    if money or suffix in {"M", "B"}:
        return short_scale(tokens, number)
    plural = (
        follow is not None
        and (is_plural(follow) or follow.lower == "of" or is_currency(unit_code(follow.lower)))
        and follow.lower not in _METRE_AFTER
    )
    return short_scale(tokens, number) if suffix in {"m", "b"} and plural else number


def _merge_ranges(text: str, tokens: Sequence[Token], found: list[Quantity]) -> list[Quantity]:
    merged: list[Quantity] = []
    at = 0
    while at < len(found):
        here = found[at]
        follow = found[at + 1] if at + 1 < len(found) else None
        if follow is not None and _is_score(text, tokens, here, follow):
            at += 2
            continue
        pair = _changed(text, here, follow) if follow is not None else None
        if pair is not None:
            here, found[at + 1] = pair
        both = (
            (
                _join(text, here, follow)
                or _bracket(text, here, follow)
                or _coins(text, here, follow)
                or _bare_coins(text, tokens, here, follow)
                or _compound(text, here, follow)
            )
            if follow is not None and pair is None
            else None
        )
        merged.append(both or here)
        at += 2 if both else 1
    return merged


def _changed(text: str, left: Quantity, right: Quantity) -> tuple[Quantity, Quantity] | None:
    """Both quantities, each knowing the other, where the text tells them as before and after; None elsewhere."""
    forth = is_change(text, (left.start, left.end), (right.start, right.end))
    if not forth and not is_change_backwards(text, (left.start, left.end), (right.start, right.end)):
        return None
    if left.unit and right.unit and left.unit.code != right.unit.code:
        return None
    if left.is_bare != right.is_bare:
        unit, period = left.unit or right.unit, left.period or right.period
        left, right = replace(left, unit=unit, period=period), replace(right, unit=unit, period=period)
    if forth:
        return replace(left, after=(right.start, right.end)), replace(right, before=(left.start, left.end))
    return replace(left, before=(right.start, right.end)), replace(right, after=(left.start, left.end))


def _is_score(text: str, tokens: Sequence[Token], left: Quantity, right: Quantity) -> bool:
    """As in "3-1", "a 5-4 vote": two small bare numbers tied by a hyphen that are no range."""
    tie = text[left.end : right.start]
    if tie not in {"-", "–"} or not (left.is_bare and right.is_bare) or right.scale > 1:
        return False
    if left.low >= right.low:
        return True
    counted = right.last < len(tokens) and is_plural(tokens[right.last])
    window = text[max(0, left.start - 60) : right.end + 24]
    return not counted and right.low < 300 and bool(_SPORT.search(window))


def _join(text: str, left: Quantity, right: Quantity) -> Quantity | None:
    """One range from two quantities ("25,000 to 30,000", "between five and seven", "$2-3bn"), or None."""
    joiner = _JOINER.fullmatch(text, left.end, right.start)
    before = text[max(0, left.start - 64) : left.start]
    if (
        joiner is None
        or left.kind in {"ratio", "fraction", "fold"}
        or right.kind in {"ratio", "fraction"}
        or (_ends_in_age(left) and not right.age)
    ):
        return None
    unit = right.unit or left.unit
    if left.unit and right.unit and left.unit.code != right.unit.code:
        return None
    if left.unit and not right.unit and left.unit.start >= left.number[1]:
        return None
    low, high = left.low, right.high
    if right.scale >= 100 and left.scale == 1 and left.low < 1000 and left.low * right.scale <= right.high:
        low *= right.scale
    between = _BETWEEN.search(before) is not None
    if (joiner["and"] and not between) or (
        joiner["or"] and not (low < high <= 3 * low or right.kind == "vague")
    ):
        return None
    ranged = between or _RANGED.search(before) is not None
    if low > high and ranged and unit is not None:
        low, high = high, low
    if low > high or (low == high and not joiner["dash"]):
        return None
    alike = (left.unit is None) == (right.unit is None)
    if not joiner["dash"] and alike and high > FARTHEST_STEP * low and is_step(text, left.start):
        return None
    return replace(
        left, last=right.last, end=right.end, low=low, high=high, unit=unit, age=left.age or right.age,
        period=right.period or left.period, number=(left.number[0], right.number[1]), scale=right.scale,
        kind="vague" if "vague" in {left.kind, right.kind} else left.kind,
    )  # fmt: skip


def _bracket(text: str, left: Quantity, right: Quantity) -> Quantity | None:
    """As in "more than 100 and less than 300" as one range, or None."""
    lower, upper = qualifier_before(text, left.start), qualifier_before(text, right.start)
    if (
        lower is None
        or upper is None
        or {lower.bound, upper.bound} != {"min", "max"}
        or (left.unit and right.unit != left.unit)
    ):
        return None
    if upper.start < left.end or not _BOTH.fullmatch(text, left.end, upper.start):
        return None
    low, high = (left, right) if lower.bound == "min" else (right, left)
    if low.low > high.high:
        return None
    return replace(
        left, last=right.last, end=right.end, start=lower.start,
        low=low.low, high=high.high, unit=right.unit or left.unit,
        number=(left.number[0], right.number[1]),
    )  # fmt: skip


def _coins(text: str, left: Quantity, right: Quantity) -> Quantity | None:
    """As in "three dollars and 50 cents" as one sum, or None."""
    cents = right.unit is not None and right.unit.code in {"cent", "penny"} and 0 < right.high < 100
    if (
        not cents
        or left.unit is None
        or not is_currency(left.unit.code)
        or left.low != left.high
        or left.low % 1
    ):
        return None
    if left.unit.code in {"cent", "penny"} or not _AND.fullmatch(text, left.end, right.start):
        return None
    value = left.low + right.high / 100
    return replace(
        left, last=right.last, end=right.end, low=value, high=value, number=(left.number[0], right.number[1])
    )


def _bare_coins(text: str, tokens: Sequence[Token], left: Quantity, right: Quantity) -> Quantity | None:
    """As in "15 dollars 50" as one sum, or None; "15 dollars 50 times" is none."""
    if (
        left.unit is None
        or not is_currency(left.unit.code)
        or left.unit.start < left.number[1]
        or left.period
    ):
        return None
    counted = right.last < len(tokens) and is_plural(tokens[right.last])
    if (
        not right.is_bare
        or counted
        or left.low != left.high
        or left.low % 1
        or not 0 < right.high < 100
        or right.low % 1
    ):
        return None
    if text[left.end : right.start].strip(" ") or text[left.end : right.start] == "":
        return None
    value = left.low + right.high / 100
    return replace(
        left, last=right.last, end=right.end, low=value, high=value, number=(left.number[0], right.number[1])
    )


def _compound(text: str, left: Quantity, right: Quantity) -> Quantity | None:
    """As in "6 ft 9 in" and "26 hours 5 minutes" as one measure in the larger unit, or None."""
    inches = _INCHES.match(text, right.end) if right.unit is None else None
    if left.unit is None or left.period or left.low != left.high or right.low != right.high or left.low % 1:
        return None
    small = right.unit.code if right.unit else "in" if inches else ""
    parts = _PARTS_OF_UNIT.get((left.unit.code, small))
    if parts is None or not 0 <= right.low < parts or not _BESIDE.fullmatch(text, left.end, right.start):
        return None
    value = round(left.low + right.low / parts, 4)
    return replace(
        left, last=right.last + bool(inches), end=inches.end() if inches else right.end, low=value, high=value,
        number=(left.number[0], right.number[1]),
    )  # fmt: skip


def _ends_in_age(quantity: Quantity) -> bool:
    return quantity.age and quantity.unit is not None and quantity.unit.start >= quantity.number[1]


__all__ = ["Quantity", "find_quantities"]
