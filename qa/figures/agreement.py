"""Whether two numbers of one thing allow each other, and what may explain it where they do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from .likeness import is_count, thing_of
from .model import Figure

APPROXIMATE = 0.1
CONVERTED = 0.03
OPEN_REACH = 2.0
_SCALED = re.compile(
    r"(?<=[0-9])\s?[KkMmBbTt](?:n|ln)?\b|\b(?:hundred|thousand|[mbtr]+illion|lakh|crore|bn|mn|tn)", re.I
)
# Tallies that go on after the event: a later article may count more, or of the second kind fewer.
_GROWING = frozenset({"killed", "wounded", "casualty"})
_MOVING = frozenset({"missing", "displaced", "harmed", "lost"})
# Those sent or stationed may become more too, but not at once tens of times as many.
_ARRIVING = frozenset({"present"})
GREATEST_ARRIVAL = 10.0
REPORTED_WITHIN = 31
"""Days within which a report without a date is taken to be of an event that another dates."""

DAY = len("YYYY-MM-DD")


def allows(left: Figure, right: Figure) -> bool:
    """Whether both numbers can be true of one thing: equal, in range, within a qualifier, or one rounded.

    An approximate number allows 10 per cent either way, one from another unit 3. A bound allows numbers up to twice
    or down to half of it: "at least 3,000" is no agreement with 100,000. Of two lower or two upper bounds the limits
    are compared.
    """
    same_bound = left.bound == right.bound and left.bound in {"min", "max"}
    a_low, a_high = _interval(left, open_ended=not same_bound)
    b_low, b_high = _interval(right, open_ended=not same_bound)
    return a_low <= b_high and b_low <= a_high


def _interval(figure: Figure, *, open_ended: bool) -> tuple[float, float]:
    factor = 100.0 if figure.unit == "ratio" else 1.0
    low, high = figure.low * factor, figure.high * factor
    slack = _rounding(figure) * factor
    if figure.bound == "approx":
        slack = max(slack, APPROXIMATE * abs(high))
    if figure.part("converted") is not None:
        slack = max(slack, CONVERTED * abs(high))
    if figure.unit == "ratio":
        slack = max(slack, 1.0)
    if open_ended and figure.bound == "min":
        return low - slack, high + max(abs(high) * (OPEN_REACH - 1), slack)
    if open_ended and figure.bound == "max":
        return low - max(abs(low) * (1 - 1 / OPEN_REACH), slack), high + slack
    return low - slack, high + slack


def _rounding(figure: Figure) -> float:
    """Half of the last digit that a number in words or with a scale states ("1.2 million": 50,000), else 0.

    Digits written out in full are taken as exact, percentages to half of their last digit.
    """
    number = figure.part("number")
    text = number.text if number else figure.text
    if figure.unit == "date":
        return 0.0
    decimals = re.search(r"\.([0-9]+)", text)
    if figure.unit == "percent":
        return 0.5 * 10.0 ** -(len(decimals.group(1)) if decimals else 0)
    scaled = _SCALED.search(text)
    if scaled is None or figure.low != figure.high or not any(c.isdigit() for c in text):
        return 0.0
    digits = re.search(r"[0-9][0-9,]*(?:\.[0-9]+)?", text)
    value = float(digits.group().replace(",", "")) if digits else 0.0
    scale = abs(figure.high) / value if value else 0.0
    return 0.5 * scale * 10.0 ** -(len(decimals.group(1)) if decimals else 0)


def explanation(left: Figure, right: Figure, asked_state: str | None = None) -> str | None:
    """Why two unequal numbers of the same thing need not conflict: another date, in addition, or part and total.

    A date counts where a text names it; the day of publication only for tallies that go on, such as the dead, those
    in shelters or those deployed. A count that one text dates is of that day in another text of the next weeks too.
    `asked_state` is the state that the question names, for figures that name none.
    """
    dated = left.as_of and right.as_of and left.unit != "date" and _apart(left.as_of, right.as_of)
    if dated and (_dates_tell(left, right) or _tally_goes_on(left, right, asked_state)):
        earlier, later = sorted((left, right), key=lambda figure: figure.as_of or "")
        return (
            f"as of different dates: {earlier.text} as of {earlier.as_of}, {later.text} as of {later.as_of}"
        )
    a, b = thing_of(left), thing_of(right)
    if a.extra != b.extra:
        more, base = (left, right) if a.extra else (right, left)
        return f"{more.text} is counted on top of {base.text}"
    small, large = (left, right) if left.high <= right.low else (right, left)
    if is_count(a) and thing_of(small).modifiers > thing_of(large).modifiers:
        return f"{small.text} is a part of {large.text}"
    return None


def _dates_tell(left: Figure, right: Figure) -> bool:
    """Whether texts name the times of two numbers, or one that is no day just before the other text was printed.

    "48,300 saw it on Saturday" and Tuesday's "47,000 saw it" count one crowd; a measure may change within days.
    """
    named = [figure for figure in (left, right) if figure.part("as_of") is not None]
    if len(named) != 1 or not is_count(thing_of(left)):
        return bool(named)
    day, printed = (named[0], right if named[0] is left else left)
    first, last = (figure.as_of or "" for figure in (day, printed))
    if len(first) < DAY or len(last) < DAY:
        return True
    return not 0 <= (date.fromisoformat(last) - date.fromisoformat(first)).days <= REPORTED_WITHIN


def _tally_goes_on(left: Figure, right: Figure, asked_state: str | None) -> bool:
    earlier, later = sorted((left, right), key=lambda figure: figure.as_of or "")
    states = {thing_of(left).state, thing_of(right).state} - {None} or {asked_state} - {None}
    if len(states) != 1 or not is_count(thing_of(left)):
        return False
    state = states.pop()
    grown = later.low >= earlier.high
    if state in _ARRIVING:
        return grown and later.high <= GREATEST_ARRIVAL * earlier.low
    return state in _MOVING or (state in _GROWING and grown)


def adds_up(small: Figure, large: Figure, counts: Sequence[Figure]) -> Figure | None:
    """The figure that together with `small` makes `large`, where `counts`, the figures of one text, hold all three."""
    if not any(f.low == small.low == small.high for f in counts) or not any(
        f.low == large.low == large.high for f in counts
    ):
        return None
    if small.low == 0:
        return None
    rest = large.low - small.low
    return next((f for f in counts if f.low == f.high == rest > 0 and f.low != small.low), None)


def _apart(left: str, right: str) -> bool:
    """Whether two dates of any precision (YYYY, YYYY-MM, YYYY-MM-DD) cannot be the same day."""
    length = min(len(left), len(right))
    return left[:length] != right[:length]
