"""What the numbers of a text count and whose it is, with a memory of what was counted last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import counted, owners
from .counted import STATE_WORDS, Phrase
from .lexicon import COLLECTIVES, words
from .model import Span
from .nouns import concept, is_person
from .qualifiers import Qualifier
from .quantities import Quantity
from .states import state_class
from .tokens import Token
from .units import is_currency

_TRADING = words("early late morning afternoon trading trade premarket after-hours")
_OF_THOSE_WHO = re.compile(r"(?:\s(?:out\s)?of\s(?:\w+\s){0,2}\d[\d,.]*)?\s+who\b", re.I)
_OF_WHOLE_NUMBER = re.compile(
    r"\s(?:out\s)?of\s(?:(?:the|its|his|her|their|our|those|these|about|some|around|roughly|nearly)\s){0,2}\d"
)
_OF_PEOPLE = frozenset({"killed", "wounded", "missing", "casualty", "captive", "displaced"})


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """One sentence of a text with its tokens."""

    start: int
    end: int
    tokens: list[Token]


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted phrase with its place in the text and the owner of what is counted."""

    span: Span
    owner: Span | None
    sentence: int


class ThingReader:
    """Finds counted things sentence by sentence and remembers the last one."""

    def __init__(self, text: str, parts: Sequence[ReadSentence]) -> None:
        self._text = text
        self._sentences = parts
        self._last: Counted | None = None

    def remember(self, thing: Counted) -> None:
        """Makes a thing the one that later words point back to."""
        self._last = thing

    def phrase(
        self, tokens: Sequence[Token], quantity: Quantity, before: int, qualifier: Qualifier | None
    ) -> Phrase | bool:
        """The counted phrase; True where the words point back to what was counted before, False for none."""
        measured = not quantity.is_bare
        past = self._past(tokens, quantity, qualifier)
        behind = self._behind(tokens, quantity, past)
        if not measured and _OF_THOSE_WHO.match(self._text, quantity.end):
            return (
                self._people_were_last()
            )  # "6,200 of the 20,000 who lost money" are no crowns named before.
        if (
            behind is not None and quantity.age
        ):  # "The 45-year-old driver left", "the 23-year-old signs a contract"
            aged = (i for i in range(behind.first, behind.last) if is_person(tokens[i].text))
            behind = next((Phrase(behind.first, i + 1) for i in aged), None)
        if behind is not None:
            return True if counted.is_participle(tokens, behind) and self._people_were_last() else behind
        if quantity.age:
            return (before >= 0 and counted.subject_before(tokens, before)) or False
        if not measured and _OF_WHOLE_NUMBER.match(self._text, quantity.end):
            return False  # "The parties would have 80 of the 150 seats": no 80 parties.
        of_phrase = (
            counted.phrase_of_number(tokens, before)
            or counted.object_before(tokens, before)
            or counted.label_before(tokens, before)
        )
        if of_phrase is not None:
            return of_phrase
        verbal = next((i for i in range(quantity.first - 1, -1, -1) if tokens[i].end <= quantity.start), -1)
        subject = counted.subject_before(tokens, before) or counted.subject_before(tokens, verbal)
        if subject is not None:
            named = counted.phrase_number_of(tokens[: subject.last]) if not measured else None
            return named or (True if counted.points_back(tokens, subject) else subject)
        if measured:
            return False
        befallen = Phrase(past, past + 1) if past < len(tokens) else None
        if befallen and counted.is_participle(tokens, befallen) and not self._people_were_last():
            return befallen
        return counted.phrase_number_of(tokens) or counted.odd_plural(tokens, past) or True

    def _people_were_last(self) -> bool:
        return self._last is not None and head_is_person(self._last.span.text.split())

    def participle(self, tokens: Sequence[Token], quantity: Quantity) -> Phrase | None:
        """What befell people named before, where only that is said ("500,000 wounded")."""
        behind = self._behind(tokens, quantity, quantity.last)
        return behind if behind is not None and counted.is_participle(tokens, behind) else None

    def _past(self, tokens: Sequence[Token], quantity: Quantity, qualifier: Qualifier | None) -> int:
        """The token behind the number and a qualifier that follows it ("40 or more")."""
        end = max(quantity.end, qualifier.end if qualifier else 0)
        return next((i for i in range(quantity.last, len(tokens)) if tokens[i].start >= end), len(tokens))

    def thing(
        self, number: int, quantity: Quantity, own: Phrase | bool, before: int, state: Phrase | None
    ) -> Counted | None:
        """The counted thing with its owner; `own` is what `phrase` gave for the number."""
        tokens = self._sentences[number].tokens
        if own is False:
            return None
        if own is True or not isinstance(own, Phrase):
            recent = self._last is not None and number - self._last.sentence <= 3
            return self._last if recent and quantity.is_bare and self._last else None
        owner = self._owner(number, own, before, state, quantity)
        return Counted(span(self._text, *own.span(tokens)), owner, number)

    def _behind(self, tokens: Sequence[Token], quantity: Quantity, at: int) -> Phrase | None:
        word = tokens[at].lower if at < len(tokens) else ""
        if not quantity.is_bare and quantity.unit is not None:
            money = is_currency(quantity.unit.code)
            if word == "in" and (money or quantity.unit.code == "percent"):
                phrase = counted.phrase_behind(tokens, at + 1, single=True)
                return phrase if phrase and _is_thing(tokens[phrase.first]) else None
            return counted.phrase_behind(tokens, at, single=True)
        single = quantity.high <= 1 or quantity.kind == "ratio" or word == "of"
        return counted.phrase_behind(tokens, at, single=single)

    def _owner(
        self, number: int, phrase: Phrase, before: int, state: Phrase | None, quantity: Quantity
    ) -> Span | None:
        tokens = self._sentences[number].tokens
        within = owners.owner_within(tokens, phrase) or owners.owner_possessive(tokens, before)
        if within is not None:
            return span(self._text, *within.span(tokens))
        words = [tokens[i].text for i in range(phrase.first, phrase.last)]
        if not quantity.is_bare or not head_is_person(words):
            return None
        kind = state_class(self._text[slice(*state.span(tokens))]) if state else None
        if kind in {"casualty", "killed", "wounded", "missing"}:
            place = owners.place_behind(tokens, phrase.last)
            if place is not None:
                return span(self._text, *place.span(tokens))
        elif state is not None and state.last <= quantity.first:
            subject = owners.owner_subject(tokens, state.first - 1)
            if subject is not None:
                return span(self._text, *subject.span(tokens))
        return self._named_before(
            number, phrase, next((w for w in reversed(words) if is_person(w)), words[-1])
        )

    def _named_before(self, number: int, phrase: Phrase, head: str) -> Span | None:
        """The owner that the text gave when it last named the same kind of people."""
        wanted = concept(head)
        if (
            self._last is not None
            and self._last.owner
            and concept(self._last.span.text.split()[-1]) == wanted
        ):
            return self._last.owner
        for index in range(number, -1, -1):
            tokens = self._sentences[index].tokens
            last = phrase.first if index == number else len(tokens)
            for at in range(last - 1, 0, -1):
                if tokens[at].kind == "word" and concept(tokens[at].lower) == wanted:
                    found = owners.owner_of_mention(tokens, at)
                    if found is not None:
                        return span(self._text, *found.span(tokens))
        return None


def _is_thing(token: Token) -> bool:
    """Whether what stands behind "3 percent in" is what it is a share of, and no place or time ("Norway", "early trading")."""
    return not token.text[0].isupper() and token.lower not in _TRADING


def head_is_person(words: Sequence[str]) -> bool:
    """Whether a phrase with "of", "in" or a collective noun counts persons ("troop deployment", "number of men")."""
    lower = [w.lower() for w in words]
    cut = next(
        (i for i, w in enumerate(lower) if w in {"in", "of", "for", "on", "to", "from", "among"}), len(lower)
    )
    head = lower[cut - 1] if cut else ""
    people = is_person(head) or (any(is_person(w) for w in lower[:-1]) and head in STATE_WORDS)
    if people or state_class(head) in _OF_PEOPLE:
        return True
    return head in COLLECTIVES and any(is_person(w) for w in lower)


def span(text: str, start: int, end: int) -> Span:
    """The piece `text[start:end]`."""
    return Span(start, end, text[start:end])
