"""Sentences with exact offsets.

Prose is cut by sentencex (Wikimedia's splitter, MIT), which keeps a quotation together with the words that say who
speaks, knows abbreviations such as "No. 5", "Lt. Col." and "U.S.", and needs 20 ms for a megabyte. A line break
always ends a sentence, save in text broken at a fixed width.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.lines import Line, lines

SentenceKind = Literal["sentence", "heading", "bullet", "boilerplate"]

WINDOW = 8_000
"""Characters given to the splitter at a time: its time grows with the square of a run of quotation marks."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading, list item or line of page furniture: `text[start:end]`, without outer space."""

    start: int
    end: int
    kind: SentenceKind

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"sentence [{self.start}, {self.end}) is empty or starts before the text")


def sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Sentence, ...]:
    """The sentences of the whole text that reach into `text[start:end]`, cut off at its ends.

    Spans are in order, do not overlap, and leave out only white space and list or heading marks.
    """
    end = len(text) if end is None else end
    found = _all_sentences(text)
    if start <= 0 and end >= len(text):
        return found
    clipped = (
        (max(s.start, start), min(s.end, end), s.kind) for s in found if s.start < end and s.end > start
    )
    return tuple(Sentence(*_trimmed(text, a, b), kind) for a, b, kind in clipped if text[a:b].strip())


@lru_cache(maxsize=32)
def _all_sentences(text: str) -> tuple[Sentence, ...]:
    return tuple(sentence for line in lines(text) for sentence in _of_line(text, line))


def _of_line(text: str, line: Line) -> Iterator[Sentence]:
    if line.kind in ("heading", "boilerplate"):
        yield Sentence(line.start, line.end, line.kind)
        return
    kind: SentenceKind = "bullet" if line.kind == "bullet" else "sentence"
    for start, end in _with_marks_joined(text, _windows(text, line.start, line.end)):
        yield Sentence(start, end, kind)


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentence spans of `text[start:end]`; the last one of each window is cut again with the window after it."""
    while start < end:
        stop = min(end, start + WINDOW)
        if stop < end and (space := text.rfind(" ", start, stop)) > start:
            stop = space
        spans = [(start + a, start + b) for a, b in _boundaries(text[start:stop])] or [(start, stop)]
        if stop < end and len(spans) > 1:
            stop = spans.pop()[0]
        yield from spans
        start = stop


def _boundaries(text: str) -> list[tuple[int, int]]:
    from sentencex import get_sentence_boundaries

    return [(found["start_index"], found["end_index"]) for found in get_sentence_boundaries("en", text)]


def _with_marks_joined(text: str, spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Trim outer space and join pieces without a letter or digit, such as a closing quotation mark, to their left."""
    held: tuple[int, int] | None = None
    for span in spans:
        start, end = _trimmed(text, *span)
        if start == end:
            continue
        if held and not any(character.isalnum() for character in text[start:end]):
            held = held[0], end
            continue
        if held:
            yield held
        held = start, end
    if held:
        yield held


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
