"""Near-copies: the same story printed elsewhere, with another headline, a few other words or a cut.

Candidates come from MinHash (Broder 1997) with locality-sensitive hashing over shingles of three words, by
datasketch. Each is verified against the texts: most of the shorter one must stand in the longer one word for word,
and no figure may have been changed, as a story with new figures is a new version and not a copy.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

import numpy as np

from index.articles import Article

if TYPE_CHECKING:
    from datasketch import MinHash

SHINGLE = 3
PERMUTATIONS = 128
SCHEME: Final = "affine32"
CANDIDATE_JACCARD = 0.25
"""Similarity at which a pair is looked at; low, so that a copy cut to a third of its length is still found."""

SHARED_SHINGLES = 0.35
"""Share of the shorter text's shingles below which a pair is not looked at more closely."""

ALIGNED_WORDS = 0.7
"""Share of the shorter text's words that a copy has in common with the longer, in the same order."""

ALIGNED_RUN = 2
"""Words that stand alone between changed ones may agree by chance and do not count."""

MIN_WORDS = 12
"""Shorter texts are no copies of anything but the very same words."""

MAX_ALIGNED_WORDS = 6_000
LOCAL_EDIT_WORDS = 12

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+")
_MONTH = re.compile(
    r"jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?"
)
_DAY = re.compile(r"[0-2]?\d|3[01]")
_SMALL_NUMBERS = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_ROUND_NUMBERS = {
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "hundred": "100", "thousand": "1000", "million": "1000000", "billion": "1000000000",
}  # fmt: skip
_NUMBER_WORDS = {word: str(number) for number, word in enumerate(_SMALL_NUMBERS, start=2)} | _ROUND_NUMBERS


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is needed to find an article's copies: who it is, when it appeared, and its MinHash signature."""

    id: str
    name: str
    published: date | None
    signature: bytes

    @property
    def order(self) -> tuple[date, str]:
        """Earliest first, undated ones last, then by name."""
        return self.published or date.max, self.name


def signature(text: str) -> bytes:
    """The MinHash signature of `text`, 512 bytes."""
    from datasketch import MinHash

    hashed = MinHash(num_perm=PERMUTATIONS, scheme=SCHEME)
    hashed.update_batch([" ".join(shingle).encode() for shingle in _shingles(words(text))])
    values: bytes = hashed.hashvalues.astype("<u4").tobytes()
    return values


def find_copies(candidates: Sequence[Candidate], is_pair: Callable[[str, str], bool]) -> dict[str, str]:
    """Each copy's id with that of its original: the earliest article that it is a copy of, else the first by name.

    `is_pair` decides on two ids, see `is_copy`; it is asked only about pairs whose signatures are alike.
    """
    from datasketch import MinHashLSH

    found: dict[str, str] = {}
    originals = MinHashLSH(threshold=CANDIDATE_JACCARD, num_perm=PERMUTATIONS, weights=(0.2, 0.8))
    places = {
        candidate.id: place for place, candidate in enumerate(sorted(candidates, key=lambda c: c.order))
    }
    for candidate in sorted(candidates, key=lambda c: c.order):
        hashed = _minhash(candidate.signature)
        alike = sorted(originals.query(hashed), key=places.__getitem__)
        original = next((other for other in alike if is_pair(other, candidate.id)), None)
        if original is None:
            originals.insert(candidate.id, hashed, check_duplication=False)
        else:
            found[candidate.id] = original
    return found


def is_copy(one: Article, other: Article) -> bool:
    """Whether the two tell the same story in the same words with the same figures."""
    left, right = words(one.text), words(other.text)
    if left == right:
        return True
    if min(len(left), len(right)) < MIN_WORDS:
        return False
    shared = _shared_shingles(left, right)
    if max(len(left), len(right)) > MAX_ALIGNED_WORDS:
        return shared >= ALIGNED_WORDS and not _swapped(_figures(left), _figures(right))
    return shared >= SHARED_SHINGLES and _aligned_without_changed_figures(left, right)


def words(text: str) -> list[str]:
    """Words and numbers of `text` in small letters, number words up to twenty and round ones as digits."""
    plain = (token.lower().replace(",", "") for token in _WORD.findall(text))
    return [_NUMBER_WORDS.get(token, token) for token in plain]


def _shingles(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    width = min(SHINGLE, len(tokens)) or 1
    return [tuple(tokens[place : place + width]) for place in range(len(tokens) - width + 1)]


def _shared_shingles(left: Sequence[str], right: Sequence[str]) -> float:
    """The share of the shorter text's shingles that stand in the longer one too."""
    ours, theirs = Counter(_shingles(left)), Counter(_shingles(right))
    return (ours & theirs).total() / min(ours.total(), theirs.total())


def _aligned_without_changed_figures(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether enough words stand in the same order, and no number of one text gave way to another in the other."""
    aligned = 0
    all_left, all_right = _figures(left), _figures(right)
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal" and b - a >= ALIGNED_RUN:
            aligned += b - a
        if kind != "replace":
            continue
        ours, theirs = _figures(left, a, b), _figures(right, c, d)
        if max(b - a, d - c) > LOCAL_EDIT_WORDS:
            # A passage written anew: only figures that the other text has nowhere were changed.
            ours, theirs = ours - all_right, theirs - all_left
        if _swapped(ours, theirs):
            return False
    return aligned >= ALIGNED_WORDS * min(len(left), len(right))


def _swapped(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(ours - theirs) and bool(theirs - ours)


def _figures(tokens: Sequence[str], start: int = 0, end: int | None = None) -> frozenset[str]:
    """Numbers in `tokens[start:end]` but for days of a month, which datelines change from day to day."""
    places = range(start, len(tokens) if end is None else end)
    return frozenset(
        tokens[place] for place in places if tokens[place][0].isdigit() and not _is_day(tokens, place)
    )


def _is_day(tokens: Sequence[str], place: int) -> bool:
    beside = [*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2]]
    return bool(_DAY.fullmatch(tokens[place])) and any(_MONTH.fullmatch(token) for token in beside)


def _minhash(values: bytes) -> MinHash:
    from datasketch import MinHash

    return MinHash(
        num_perm=PERMUTATIONS, hashvalues=np.frombuffer(values, dtype="<u4").astype(np.uint32), scheme=SCHEME
    )
