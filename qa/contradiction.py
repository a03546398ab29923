"""Two sentences of which one denies what the other says: shown by their own words, or not claimed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from qa.figures.agreement import allows
from qa.figures.extract import extract_figures
from qa.figures.lexicon import MODALS, words
from qa.figures.nouns import FUNCTION_WORDS, stem
from qa.wordnet import are_opposites, base_form

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CLAUSE_END = re.compile(
    r"[;:()\[\]]|\s[–—-]\s|—|,\s?(?:but|and|while|whereas|although|though|which|who|because|since|so|rather|as)\b|"
    r"\s(?:but|while|whereas|although|though|because|unless|if|when|after|before)\s|,",
    re.I,
)
_NOT = words("not never no neither nor without cannot")
_DENIED = words("denied denies deny denying false untrue")
# "not only", "not yet", "no longer", "no more than", "not known": these deny nothing, or only for now.
_NO_DENIAL = words(
    "only just yet longer more less fewer later sooner necessarily always all every quite merely least until "
    "confirmed clear known certain sure"
)
_AHEAD = words("will won't shall")
_UNSURE = MODALS - {"cannot", "can't"} - _AHEAD | words(
    "if whether perhaps maybe reportedly allegedly likely unlikely unclear unknown uncertain unconfirmed"
)
# What was only meant to be done, or was not done after all, is not affirmed; "not until" denies it only for a time.
_NOT_DONE = re.compile(
    r"\b(?:expect(?:s|ed)?|scheduled|due|set|plan(?:s|ned)?|hope[sd]?|intend(?:s|ed)?|aim(?:s|ed)?|refuse[sd]?|decline[sd]?|"
    r"fail(?:s|ed)?)\sto\b|\b(?:un)?till?\b",
    re.I,
)
_MONTH = re.compile(r"(?<!^)\bMay\b|^May\s[0-9]")
_LEFT_OUT = re.compile(
    r"\b(?:excluding|except(?: for)?|with the exception of|apart from|other than)\s(?P<what>[^,.;:()]{2,80})",
    re.I,
)
_SAID_BY = words("he she it they we i you this that these those there")
_FILL = words("do does did be is are was were been being has have had yes indeed also rather")
_SHORTEST = 2
TEXTS_KEPT = 4096
"""Sentences and clauses that are remembered: each source's are held against every other's."""


class _Clause(NamedTuple):
    stems: frozenset[str]
    denies: bool
    unsure: bool
    pronoun: bool
    ahead: bool


def contradicts(left: str, right: str) -> bool:
    """Whether one of two passages denies, in one clause, just what the other affirms in one sentence, or says its opposite.

    All that the denying clause speaks of has to stand in the affirming sentence, but for one word whose opposite stands
    there instead ("passed", "failed"); it names its subject, nothing in it is a matter of may or might, and where both name
    numbers or dates, these allow each other.
    """
    return any(
        _denies(a, b)
        or _denies(b, a)
        or _leaves_out(a, b)
        or _leaves_out(b, a)
        or _reverses(a, b)
        or _reverses(b, a)
        for a in _sentences(left)
        for b in _sentences(right)
    )


def affirms(question: str, passage: str) -> bool | None:
    """Whether the clauses of a passage that hold all words of a yes/no question affirm them, or deny them; None if neither."""
    asked = _clause(question).stems
    held = [
        clause
        for sentence in _sentences(passage)
        for clause in map(_clause, _clauses(sentence))
        if len(asked) >= _SHORTEST and asked <= clause.stems and not clause.unsure
    ]
    stands = {not clause.denies for clause in held}
    return stands.pop() if len(stands) == 1 else None


@lru_cache(TEXTS_KEPT)
def _sentences(text: str) -> tuple[str, ...]:
    parts = re.split(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“(A-Z0-9])|\n+", text)
    return tuple(part for part in parts if part.strip())


def _denies(denial: str, statement: str) -> bool:
    said = _clause(statement)
    if said.denies or said.unsure or not said.stems:
        return False
    return any(
        clause.denies
        and not clause.unsure
        and not clause.pronoun
        and clause.ahead == said.ahead
        and len(clause.stems) >= _SHORTEST
        and clause.stems <= said.stems
        and _same_numbers(denial, statement)
        for clause in map(_clause, _clauses(denial))
    )


def _reverses(left: str, right: str) -> bool:
    """Whether a clause of one says what a clause of the other says with the opposite verb, or state."""
    return any(
        _opposed(ours, theirs) and _same_numbers(left, right)
        for ours in _clauses(left)
        for theirs in _clauses(right)
    )


def _opposed(left: str, right: str) -> bool:
    ours, theirs = _clause(left), _clause(right)
    if (
        ours.unsure
        or theirs.unsure
        or ours.denies
        or theirs.denies
        or ours.pronoun
        or ours.ahead != theirs.ahead
    ):
        return False
    if len(ours.stems - theirs.stems) != 1 or len(ours.stems & theirs.stems) < _SHORTEST:
        return False
    return any(
        are_opposites(a, b)
        for a in _predicates(left)
        for b in _predicates(right)
        if stem(base_form(a)) not in theirs.stems and stem(base_form(b)) not in ours.stems
    )


@lru_cache(TEXTS_KEPT)
def _predicates(clause: str) -> tuple[str, ...]:
    """The words of a clause that stand before no noun: its verbs and what is said of its subject, not "the old bridge"."""
    spoken = [match.group().lower() for match in _WORD.finditer(clause)]
    return tuple(
        word
        for word, after in zip(spoken, [*spoken[1:], ""], strict=True)
        if word not in FUNCTION_WORDS
        and (not after or after in FUNCTION_WORDS or after.endswith("ly") or after[0].isdigit())
    )


def _leaves_out(denial: str, statement: str) -> bool:
    """As in "on all cells, excluding plasma cells" against "plasma cells do"; both have to speak of the same else."""
    found = _LEFT_OUT.search(denial)
    if found is None:
        return False
    said, out = _clause(statement), _clause(found["what"])
    rest = _clause(denial[: found.start()])
    if said.denies or said.unsure or rest.denies or rest.unsure or not out.stems:
        return False
    return (
        out.stems <= said.stems
        and len((rest.stems & said.stems) - out.stems) >= 1
        and len(out.stems) >= _SHORTEST
    )


@lru_cache(TEXTS_KEPT)
def _clauses(sentence: str) -> tuple[str, ...]:
    return tuple(part for part in _CLAUSE_END.split(sentence) if part and part.strip())


@lru_cache(TEXTS_KEPT)
def _clause(text: str) -> _Clause:
    spoken = [match.group().lower().replace("’", "'") for match in _WORD.finditer(text)]
    denials = sum(_is_denial(spoken, at) for at in range(len(spoken)))
    content = [
        word
        for at, word in enumerate(spoken)
        if word not in FUNCTION_WORDS and word not in _FILL and not _is_negation(word)
    ]
    return _Clause(
        frozenset(stem(base_form(part)) for word in content for part in word.split("-") if part),
        denials % 2 == 1,
        any(word in _UNSURE for word in spoken if word != "may" or not _MONTH.search(text))
        or _NOT_DONE.search(text) is not None,
        bool(spoken) and spoken[0] in _SAID_BY,
        any(word in _AHEAD for word in spoken),
    )


def _is_negation(word: str) -> bool:
    return word in _NOT or word in _DENIED or word.endswith("n't")


def _is_denial(spoken: list[str], at: int) -> bool:
    after = spoken[at + 1] if at + 1 < len(spoken) else ""
    return _is_negation(spoken[at]) and after not in _NO_DENIAL


def _same_numbers(left: str, right: str) -> bool:
    """Whether the numbers and dates of both, where both name any of a unit, can be the same."""
    ours, theirs = extract_figures(left), extract_figures(right)
    for unit in {f.unit for f in ours} & {f.unit for f in theirs}:
        own, other = ([f for f in found if f.unit == unit] for found in (ours, theirs))
        if not any(allows(a, b) for a in own for b in other):
            return False
    return True
