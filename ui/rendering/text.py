"""An Answer for a terminal: verdict, quotes with their places, figures lined up, and what became of the rest."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from ui.rendering import words

if TYPE_CHECKING:
    from index import Article
    from qa import Answer, Quote

UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters and bidirectional overrides: all that can move a cursor or turn text round. \\t and \\n are not."""


def visible(text: str) -> str:
    """The text with every character that a terminal would act on spelled out, ESC as `x1b` behind a backslash."""
    return UNSAFE.sub(_spelled, text)


def _spelled(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape").decode("ascii")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text is set: with bold and dim (`colour`), folded at `width` characters or, with 0, not at all."""

    colour: bool = False
    width: int = 0

    def bold(self, text: str) -> str:
        """The text in bold where the style has it."""
        return click.style(text, bold=True) if self.colour else text

    def dim(self, text: str) -> str:
        """The text dimmed where the style has it."""
        return click.style(text, dim=True) if self.colour else text

    def fold(self, text: str, indent: str = "") -> str:
        """The text on lines of at most `width` characters, each behind `indent`."""
        if not self.width:
            return indent + text
        room = max(self.width, len(indent) + 20)
        return textwrap.fill(
            text,
            room,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )


def answer_text(answer: Answer, style: TextStyle | None = None) -> str:
    """The answer as lines of text without control characters of an article's own."""
    style = style or TextStyle()
    return "\n".join(_lines(answer, style)) + "\n"


def _lines(answer: Answer, style: TextStyle) -> Iterator[str]:
    yield style.bold(style.fold(visible(answer.headline)))
    figures = words.figures_by_quote(answer)
    for report in answer.answering:
        yield ""
        yield style.bold(style.fold(visible(words.heading(report.article))))
        for place, quote in enumerate(report.quotes):
            yield from _quote(report.article, quote, style)
            for sourced in figures.get((report.article.id, place), ()):
                amount = words.amount(sourced.figure.low, sourced.figure.high, sourced.figure.unit)
                told = f"= {amount}: {words.details(sourced)}{words.counted(sourced)}"
                yield style.fold(visible(told), "    ")
    yield from _line_up(answer, style)
    yield from _others(answer, style)
    yield ""
    yield style.dim(style.fold(words.tally(answer)))


def _quote(article: Article, quote: Quote, style: TextStyle) -> Iterator[str]:
    text = visible(words.one_line(quote.text))
    if quote.answer:
        cut = quote.answer.start - quote.start, quote.answer.end - quote.start
        text = f"{quote.text[: cut[0]]}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}{quote.answer.text}"
        text += f"\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}{quote.text[cut[1] :]}"
        text = visible(words.one_line(text))
    said = f" · said by {quote.said_by}" if quote.said_by else ""
    yield style.fold(text, "  ")
    yield style.dim(
        style.fold(visible(words.one_line(words.place(article, quote.start, quote.end) + said)), "    ")
    )


def _line_up(answer: Answer, style: TextStyle) -> Iterator[str]:
    names = {report.article.id: report.article for report in answer.sources}
    for group in answer.groups:
        if len(group.members) < 2:
            continue
        yield ""
        yield style.bold(style.fold(visible(words.one_line(words.group_title(group)))))
        rows = [answer.figures[member] for member in group.members]
        # The unit stands in the group's title already; only a date is written otherwise because of it.
        units = ["date" if row.figure.unit == "date" else None for row in rows]
        amounts = [
            words.amount(row.figure.low, row.figure.high, unit) for row, unit in zip(rows, units, strict=True)
        ]
        for row, amount in zip(rows, amounts, strict=True):
            text = (
                f"{amount:>{max(map(len, amounts))}}  {words.byline(names[row.source])}: {words.details(row)}"
            )
            yield style.fold(visible(text), "  ")


def _others(answer: Answer, style: TextStyle) -> Iterator[str]:
    silent = [visible(words.one_line(report.article.name)) for report in words.silent(answer)]
    if silent:
        yield ""
        yield style.fold(f"Silent ({len(silent)}): {', '.join(silent)}")
    copies = [
        visible(words.one_line(f"{report.article.name} (of {name})")) for report, name in words.copies(answer)
    ]
    if copies:
        yield ""
        yield style.fold(f"Copies ({len(copies)}): {', '.join(copies)}")
    versions = [
        visible(words.one_line(f"{report.article.name} (of {name}{': ' if figures else ''}{figures})"))
        for report, name, figures in words.versions(answer)
    ]
    if versions:
        yield ""
        yield style.fold(f"Newer versions ({len(versions)}): {', '.join(versions)}")
