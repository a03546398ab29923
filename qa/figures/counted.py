"""What a number counts: the noun phrase behind it, or the subject before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .lexicon import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    EXTRA,
    INTENTIONS,
    LINKING,
    PRONOUNS,
    SCALES,
    SPEECH_VERBS,
    STATE_CLASSES,
    words,
)
from .nouns import FUNCTION_WORDS, is_person, is_plural
from .tokens import Token, is_adjacent

STATE_WORDS = frozenset().union(*STATE_CLASSES.values())
_COUNTABLE_STATES = words(
    "casualties deaths injuries fatalities dead wounded prisoners hostages captives recruits"
)
_DIMENSIONS = words("long tall wide deep high thick away apart old higher lower longer taller")
STOP = FUNCTION_WORDS | ADVERBS - {"more", "less"} | _DIMENSIONS
_TIMES_AHEAD = words("last next past previous following")
_TIMES = words(
    "night day week weekend month quarter year decade century summer winter spring autumn fall season"
)
_HYPHENS = frozenset({"-", "‑"})
_LONGEST = 6
_LONGEST_LABEL = 8
_PUTTING = words("put puts putting estimate estimates estimated")
_BEFORE_A_RANGE = words("between from about around")
# Plurals in front of people ("40 arms dealers"); behind others these begin a clause ("at 23 stations observers saw").
_ATTRIBUTIVE_PLURALS = words(
    "arms sports drugs rights sales services customs systems operations communications savings goods affairs relations "
    "resources emergency games betting accounts materials foods antiques lands"
)
_SPOKEN_OF = words(
    "spoke speaks speak talked talks talk warned warns warn told tells tell heard hears dreams dreamt"
)
_ANAPHORA = words("number figure total toll it that this count estimate they those these sum amount")


class Phrase(NamedTuple):
    """A phrase over `tokens[first:last]`."""

    first: int
    last: int

    def span(self, tokens: Sequence[Token]) -> tuple[int, int]:
        """Character offsets of the phrase."""
        return tokens[self.first].start, tokens[self.last - 1].end


def phrase_behind(tokens: Sequence[Token], at: int, *, single: bool) -> Phrase | None:
    """The counted noun phrase that begins at token `at` ("ballistic missiles"); `single` allows no plural."""
    at, tied = _skip_links(tokens, at)
    words = _collect(tokens, at)
    while words and tokens[words[0]].lower in EXTRA | {"other", "others", "such", "different"}:
        words = words[1:]
    if not words or tokens[words[0]].lower in LINKING:
        return None
    if tied and tokens[at - 1].text in _HYPHENS and words[0] == at:
        # "A three-storey brick warehouse" has three storeys, and is one warehouse.
        return Phrase(at, at + 1)
    head = _head(tokens, words)
    if head is None and re.search(r"['’]s$", tokens[words[-1]].text):
        return _past_number(tokens, words[-1] + 1)
    if head is None:
        if (
            not (single or tied)
            or tokens[words[0]].lower.endswith("ed")
            or tokens[words[0]].lower in STATE_WORDS
        ):
            return None
        head = _singular_head(tokens, words)
    return Phrase(words[0], head + 1) if head is not None else None


def _past_number(tokens: Sequence[Token], at: int) -> Phrase | None:
    """As in "80 percent of the city's 2.1 million residents": the phrase behind the inner number."""
    start = at
    while at < len(tokens) and (tokens[at].kind == "number" or tokens[at].lower in SCALES):
        at += 1
    return phrase_behind(tokens, at, single=False) if at > start else None


def _skip_links(tokens: Sequence[Token], at: int) -> tuple[int, bool]:
    """Past a hyphen ("two-door") or "of the"; says whether one of them was there."""
    start = at
    if at < len(tokens) and tokens[at].text in _HYPHENS and at and is_adjacent(tokens[at - 1], tokens[at]):
        at += 1
        if at < len(tokens) and tokens[at].lower in {"strong", "member", "person", "man"}:
            at += 1
        return at, True
    if at < len(tokens) and tokens[at].lower in {"a", "an"} and at == start:
        return at, False
    if at < len(tokens) and tokens[at].lower == "of":
        at += 1
        while at < len(tokens) and tokens[at].lower in DETERMINERS | {"them", "all"}:
            at += 1
    return at, at > start


def _collect(tokens: Sequence[Token], at: int) -> list[int]:
    """Indices of the words that can belong to one noun phrase from `at` on, compounds with hyphens included."""
    words: list[int] = []
    while at < len(tokens) and len(words) < _LONGEST:
        token = tokens[at]
        hyphen = token.text in _HYPHENS and words and is_adjacent(tokens[at - 1], token)
        if hyphen and at + 1 < len(tokens) and is_adjacent(token, tokens[at + 1]):
            at += 1
            continue
        if (
            token.kind != "word"
            or (token.lower in STOP and not (words and words[-1] == at - 2))  # "follow-up" is one word
            or (token.lower in SPEECH_VERBS and words and not is_plural_word(token))
            or (token.lower in _TIMES_AHEAD and at + 1 < len(tokens) and tokens[at + 1].lower in _TIMES)
        ):
            break
        words.append(at)
        at += 1
        if token.lower.endswith(("'s", "’s")) and len(words) >= _LONGEST:
            break
    return words


def is_plural_word(token: Token) -> bool:
    """Whether a word of speech is a plural noun here ("reports", "estimates") rather than a verb."""
    return token.lower.endswith("s")


def _head(tokens: Sequence[Token], words: Sequence[int]) -> int | None:
    """Index of the plural that heads the phrase: the last plural of the first run of plurals."""
    for place, index in enumerate(words):
        token = tokens[index]
        if not is_plural(token) or (
            token.text[0].isupper() and not is_person(token.text) and place + 1 < len(words)
        ):
            continue
        head = index
        for following in words[place + 1 :]:
            nxt = tokens[following]
            verb = (
                nxt.lower in SPEECH_VERBS
                or nxt.lower in STATE_WORDS - _COUNTABLE_STATES
                or nxt.lower in LINKING
            )
            other_clause = is_person(nxt.text) and tokens[head].lower not in _ATTRIBUTIVE_PLURALS
            if (
                is_plural(nxt)
                and not verb
                and following == head + 1
                and not is_person(token.text)
                and not other_clause
            ):
                head = following
            else:
                break
        return head
    return None


def _singular_head(tokens: Sequence[Token], words: Sequence[int]) -> int | None:
    head: int | None = None
    for index in words:
        word = tokens[index].lower
        if word in SPEECH_VERBS or word in LINKING or (head is not None and word.endswith(("ed", "ing"))):
            break
        head = index
    return head


def odd_plural(tokens: Sequence[Token], at: int) -> Phrase | None:
    """A counted noun whose plural does not show ("270 kibbutzim in Israel"): words that a function word closes."""
    taken = _collect(tokens, at)
    if not taken or len(taken) > 3 or taken[-1] - at != len(taken) - 1:
        return None
    verbal = any(
        tokens[i].lower in STATE_WORDS | LINKING | SPEECH_VERBS | EXTRA
        or tokens[i].lower.endswith(("ed", "ing", "ly", "est"))
        for i in taken
    )
    after = tokens[taken[-1] + 1] if taken[-1] + 1 < len(tokens) else None
    closed = after is None or after.text in ".,;)" or after.lower in FUNCTION_WORDS - {"to"}
    return Phrase(taken[0], taken[-1] + 1) if closed and not verbal else None


def is_participle(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a phrase is only what befell people named before ("500,000 wounded")."""
    return phrase.last - phrase.first == 1 and tokens[phrase.first].lower in {
        "wounded",
        "dead",
        "injured",
        "missing",
    }


