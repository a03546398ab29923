"""Whether two figures count the same thing, by their own words or as answers to one question."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from .counted import STATE_WORDS
from .lexicon import COLLECTIVES, EXTRA, LINKING, words
from .model import Figure
from .nouns import FUNCTION_WORDS, concept, is_person, stem
from .owners import names_agree
from .states import state_class
from .units import is_currency

ALIKE_NOUNS = 0.57
# Amounts worded with other nouns that lie further apart than this are amounts of other things.
FAR_APART = 100.0
Similarity = Callable[[str, str], float]
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_NAME_BREAK = re.compile(r"\b(?:of|in|for|on|to|from|among|at)\b")
# Words of a state that are no nouns ("Personnel deployed: 1,950").
STATE_VERBS = frozenset(w for w in STATE_WORDS if w.endswith("ed")) - {"wounded", "injured"}
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
    head_word = _head([w for w in words if w.lower() not in STATE_VERBS] or words)
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


def answers_alike(
    left: Figure,
    right: Figure,
    similarity: Similarity | None,
    *,
    named: bool,
    asked: frozenset[str] = frozenset(),
    period: str | None = None,
) -> bool:
    """Whether two figures that both answer one question give the same quantity, however their noun is worded.

    `named` says that both were held against the noun that is asked for; else their nouns have to be alike. A name
    that the question itself has (`asked`, its stems) tells no owners apart, nor is one without the `period` that it
    names ("steps a day") another quantity.
    """
    a, b = thing_of(left), thing_of(right)
    if left.negated != right.negated or not _same_unit(a, b, period):
        return False
    if a.state and b.state and a.state != b.state:
        return False
    owners = [thing.owner for thing in (a, b) if thing.owner and not _stems_of(thing.owner) <= asked]
    if len(owners) == 2 and not names_agree(*owners):
        return False
    if _direction(left) * _direction(right) < 0:
        return False
    if a.head is None or b.head is None:
        return True
    if a.head == b.head and is_count(a):
        return a.modifiers <= b.modifiers or b.modifiers <= a.modifiers
    if a.head == b.head:
        return True
    if not is_count(a):
        return max(left.high, right.high) <= FAR_APART * min(left.low, right.low)
    people = bool(a.unit and b.unit)
    return named or people or similar_nouns(left.counts, right.counts, similarity)


def _same_unit(a: Thing, b: Thing, period: str | None) -> bool:
    """Whether the units are equal, where a bare number without a noun may count persons too."""
    if a.unit == b.unit or (period and _unit_without(a.unit, period) == _unit_without(b.unit, period)):
        return True
    bare = [thing for thing in (a, b) if thing.head is None]
    return bool(bare) and {a.unit, b.unit} == {None, "persons"}


def _unit_without(unit: str | None, period: str) -> str | None:
    bare = (unit or "count").removesuffix(f"/{period}")
    return None if bare == "count" else bare


def similar_nouns(left: str | None, right: str | None, similarity: Similarity | None) -> bool:
    """Whether two counted phrases mean much the same by their embeddings; never without a similarity."""
    return (
        similarity is not None and bool(left and right) and similarity(left or "", right or "") >= ALIKE_NOUNS
    )


def _stems_of(name: str) -> frozenset[str]:
    return frozenset(stem(word.lower()) for word in _WORD.findall(name))
