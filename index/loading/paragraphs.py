"""Lines with their places on pages, put together to headings and paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.articles import normalise

EDGE_LINES = 2
"""So many lines at the top and at the foot of a page may be running titles."""

HEADING_SIZE = 1.15
MAX_HEADING_WORDS = 25
WIDE_GAP = 1.35
SHORT_LINE = 0.85
"""A heading is so many times larger than the text; a paragraph ends before a gap so many times the usual distance of
lines, and after a sentence that fills less than this share of the line."""

_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|[-–—|])?\s*\d{1,4}(?:\s*(?:of|/|\|)\s*\d{1,4})?\s*[-–—|]?", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*$")
_BULLET = re.compile(r"[•▪‣●◦■–]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line on a page: its words and, in points from the page's lower left corner, where it stands."""

    text: str
    left: float
    right: float
    bottom: float
    size: float


Page = list[TextLine]


def paged_text(pages: Sequence[Page]) -> tuple[str, list[int], tuple[str, ...], str | None]:
    """The text, where in it each page starts, what was left out, and the largest heading of the first page."""
    running = _running_lines(pages)
    kept = [
        [line for place, line in enumerate(page) if (line, place) not in running[number]]
        for number, page in enumerate(pages)
    ]
    left_out = dict.fromkeys(
        line.text
        for number, page in enumerate(pages)
        for place, line in enumerate(page)
        if (line, place) in running[number]
    )
    everything = [line for page in kept for line in page]
    if not everything:
        return "", [0] * len(pages), tuple(left_out), None
    layout = _Layout.of(kept)
    writer = _Writer(layout, " ".join(line.text for line in everything))
    starts: list[int] = []
    for page in kept:
        starts.append(-1)
        for place, line in enumerate(page):
            at = writer.add(line, is_first=place == 0)
            starts[-1] = at if place == 0 else starts[-1]
    text = normalise("".join(writer.parts)).replace("\u00ad", "-")
    following = len(text)
    for number in range(len(starts) - 1, -1, -1):
        following = starts[number] = starts[number] if starts[number] >= 0 else following
    return text, starts, tuple(left_out), _headline(kept, layout)


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the text of a document is usually set: size of letters, distance of lines, right margin."""

    size: float
    distance: float
    right: float

    @classmethod
    def of(cls, pages: Sequence[Page]) -> _Layout:
        lines = [line for page in pages for line in page]
        sizes = Counter[float]()
        for line in lines:
            sizes[line.size] += len(line.text)
        size = sizes.most_common(1)[0][0] or 1.0
        steps = [a.bottom - b.bottom for page in pages for a, b in pairwise(page) if a.size == b.size == size]
        usual = [step for step in steps if 0 < step < 3 * size]
        widths = sorted(line.right for line in lines if line.size == size)
        return cls(
            size,
            median(usual) if usual else 1.2 * size,
            widths[int(0.9 * (len(widths) - 1))] if widths else 0.0,
        )

    def is_heading(self, line: TextLine) -> bool:
        large = line.size >= HEADING_SIZE * self.size
        return large and len(line.text.split()) <= MAX_HEADING_WORDS and any(map(str.isalpha, line.text))


class _Writer:
    """Writes line after line, and decides what goes between two."""

    def __init__(self, layout: _Layout, all_words: str) -> None:
        self._layout = layout
        self._all_words = all_words
        self._last: TextLine | None = None
        self._length = 0
        self.parts: list[str] = []

    def add(self, line: TextLine, *, is_first: bool) -> int:
        """Write `line`, the first of its page or not; returns the place where it starts."""
        text = _BULLET.sub("- ", line.text, count=1)
        if self._last is None or self._starts_paragraph(self._last, line, is_first):
            self._write("\n\n" if self._last else "")
            mark = "## " if self._layout.is_heading(line) else ""
        else:
            self._write(self._between(text))
            mark = ""
        self._write(mark)
        place = self._length
        self._write(text)
        self._last = line
        return place

    def _between(self, text: str) -> str:
        """What joins `text` to the line before: nothing where that ends in the first half of a word."""
        if not self.parts[-1].endswith("\u00ad"):
            return " "
        half = self.parts[-1][:-1].rsplit(" ", 1)[-1]
        rest = re.match(r"\w*", text)
        hyphenated = f"{half}-{rest.group() if rest else ''}"
        keeps = hyphenated in self._all_words or not text[:1].islower()
        self._length -= 1
        self.parts[-1] = self.parts[-1][:-1]
        return "-" if keeps else ""

    def _starts_paragraph(self, last: TextLine, line: TextLine, is_first: bool) -> bool:
        ended = bool(_SENTENCE_END.search(last.text))
        if _BULLET.match(line.text) or self._layout.is_heading(last) != self._layout.is_heading(line):
            return True
        step = last.bottom - line.bottom
        if is_first or step < 0:
            return ended or not (
                line.text[:1].islower() or last.text[-1:].islower() or last.text.endswith((",", "\u00ad"))
            )
        if step > WIDE_GAP * max(self._layout.distance, 1.2 * min(line.size, last.size)):
            return True
        is_indented = line.left > last.left + 0.8 * line.size and ended
        is_short = ended and last.right < SHORT_LINE * self._layout.right
        return is_indented or is_short

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self._length += len(text)


def _running_lines(pages: Sequence[Page]) -> list[set[tuple[TextLine, int]]]:
    """For each page its page number, and lines at its edges that stand at the edges of half of the pages."""
    edges = [set(_edges(page)) for page in pages]
    counted = Counter(_shape(line.text) for edge in edges for line, _ in edge)
    enough = max(2, len(pages) / 2)
    return [
        {
            (line, place)
            for line, place in edge
            if _PAGE_NUMBER.fullmatch(line.text) or counted[_shape(line.text)] >= enough
        }
        for edge in edges
    ]


def _edges(page: Page) -> Iterator[tuple[TextLine, int]]:
    for place, line in enumerate(page):
        if place < EDGE_LINES or place >= len(page) - EDGE_LINES:
            yield line, place


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text).lower()


def _headline(pages: Sequence[Page], layout: _Layout) -> str | None:
    """The lines of the largest letters on the first page that has text, where they are larger than the text."""
    first = next(page for page in pages if page)
    largest = max(line.size for line in first)
    found = [line for line in first if line.size == largest]
    if not all(layout.is_heading(line) for line in found) or len(found) > 4:
        return None
    return " ".join(line.text for line in found)
