"""Two texts word by word: what they share in order, and which figures gave way to others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIGNED_RUN = 2
"""Words that stand alone between changed ones may agree by chance and do not count."""

LOCAL_EDIT_WORDS = 12
EXACT_WORDS = 6_000
"""In longer texts words that are everywhere are no anchors, as finding the best alignment would take minutes."""

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
class Replaced:
    """Words `left[left_start:left_end]` of one text in whose place `right[right_start:right_end]` stand in the other."""

    left_start: int
    left_end: int
    right_start: int
    right_end: int
    swapped: bool
    """Whether each side has a figure that the other has not."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How many words stand in both texts in the same order, and what stands there instead elsewhere."""

    common: int
    edits: tuple[Replaced, ...]

    @property
    def figures_changed(self) -> bool:
        """Whether a figure of one text gave way to another in the other."""
        return any(edit.swapped for edit in self.edits)


def words(text: str) -> list[str]:
    """Words and numbers of `text` in small letters, number words up to twenty and round ones as digits."""
    return [word for word, _, _ in words_with_places(text)]


def words_with_places(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word as `words` gives it, with its start and end in `text`."""
    for match in _WORD.finditer(text):
        word = match.group().lower().replace(",", "")
        yield _NUMBER_WORDS.get(word, word), match.start(), match.end()


def align(left: Sequence[str], right: Sequence[str]) -> Alignment:
    """The two lists of words laid side by side (Ratcliff and Metzener 1988, by difflib)."""
    common = 0
    edits: list[Replaced] = []
    all_left, all_right = figures(left), figures(right)
    rough = max(len(left), len(right)) > EXACT_WORDS
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=rough).get_opcodes():
        if kind == "equal":
            common += b - a if b - a >= ALIGNED_RUN else 0
            continue
        ours, theirs = figures(left, a, b), figures(right, c, d)
        if max(b - a, d - c) > LOCAL_EDIT_WORDS:
            # A passage written anew: only figures that the other text has nowhere were changed.
            ours, theirs = ours - all_right, theirs - all_left
        edits.append(Replaced(a, b, c, d, swapped(ours, theirs)))
    return Alignment(common, tuple(edits))


def swapped(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether either side has a figure that the other has not."""
    return bool(ours - theirs) and bool(theirs - ours)


def figures(tokens: Sequence[str], start: int = 0, end: int | None = None) -> frozenset[str]:
    """Numbers in `tokens[start:end]` but for days of a month, which datelines change from day to day."""
    places = range(start, len(tokens) if end is None else end)
    return frozenset(
        tokens[place] for place in places if tokens[place][0].isdigit() and not _is_day(tokens, place)
    )


def _is_day(tokens: Sequence[str], place: int) -> bool:
    beside = [*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2]]
    return bool(_DAY.fullmatch(tokens[place])) and any(_MONTH.fullmatch(token) for token in beside)
