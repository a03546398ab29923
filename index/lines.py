"""The lines of an article and what each of them is, before prose is cut into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, repeat
from typing import Literal

from index.boilerplate import is_boilerplate

LineKind = Literal["prose", "heading", "bullet", "boilerplate"]

MAX_HEADING_WORDS = 20
MAX_HEADING_CHARACTERS = 160
LIST_LINES = 3
WRAPPED_LINE = range(40, 121)
"""Lengths of lines that may come from text broken at a fixed width."""

_LINE = re.compile(r"[^\n\u2028\u2029]+")
_MARKED_HEADING = re.compile(
    r"#{1,6}[ \t]+(?P<body>.*?)[ \t#]*$|(?P<bold>\*\*|__)(?P<inner>[^*_]+)(?P=bold):?$"
)
_BULLET = re.compile(r"(?:[-*+•‣▪●◦–—·]|\d{1,3}[.)])[ \t]+(?=\S)")
_BLOCKQUOTE = re.compile(r"(?:>[ \t]*)+(?=\S)")
_NAME_AND_VALUE = re.compile(r"[^\W\d_][^:.!?]{0,40}:[ \t]+\S.*")
_SENTENCE_END = re.compile(r"[.!?…;,][\"'”’)\]*_]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line's words `text[start:end]`, without list marks and outer space; `block` counts paragraphs."""

    start: int
    end: int
    kind: LineKind
    block: int


def heading_like(line: str) -> bool:
    """Whether an unmarked line looks like a headline: short, capitalised and without a sentence's end."""
    words = line.split()
    if (
        not 0 < len(words) <= MAX_HEADING_WORDS
        or len(line) > MAX_HEADING_CHARACTERS
        or _SENTENCE_END.search(line)
    ):
        return False
    first = next((character for character in line if character.isalnum()), "")
    return bool(first) and not first.islower()


def lines(text: str) -> tuple[Line, ...]:
    """All lines of `text` that are not blank, in order, lines broken at a fixed width joined again."""
    found = [_classified(text, start, end, block) for start, end, block in _bare_lines(text)]
    return tuple(_settled(text, list(_joined(text, found))))


def _bare_lines(text: str) -> Iterator[tuple[int, int, int]]:
    block, last_end = 0, 0
    for match in _LINE.finditer(text):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            continue
        start = match.start() + raw.index(stripped[0])
        block += text.count("\n", last_end, start) > 1
        last_end = match.end()
        yield start, start + len(stripped), block


def _classified(text: str, start: int, end: int, block: int) -> Line:
    line = text[start:end]
    if quoted := _BLOCKQUOTE.match(line):
        start, line = start + quoted.end(), line[quoted.end() :]
    if is_boilerplate(line):
        return Line(start, end, "boilerplate", block)
    if marked := _MARKED_HEADING.match(line):
        group = "body" if marked["body"] is not None else "inner"
        if marked[group].strip():
            return Line(start + marked.start(group), start + marked.end(group), "heading", block)
    if bullet := _BULLET.match(line):
        body = line[bullet.end() :]
        return Line(start + bullet.end(), end, "boilerplate" if is_boilerplate(body) else "bullet", block)
    return Line(start, end, "prose", block)


def _joined(text: str, found: Sequence[Line]) -> Iterator[Line]:
    """Make one line of each paragraph that was broken at a fixed width."""
    first = 0
    while first < len(found):
        last = first + 1
        if found[first].kind in ("prose", "bullet"):
            while (
                last < len(found) and found[last].block == found[first].block and found[last].kind == "prose"
            ):
                last += 1
        block = found[first:last]
        if _is_wrapped(text, block):
            yield replace(found[first], end=block[-1].end)
        else:
            yield from block
        first = last


def _is_wrapped(text: str, block: Sequence[Line]) -> bool:
    if len(block) < 2 or any(line.end - line.start not in WRAPPED_LINE for line in block[:-1]):
        return False
    goes_on = sum(text[line.start].islower() for line in block[1:])
    return 3 * goes_on >= len(block) - 1


def _settled(text: str, found: Sequence[Line]) -> Iterator[Line]:
    """Decide which unmarked lines are headings: those that head something and do not stand in a list."""
    short = [line.kind == "prose" and heading_like(text[line.start : line.end]) for line in found]
    last = max(
        (place for place, line in enumerate(found) if line.kind == "bullet" or _is_prose(line, short[place])),
        default=-1,
    )
    for place, (line, in_list) in enumerate(zip(found, _in_lists(short), strict=True)):
        if not short[place]:
            yield line
        elif place > 0 and _NAME_AND_VALUE.fullmatch(text, line.start, line.end):
            yield replace(line, kind="bullet")
        elif place < last and not text[found[place + 1].start].islower():
            yield replace(line, kind="bullet" if in_list else "heading")
        else:
            yield line


def _is_prose(line: Line, short: bool) -> bool:
    return line.kind == "prose" and not short


def _in_lists(short: Sequence[bool]) -> Iterator[bool]:
    """Three short lines in a row are a list, except at the top, where they are kicker, headline and summary."""
    first = 0
    for is_short, run in groupby(short):
        length = len(list(run))
        yield from repeat(is_short and first > 0 and length >= LIST_LINES, length)
        first += length
