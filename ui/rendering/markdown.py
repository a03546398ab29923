"""An Answer as Markdown: a table of every source, then the quotes as block quotes with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ui.rendering import words
from ui.rendering.text import visible

if TYPE_CHECKING:
    from qa import Answer, Quote, SourceReport

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$&:@=\"'])")


def plain(text: str) -> str:
    """The text on one line, shown by Markdown as it is: punctuation that could be markup is escaped by a backslash."""
    return _MARKUP.sub(r"\\\1", visible(words.one_line(text)))


def answer_markdown(answer: Answer) -> str:
    """The answer as CommonMark with one table (GitHub's extension)."""
    return "\n".join(_lines(answer)) + "\n"


def _lines(answer: Answer) -> Iterator[str]:
    yield f"# {plain(answer.question)}"
    yield ""
    yield f"**{plain(answer.headline)}**"
    yield ""
    yield "| Source | Outlet | Published | Says | Who says so |"
    yield "| --- | --- | --- | --- | --- |"
    originals = {report.article.id: name for report, name in words.copies(answer)}
    for report in answer.sources:
        yield _row(report, originals.get(report.article.id))
    for report in answer.answering:
        yield ""
        yield f"## {plain(words.heading(report.article))}"
        for quote in report.quotes:
            yield ""
            yield from _quote(report, quote)
    yield from _line_up(answer)
    for report, name, figures in words.versions(answer):
        yield ""
        yield plain(f"{report.article.name} is newer than {name}{': ' if figures else ''}{figures}")
    yield ""
    yield plain(words.tally(answer))


def _row(report: SourceReport, original: str | None) -> str:
    article = report.article
    said = (
        f"copy of {original}" if original else "; ".join(short(quote) for quote in report.quotes) or "silent"
    )
    speakers = "; ".join(dict.fromkeys(quote.said_by for quote in report.quotes if quote.said_by))
    published = article.published.isoformat() if article.published else ""
    cells = (article.name, article.outlet or "", published, said, speakers)
    return f"| {' | '.join(plain(cell) for cell in cells)} |"


def short(quote: Quote) -> str:
    """The short answer of a quote, or the whole quote where none is marked."""
    return quote.answer.text if quote.answer else quote.text


def _quote(report: SourceReport, quote: Quote) -> Iterator[str]:
    if quote.answer:
        start, end = quote.answer.start - quote.start, quote.answer.end - quote.start
        before, after = quote.text[:start], quote.text[end:]
        gaps = [" " if edge.isspace() else "" for edge in (before[-1:], after[:1])]
        yield f"> {plain(before)}{gaps[0]}**{plain(quote.answer.text)}**{gaps[1]}{plain(after)}"
    else:
        yield f"> {plain(quote.text)}"
    yield ">"
    said = f", said by {quote.said_by}" if quote.said_by else ""
    yield f"> {plain(words.place(report.article, quote.start, quote.end) + said)}"


def _line_up(answer: Answer) -> Iterator[str]:
    names = {report.article.id: report.article for report in answer.sources}
    for group in answer.groups:
        if len(group.members) < 2:
            continue
        yield ""
        yield f"**{plain(words.group_title(group))}**"
        yield ""
        for row in (answer.figures[member] for member in group.members):
            amount = words.amount(row.figure.low, row.figure.high, row.figure.unit)
            yield f"- {plain(f'{amount}, {words.byline(names[row.source])}: {words.details(row)}')}"
