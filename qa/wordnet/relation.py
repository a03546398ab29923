"""How two words, or two short phrases, are related: they mean the same, or exclude each other, or neither is known."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache

from qa.figures.nouns import FUNCTION_WORDS, singular
from qa.wordnet.table import Table

SIBLINGS_APART = 3
SIBLINGS_DEPTH = 6
"""Two kinds of one thing exclude each other where it is near (at most three steps in all) and narrow (six below the top)."""

PAIRS_KEPT = 4096
_LONGEST = 3
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_IS = frozenset({"was", "were", "is", "are", "been", "be"})
_BEFORE_HEAD = FUNCTION_WORDS | _IS
# Opposites in the news that WordNet does not have as such, in their base forms.
_OPPOSITES = frozenset(frozenset(pair) for pair in (
    ("left", "right"), ("upper", "lower"), ("first", "last"), ("support", "oppose"), ("confirm", "deny"), ("admit", "deny"),
    ("survive", "die"), ("survive", "kill"), ("build", "demolish"), ("rebuild", "demolish"), ("intact", "destroy"),
    ("alive", "kill"), ("back", "oppose"), ("approve", "reject"), ("adopt", "reject"), ("pass", "reject"), ("allow", "dismiss"),
    ("uphold", "lift"), ("uphold", "overturn"), ("win", "lose"), ("hire", "dismiss"), ("before", "after"), ("for", "against"),
    ("inside", "outside"), ("favour", "against"), ("front", "rear"),
))  # fmt: skip
# Kinds of one thing that WordNet does not have near enough to each other.
_EXCLUSIVE = tuple(
    frozenset(kinds.split())
    for kinds in (
        "spring summer autumn winter", "spring summer fall winter", "morning afternoon evening", "morning night", "dawn dusk noon",
        "north-east north-west south-east south-west", "northeast northwest southeast southwest",
        "mother father brother sister uncle aunt cousin nephew niece son daughter wife husband grandmother grandfather",
    )
)  # fmt: skip


class Relation(StrEnum):
    """What is known of two words.

    `SAME`: one thing, or a kind or part of it ("dog", "poodle"; "Austria", "Vienna"). `APART`: two kinds of one thing,
    or nouns that are opposites. `OPPOSITE`: words for opposite states or deeds ("open", "closed").
    """

    SAME = "same"
    APART = "apart"
    OPPOSITE = "opposite"


def related(left: str, right: str) -> Relation | None:
    """How what two short phrases name is related: by their heads, and by what stands before these where they are the same."""
    ours, theirs = _phrase(left.lower()), _phrase(right.lower())
    if ours is None or theirs is None:
        return None
    (own, head), (other, other_head) = ours, theirs
    relation = relation_of(head, other_head)
    if relation is not Relation.SAME or own == other or not (own or other):
        return relation
    if head == other_head:
        return relation_of(own[-1], other[-1]) if own and other else Relation.SAME
    return None if own and other else relation


@lru_cache(PAIRS_KEPT)
def relation_of(left: str, right: str) -> Relation | None:
    """How two words in lower case are related by one of their first senses."""
    if left == right:
        return Relation.SAME
    if are_opposites(left, right):
        return Relation.OPPOSITE
    table = _table()
    ours, theirs = table.senses(left), table.senses(right)
    pairs = [(a, b) for a in ours for b in theirs]
    if opposed := [(a, b) for a, b in pairs if _opposed(a, b)]:
        return Relation.APART if all(table.is_noun(a) for a, _ in opposed) else Relation.OPPOSITE
    if any(b in table.derived(a) or _within(a, b) or _within(b, a) for a, b in pairs):
        return Relation.SAME
    one_of = {singular(left), singular(right)}
    exclusive = any(one_of <= kinds for kinds in _EXCLUSIVE)
    return Relation.APART if exclusive or any(_siblings(a, b) for a, b in pairs) else None


@lru_cache(PAIRS_KEPT)
def are_opposites(left: str, right: str) -> bool:
    """Whether two words in lower case, no nouns, are opposites in any sense."""
    table = _table()
    return table.are_antonyms(left, right) or any(
        frozenset({ours, theirs}) in _OPPOSITES for ours in table.forms(left) for theirs in table.forms(right)
    )


def is_known(text: str) -> bool:
    """Whether WordNet has the head of a short phrase."""
    phrase = _phrase(text.lower())
    return phrase is not None and bool(_table().senses(phrase[1]))


@lru_cache(PAIRS_KEPT)
def base_form(word: str) -> str:
    """The base form of an irregular form in lower case ("rebuilt", "men"), else the word itself."""
    return _table().base(word)


def _within(low: int, high: int) -> bool:
    """Whether one sense is a kind or a part of another."""
    return high in _table().above(low) or high in _table().around(low)


def _opposed(left: int, right: int) -> bool:
    """Whether two senses are antonyms, or adjectives like two that are."""
    table = _table()
    ours, theirs = ([s] if table.is_noun(s) else [s, *table.parents(s)] for s in (left, right))
    return any(b in table.opposites(a) for a in ours for b in theirs)


def _siblings(left: int, right: int) -> bool:
    table = _table()
    if not table.is_noun(left) or not table.is_noun(right):
        return False
    ours, theirs = table.above(left), table.above(right)
    return any(
        ours[shared] + theirs[shared] <= SIBLINGS_APART and table.depth(shared) >= SIBLINGS_DEPTH
        for shared in ours.keys() & theirs.keys()
    )


@lru_cache(PAIRS_KEPT)
def _phrase(text: str) -> tuple[tuple[str, ...], str] | None:
    """The words before the head of a phrase's first part, and the head: the longest ending that has a sense."""
    spoken = [word.replace("'", "") for word in _WORD.findall(text.replace("’s", "").replace("'s", ""))]
    predicate = next((at for at, word in enumerate(spoken) if at and word in _IS), None)
    if predicate is not None and predicate + 1 < len(spoken):
        spoken = spoken[predicate + 1 :]
    while spoken and spoken[0] in _BEFORE_HEAD:
        spoken = spoken[1:]
    end = next((at for at, word in enumerate(spoken) if word in FUNCTION_WORDS), len(spoken))
    spoken = spoken[:end]
    if not spoken:
        return None
    for start in range(max(0, len(spoken) - _LONGEST), len(spoken)):
        head = "_".join(spoken[start:])
        if _table().senses(head):
            return tuple(spoken[:start]), head
    return tuple(spoken[:-1]), spoken[-1]


@cache
def _table() -> Table:
    return Table()
