"""Whether two figures count the same thing, and whether their numbers allow each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import COLLECTIVES, EXTRA, LINKING, words
from .model import Figure
from .nouns import FUNCTION_WORDS, concept, is_person, stem
from .owners import names_agree
from .states import state_class
from .units import is_currency

APPROXIMATE = 0.1
OPEN_REACH = 2.0
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_NAME_BREAK = re.compile(r"\b(?:of|in|for|on|to|from|among|at)\b")
_SCALED = re.compile(
    r"(?<=[0-9])\s?[KkMmBbTt](?:n|ln)?\b|\b(?:hundred|thousand|[mbtr]+illion|lakh|crore|bn|mn|tn)", re.I
)
# Modifiers that do not make another kind of thing.
_NEUTRAL = EXTRA | words(
    "new latest other total overall such elite estimated own same entire whole first last current former fresh recent "
    "individual different various many few several reported remaining"
)
_UP = words(
    "rise rises rose risen increase increased increases grew grow gained gain jumped climbed up soared"
)
_DOWN = words(
    "fall falls fell fallen decrease decreased decreases dropped drop sank declined down lost shrank"
)


@dataclass(frozen=True, slots=True)
class Thing:
    """What a figure counts, reduced for comparing.

    `head` is the shared stem of synonyms, `modifiers` the stems of words that narrow it, `owner` a name,
    `stems` all content stems of the counted words and the state.
    """

    unit: str | None
    head: str | None
    modifiers: frozenset[str]
    owner: str | None
    state: str | None
    stems: frozenset[str]
    extra: bool


@lru_cache(maxsize=4096)
def thing_of(figure: Figure) -> Thing:
    """The counted thing of a figure."""
    owner_span = figure.part("owner")
    owner = owner_span.text if owner_span else None
    owner_words = {w.lower() for w in _WORD.findall(owner or "")}
    core = _NAME_BREAK.split(figure.counts or "")[0]
    words = [w for w in _WORD.findall(core) if w.lower() not in FUNCTION_WORDS]
    head_word = _head(words)
    lower = [w.lower() for w in words if w is not head_word and not w[0].isupper()]
    modifiers = frozenset(
        stem(w) for w in lower if w not in _NEUTRAL and w not in COLLECTIVES and w not in owner_words
    )
    content = [
        w
        for w in _WORD.findall(f"{figure.counts or ''} {figure.state or ''}")
        if w.lower() not in FUNCTION_WORDS
    ]
    stems = frozenset(stem(w.lower()) for w in content if w.lower() not in LINKING | _NEUTRAL)
    unit = "percent" if figure.unit == "ratio" else figure.unit
    head = concept(head_word.lower()) if head_word else None
    state = state_class(figure.state)
    if state == "killed" and head in {concept("death"), concept("person"), concept("toll")}:
        unit, head = unit or "persons", concept("death")
    return Thing(unit, head, modifiers, owner, state, stems, figure.part("extra") is not None)


def _head(words: list[str]) -> str | None:
    """The counted noun: the last word, or the persons inside a collective ("troop deployment")."""
    if not words:
        return None
    if words[-1].lower() in COLLECTIVES:
        people = [w for w in words if is_person(w)]
        if people:
            return people[-1]
    return words[-1].rsplit("-", 1)[-1] if is_person(words[-1]) else words[-1]


def is_count(thing: Thing) -> bool:
    """Whether a figure counts persons or things, rather than measuring or pricing them."""
    return thing.unit is None or thing.unit == "persons" or thing.unit.startswith(("persons/", "count"))


def same_thing(left: Figure, right: Figure, asked: frozenset[str] = frozenset()) -> bool:
    """Whether two figures count the same thing, in the same unit and in the same or an unknown state.

    `asked` are the stems of the question; two measures without counted words are the same thing only by it.
    """
    a, b = thing_of(left), thing_of(right)
    if a.unit != b.unit or left.negated != right.negated:
        return False
    if a.unit == "date":
        return True
    if a.state and b.state and a.state != b.state:
        return False
    if a.owner and b.owner and not names_agree(a.owner, b.owner):
        return False
    if _direction(left) * _direction(right) < 0:
        return False
    return _same_count(a, b) if is_count(a) else _same_measure(a, b, asked)


def _same_count(a: Thing, b: Thing) -> bool:
    if a.head is None or a.head != b.head:
        return False
    return a.modifiers <= b.modifiers or b.modifiers <= a.modifiers


def _same_measure(a: Thing, b: Thing, asked: frozenset[str]) -> bool:
    if a.stems & b.stems:
        return True
    if is_currency(a.unit) or a.unit == "percent":
        return bool(a.stems & asked) and bool(b.stems & asked)
    return not (a.stems and b.stems) or (bool(a.stems & asked) and bool(b.stems & asked))


def _direction(figure: Figure) -> int:
    spoken = set((figure.state or "").lower().split())
    return bool(spoken & _UP) - bool(spoken & _DOWN)


def allows(left: Figure, right: Figure) -> bool:
    """Whether both numbers can be true of one thing: equal, in range, within a qualifier, or one rounded.

    An approximate number allows 10 per cent either way. A bound allows numbers up to twice or down to half of it:
    "at least 3,000" is no agreement with 100,000. Of two lower or two upper bounds the limits are compared.
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


def explanation(left: Figure, right: Figure) -> str | None:
    """Why two unequal numbers of the same thing need not conflict: another date, in addition, or part and total."""
    dated = left.part("as_of") is not None or right.part("as_of") is not None
    if dated and left.as_of and right.as_of and left.unit != "date" and _apart(left.as_of, right.as_of):
        return f"as of different dates ({left.as_of} and {right.as_of})"
    a, b = thing_of(left), thing_of(right)
    if a.extra != b.extra:
        return "one is counted on top of the other"
    small, large = (a, b) if left.high <= right.low else (b, a)
    if small.modifiers > large.modifiers:
        return "one is a part of the other"
    return None


def _apart(left: str, right: str) -> bool:
    """Whether two dates of any precision (YYYY, YYYY-MM, YYYY-MM-DD) cannot be the same day."""
    length = min(len(left), len(right))
    return left[:length] != right[:length]
