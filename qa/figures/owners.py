"""Whose people or things a figure counts: a name in, before or around the counted phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .counted import STATE_WORDS, STOP, Phrase
from .lexicon import CONJUNCTIONS, DETERMINERS, EXTRA, PERSON_NOUNS, PREPOSITIONS, PRONOUNS
from .nouns import is_plural, same_name
from .tokens import Token


def owner_within(tokens: Sequence[Token], phrase: Phrase) -> Phrase | None:
    """The name inside a counted phrase: "North Korean" in "North Korean soldiers", "Ukrainians" on its own."""
    run = [
        i
        for i in range(phrase.first, phrase.last)
        if tokens[i].text[:1].isupper() and not _is_common(tokens, i)
    ]
    capital_all = all(tokens[i].text[:1].isupper() for i in range(phrase.first, phrase.last))
    if not run or (capital_all and phrase.last - phrase.first > 1 and _title_case(tokens)):
        return None
    last = run[0] + 1
    while last in run:
        last += 1
    return Phrase(run[0], last)


def _is_common(tokens: Sequence[Token], at: int) -> bool:
    """Whether a capitalised word is a common noun of a headline ("Troops") or only opens its sentence ("Prices")."""
    token = tokens[at]
    if token.lower in PERSON_NOUNS or token.lower in EXTRA:
        return True
    opens = at == 0 or (tokens[at - 1].kind == "sign" and tokens[at - 1].text in "\"“‘'.:")
    opens = opens or (at == 1 and tokens[0].text in "-*•–")
    adjective = (
        token.lower.endswith(("an", "ans", "ese", "ish", "sh", "i", "is", "ch", "'s", "’s"))
        or "." in token.text
    )
    follows = at + 1 < len(tokens) and tokens[at + 1].text[:1].isupper()
    return opens and not adjective and not follows


def _title_case(tokens: Sequence[Token]) -> bool:
    words = [t for t in tokens if t.kind == "word" and len(t.text) > 3]
    return bool(words) and sum(t.text[0].isupper() for t in words) > 0.8 * len(words)


def owner_of_mention(tokens: Sequence[Token], at: int) -> Phrase | None:
    """Whose the noun at token `at` is: the name in front of it, or the subject of the verb that governs it."""
    for first in range(at - 1, max(-1, at - 4), -1):
        if tokens[first].kind != "word" or tokens[first].lower in STOP:
            break
        if is_name_word(tokens, first) and not _is_common(tokens, first):
            return Phrase(_name_start(tokens, first), first + 1)
    verb = at - 1
    while (
        verb > 0 and tokens[verb].kind == "word" and tokens[verb].lower not in STATE_WORDS and at - verb < 4
    ):
        verb -= 1
    if verb < 0 or tokens[verb].lower not in STATE_WORDS:
        return None
    return owner_subject(tokens, verb - 1)


def owner_possessive(tokens: Sequence[Token], before: int) -> Phrase | None:
    """As in "the Soviet Union's 15,000 casualties": a possessive name that ends at token `before`."""
    if (
        before < 0
        or not re.search(r"['’]s$|s['’]$", tokens[before].text)
        or not tokens[before].text[0].isupper()
    ):
        return None
    return Phrase(_name_start(tokens, before), before + 1)


def owner_subject(tokens: Sequence[Token], before: int) -> Phrase | None:
    """The last name before token `before` in its clause that no preposition governs: who sends or recruits."""
    for at in range(before, -1, -1):
        token = tokens[at]
        if (token.kind == "sign" and token.text in ";:—–,()") or token.lower in {
            "that",
            "when",
            "where",
            "while",
            "which",
            "who",
        }:
            if token.text == "," and at > 0 and tokens[at - 1].text[:1].isupper():
                continue
            return None
        if not is_name_word(tokens, at):
            continue
        first = _name_start(tokens, at)
        governor = first - 1
        while governor >= 0 and tokens[governor].lower in DETERMINERS:
            governor -= 1
        if governor >= 0 and tokens[governor].lower in PREPOSITIONS - {"as"}:
            before = first - 1
            continue
        if _governed(tokens, at):
            continue
        return Phrase(first, at + 1)
    return None


def _governed(tokens: Sequence[Token], at: int) -> bool:
    """Whether the name stands within a longer prepositional phrase ("in Russia's Kursk")."""
    first = _name_start(tokens, at)
    for index in range(first - 1, max(-1, first - 4), -1):
        if tokens[index].lower in PREPOSITIONS:
            return True
        if not tokens[index].text[:1].isupper():
            return False
    return False


def place_behind(tokens: Sequence[Token], at: int) -> Phrase | None:
    """As in "in Gaza": the place named within a few words behind token `at` in the same clause."""
    for index in range(at, min(len(tokens) - 1, at + 8)):
        if tokens[index].kind == "sign" and tokens[index].text in ".;:,—–":
            return None
        if tokens[index].lower in {"in", "across", "inside"}:
            first = index + 1
            while first < len(tokens) and tokens[first].lower in {
                "the",
                "northern",
                "southern",
                "eastern",
                "western",
                "central",
            }:
                first += 1
            last = first
            while last < len(tokens) and tokens[last].kind == "word" and tokens[last].text[0].isupper():
                last += 1
            if last > first:
                return Phrase(first, last)
    return None


def is_name_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is part of a proper name; a capital that opens the sentence needs a second one."""
    token = tokens[at]
    if (
        token.kind != "word"
        or not token.text[0].isupper()
        or token.lower in STOP
        or token.lower in CONJUNCTIONS | PRONOUNS
    ):
        return False
    if at and tokens[at - 1].kind != "sign":
        return True
    alone = at + 1 >= len(tokens) or not tokens[at + 1].text[:1].isupper()
    common = is_plural(token) or token.lower.endswith(("ing", "ed", "ly"))
    return not (alone and common)


def _name_start(tokens: Sequence[Token], at: int) -> int:
    while (
        at > 0
        and tokens[at - 1].kind == "word"
        and tokens[at - 1].text[0].isupper()
        and tokens[at - 1].lower not in STOP
    ):
        if re.search(r"['’]s$", tokens[at - 1].text):
            break
        at -= 1
    return at


def names_agree(left: str, right: str) -> bool:
    """Whether two owners can be the same: every word of the shorter name has its like in the longer."""
    a, b = left.split(), right.split()
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return all(any(same_name(x, y) for y in long) for x in short)
