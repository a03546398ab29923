"""What an updated story says now, and what it said before."""

from __future__ import annotations

from dataclasses import dataclass

from index.alignment import Replaced, align, words_with_places
from index.articles import Article

NAMING_WORDS = 2
"""So many words after a change are shown with it, to say what is counted."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words of an older text and those that stand in their place in a newer one, either of them perhaps none.

    `before` is `old.text[old_start:old_end]`, `after` is `new.text[new_start:new_end]`; where neither is empty
    both go on for two words that did not change, up to the sentence's end. `figure` says whether a figure gave way to another.
    """

    before: str
    after: str
    old_start: int
    old_end: int
    new_start: int
    new_end: int
    figure: bool


def changes(old: Article, new: Article) -> tuple[Change, ...]:
    """What changed from `old` to `new`, in the order of the new text."""
    left, right = list(words_with_places(old.text)), list(words_with_places(new.text))
    found = align([word for word, _, _ in left], [word for word, _, _ in right])
    return tuple(_change(old.text, new.text, left, right, edit) for edit in found.edits)


Placed = list[tuple[str, int, int]]


def _change(old: str, new: str, left: Placed, right: Placed, edit: Replaced) -> Change:
    naming = NAMING_WORDS if edit.left_start < edit.left_end and edit.right_start < edit.right_end else 0
    old_start, old_end = _place(old, left, edit.left_start, edit.left_end, naming)
    new_start, new_end = _place(new, right, edit.right_start, edit.right_end, naming)
    return Change(
        old[old_start:old_end], new[new_start:new_end], old_start, old_end, new_start, new_end, edit.swapped
    )


def _place(text: str, placed: Placed, first: int, last: int, naming: int) -> tuple[int, int]:
    """Where words `first` to `last` stand, with the next `naming` ones of their sentence; no words stay no words."""
    if first == last:
        at = placed[first][1] if first < len(placed) else len(text)
        return at, at
    start, end = placed[first][1], placed[last - 1][2]
    for _, begin, stop in placed[last : last + naming]:
        if text[end:begin].strip(" "):
            break
        end = stop
    return start, end