def phrase_of_number(tokens: Sequence[Token], before: int) -> Phrase | None:
    """As in "troop deployment of 3,000": the noun phrase before an "of" that ends at token `before`."""
    if before < 1 or tokens[before].lower != "of" or tokens[before - 1].lower in _SPOKEN_OF:
        return None
    return _noun_back(tokens, before - 1)


def subject_before(tokens: Sequence[Token], before: int) -> Phrase | None:
    """The subject of "the death toll rose to N": a noun phrase in front of a linking verb at `before`.

    A phrase that only points back ("this number") is returned too; see `points_back`.
    """
    at, linked = before, False
    while at >= 0:
        word = tokens[at].lower
        if word in LINKING or word in AUXILIARIES or word in {"being", "be"}:
            linked = True
        elif not (
            word in ADVERBS
            or word
            in {
                "at",
                "to",
                "by",
                "of",
                "from",
                "with",
                "as",
                "down",
                "up",
                "an",
                "a",
                "the",
                "net",
                "some",
                "for",
                "in",
            }
            or (word in INTENTIONS and linked)
            or (word.endswith(("ly", "ted")) and linked)
        ):
            break
        at -= 1
    return _noun_back(tokens, at) if linked and at >= 0 else None


def points_back(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a subject names no thing of its own ("this number", "the figure")."""
    return all(
        tokens[i].lower in _ANAPHORA | DETERMINERS | {"latest", "new"}
        for i in range(phrase.first, phrase.last)
    )


def _noun_back(tokens: Sequence[Token], at: int) -> Phrase | None:
    """The noun phrase that ends at token `at`, with one prepositional phrase ("compensation for these soldiers")."""
    first = _run_back(tokens, at)
    if first is None:
        return None
    link = first - 1
    while link >= 0 and tokens[link].lower in DETERMINERS:
        link -= 1
    if link > 0 and tokens[link].lower in {"for", "of", "in", "on", "among", "from", "to"}:
        outer = _run_back(tokens, link - 1)
        verbal = tokens[link - 1].lower.endswith("ed")  # "The clubs agreed on a fee of N."
        if outer is not None and not verbal:
            first = outer
    return Phrase(first, at + 1)


def _run_back(tokens: Sequence[Token], at: int) -> int | None:
    first: int | None = None
    for index in range(at, max(-1, at - 5), -1):
        token = tokens[index]
        hyphen = (
            token.text == "-" and first is not None and index > 0 and is_adjacent(token, tokens[index + 1])
        )
        if hyphen and is_adjacent(tokens[index - 1], token):
            continue
        word = token.lower
        if (
            token.kind != "word"
            or word in STOP
            or word in AUXILIARIES
            or (word in SPEECH_VERBS and first is not None and not word.endswith("s"))
        ):
            break
        if word in {"reported", "said"}:
            break
        first = index
    return first


def object_before(tokens: Sequence[Token], before: int) -> Phrase | None:
    """As in "analysts put the cost at N": the noun phrase between such a verb and the "at" at token `before`."""
    while before > 0 and (tokens[before].lower in ADVERBS or tokens[before].lower in _BEFORE_A_RANGE):
        before -= 1
    phrase = _noun_back(tokens, before - 1) if before > 1 and tokens[before].lower == "at" else None
    if phrase is None:
        return None
    verb = phrase.first - 1
    while verb > 0 and tokens[verb].lower in DETERMINERS:
        verb -= 1
    put = verb >= 0 and tokens[verb].lower in _PUTTING
    return phrase if put and not STATE_WORDS & {token.lower for token in tokens[slice(*phrase)]} else None


def label_before(tokens: Sequence[Token], before: int) -> Phrase | None:
    """As in "Injured, all hospitals: 146": the first words of a label that opens the line and ends in a colon."""
    if not 0 < before <= _LONGEST_LABEL or tokens[before].text != ":":
        return None
    label = tokens[:before]
    verbs = SPEECH_VERBS - {"confirmed", "reported", "estimated", "recorded"}
    if any(t.lower in AUXILIARIES | verbs | PRONOUNS | LINKING or t.text in '"“”.;:' for t in label):
        return None
    first = next((i for i, t in enumerate(label) if t.kind == "word" and t.lower not in DETERMINERS), before)
    last = first
    while last < before and tokens[last].kind == "word" and tokens[last].lower not in FUNCTION_WORDS:
        last += 1
    return Phrase(first, last) if last > first else None


def phrase_number_of(tokens: Sequence[Token]) -> Phrase | None:
    """As in "the number of soldiers": what a sentence says its numbers are of."""
    for at in range(len(tokens) - 2):
        if tokens[at].lower in {"number", "numbers", "toll", "count"} and tokens[at + 1].lower == "of":
            return phrase_behind(tokens, at + 2, single=True)
    return None
