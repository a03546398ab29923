"""Noun phrases that name who speaks: the subject of a verb of speech, a name behind it, a role beside a name."""

from __future__ import annotations

from collections.abc import Sequence

from .counted import Phrase
from .lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    FEW,
    PERSON_NOUNS,
    PREPOSITIONS,
    REPORT_NOUNS,
    ROLE_NOUNS,
    SPEECH_VERBS,
    STRONG_SPEECH,
    TENS,
    UNITS,
    words,
)
from .tokens import Token

QUOTES = frozenset('"“”«»')
CLAUSE_ENDS = frozenset(",;:.—–()!?") | QUOTES
SAID = words("said says added adds told stated noted explained insisted warned")
_BEING = words("is are was were am")
BEING_OR_MAY = _BEING | words("can cannot could may might will would should must")
_WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday")
# What stands behind these words says what a report is, and not whose it is ("a study of 900 adults published in ...").
_MADE = words("published released conducted carried presented issued commissioned seen obtained posted")
_OF_THOSE = words("them us whom which these those")
_NO_NAMES = (
    DETERMINERS
    | PREPOSITIONS
    | _WEEKDAYS
    | UNITS.keys()
    | TENS.keys()
    | FEW.keys()
    | words("most others nobody none")
)
SPEAKING_PRONOUNS = words("he she they it")
_CUT_BACK = (CONJUNCTIONS - {"and", "or"}) | {"with", "as", "after", "but", "by", "when", "while"}


def name_from(tokens: Sequence[Token], at: int) -> Phrase | None:
    """The noun phrase from token `at` on, with an apposition that gives the speaker's role."""
    while at < len(tokens) and (tokens[at].lower in {"the", "a", "an"} or tokens[at].text in QUOTES):
        at += 1
    last = at
    while last < len(tokens) and last - at < 14:
        token = tokens[last]
        verb = (
            token.lower in AUXILIARIES or token.lower in CONJUNCTIONS - {"and", "or"} or token.lower in SAID
        )
        if token.text in CLAUSE_ENDS or verb:
            break
        if last > at and (token.kind == "number" or token.lower in _MADE):
            while last > at and tokens[last - 1].lower in DETERMINERS | PREPOSITIONS | ADVERBS:
                last -= 1
            break
        if token.lower == "and" and last + 1 < len(tokens) and tokens[last + 1].lower in SPEECH_VERBS:
            break
        last += 1
    if last == at:
        return None
    if last < len(tokens) and tokens[last].text == ",":
        last = _apposition(tokens, last)
    return Phrase(at, last)


def _apposition(tokens: Sequence[Token], comma: int) -> int:
    """One past ", Ukraine's ambassador to South Korea" when it names a role, else the comma itself."""
    end = comma + 1
    while end < len(tokens) and tokens[end].text not in CLAUSE_ENDS and end - comma < 10:
        if tokens[end].lower in AUXILIARIES or tokens[end].lower in SPEECH_VERBS:
            return comma
        end += 1
    roles = any(tokens[i].lower in ROLE_NOUNS for i in range(comma + 1, end))
    return end if roles and end > comma + 1 else comma


def opening(tokens: Sequence[Token], limit: int) -> Phrase | None:
    """The noun phrase that opens a sentence, of at most `limit` words."""
    at = 0
    while at < len(tokens) and (tokens[at].kind == "sign" or tokens[at].lower in DETERMINERS):
        at += 1
    last = at
    while last < len(tokens) and last < at + limit and tokens[last].kind == "word":
        word = tokens[last].lower
        if (
            word in AUXILIARIES
            or word in SPEECH_VERBS - REPORT_NOUNS
            or word in PREPOSITIONS
            or word in CONJUNCTIONS
            or (word in DETERMINERS and last > at)
        ):
            break
        last += 1
    if (
        last + 1 < len(tokens)
        and last > at
        and tokens[last].lower == "from"
        and tokens[last + 1].text[0].isupper()
    ):
        last += 2
    return Phrase(at, last) if last > at else None


def subject_of(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """The noun phrase in front of a verb of speech, over an aside between commas if there is one."""
    end = verb
    while end > 0 and (
        tokens[end - 1].lower in AUXILIARIES
        or tokens[end - 1].lower in {"also", "recently", "have", "previously", "reportedly", "who", "later"}
    ):
        end -= 1
    if end > 0 and tokens[end - 1].lower in {"be", "been", "being", "to"}:
        return None
    told_of = any(token.lower in _BEING for token in tokens[end:verb])
    if told_of and tokens[verb].lower.endswith(("ed", "said", "told", "found")):
        return None  # "Casualties were reported in ..."
    if end > 0 and tokens[end - 1].text in {",", "—", "–"}:
        return _over_aside(tokens, end - 1)
    first = phrase_back(tokens, end)
    return Phrase(first, end) if first < end else None


def phrase_back(tokens: Sequence[Token], end: int) -> int:
    """Where the noun phrase that ends at `end` begins: after a clause mark, "that", or a verb of speech."""
    first = end
    while first > 0 and end - first < 12:
        token = tokens[first - 1]
        cut = token.text in CLAUSE_ENDS or token.lower in _CUT_BACK or token.lower in AUXILIARIES
        if cut or (token.lower in STRONG_SPEECH - REPORT_NOUNS):
            break
        first -= 1
    while first < end and (
        tokens[first].lower in DETERMINERS | PREPOSITIONS | {"and", "or", "in", "of"}
        or tokens[first].kind == "sign"
    ):
        first += 1
    return first


def _over_aside(tokens: Sequence[Token], comma: int) -> Phrase | None:
    """As in "Jenny Town, an expert on arms, commented"; for a participle behind a clause, the sentence's own subject."""
    for open_at in range(comma - 1, max(-1, comma - 16), -1):
        if tokens[open_at].text in {",", "—", "–"}:
            first = phrase_back(tokens, open_at)
            phrase = Phrase(first, open_at)
            if first < open_at and can_speak(tokens, phrase):
                # "its director, Amina Koss, said": the name belongs to the role in front of it.
                role = all(tokens[i].text[:1].islower() for i in range(first, open_at))
                name = all(tokens[i].text[:1].isupper() for i in range(open_at + 1, comma))
                return Phrase(first, comma) if role and name and comma > open_at + 1 else phrase
            break
    start = opening(tokens, 8)
    return start if start is not None and start.last <= comma else None


def can_speak(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a noun phrase can be a source: a name, a role, a report or a person."""
    words = [tokens[i] for i in range(phrase.first, phrase.last)]
    if not words or len(words) > 14:
        return False
    if len(words) == 1 and words[0].lower in SPEAKING_PRONOUNS - {"it"}:
        return True
    if words[-1].lower in _OF_THOSE:
        return False  # "Two of them told of collisions."
    nouns = {w.lower.replace("’", "'").removesuffix("'s").removesuffix("'") for w in words}
    known = bool(nouns & (ROLE_NOUNS | REPORT_NOUNS | PERSON_NOUNS))
    named = any(w.text[0].isupper() and w.kind == "word" and w.lower not in _NO_NAMES for w in words)
    numeric = any(w.kind == "number" for w in words)
    return (known or named) and not numeric
