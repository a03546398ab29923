"""Answers and articles as HTML in which every character of an article is shown and none is obeyed."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from ui.rendering import words
from ui.rendering.text import visible

if TYPE_CHECKING:
    from index import Article
    from qa import Answer, Quote, SourceReport

_REFERENCES = {ord(sign): f"&#{ord(sign)};" for sign in "\n\\`*_{}[]()#+!|~$:@^=-"}
_ESCAPES = {ord(sign): html.escape(sign) for sign in "&<>\"'"} | _REFERENCES


def escape(text: str) -> str:
    """The text for an HTML element or quoted attribute, safe also where Markdown or a template is filled in later.

    Beyond `html.escape`, punctuation that Markdown, LaTeX or template literals act on becomes a numeric character
    reference, which CommonMark (section 2.5) never reads as structure; so do line breaks.
    """
    return visible(text).translate(_ESCAPES)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of an article to be set off: a quote (with the anchor that a citation leads to) or a short answer."""

    start: int
    end: int
    anchor: str | None = None


def anchor(article_id: str, start: int, end: int) -> str:
    """The id of a quote's mark on the page; one for each excerpt, however often it is cited."""
    return f"q-{re.sub(r'[^A-Za-z0-9]', '-', article_id)}-{start}-{end}"


def quote_spans(quotes: Iterable[Quote]) -> list[Span]:
    """The spans to set off in an article for its quotes: each quote once, and the short answers in it."""
    spans: dict[Span, None] = {}
    for quote in quotes:
        spans[Span(quote.start, quote.end, anchor(quote.article_id, quote.start, quote.end))] = None
        if quote.answer:
            spans[Span(quote.answer.start, quote.answer.end)] = None
    return list(spans)


def marked(text: str, spans: Iterable[Span]) -> str:
    """The text escaped, with `<mark>` round quotes and `<strong>` round short answers.

    Spans may nest and overlap: one that would end outside the span that it starts in goes on in a second element,
    without an anchor, behind it. Raises ValueError where a span does not lie in the text.
    """
    waiting = [(span.start, -span.end, span.anchor is None, span.anchor or "") for span in spans]
    heapify(waiting)
    open_spans: list[tuple[int, str]] = []
    parts: list[str] = []
    here = 0

    def advance(to: int) -> None:
        nonlocal here
        parts.append(escape(text[here:to]))
        here = to

    def close(until: int) -> None:
        while open_spans and open_spans[-1][0] <= until:
            end, tag = open_spans.pop()
            advance(end)
            parts.append(f"</{tag}>")

    while waiting:
        start, minus_end, is_answer, name = heappop(waiting)
        end = -minus_end
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}-{end} does not lie in a text of {len(text)} characters")
        close(start)
        advance(start)
        if open_spans and end > open_spans[-1][0]:
            heappush(waiting, (open_spans[-1][0], -end, is_answer, ""))
            end = open_spans[-1][0]
        tag = "strong" if is_answer else "mark"
        parts.append(f'<{tag} id="{name}" tabindex="-1">' if name else f"<{tag}>")
        open_spans.append((end, tag))
    close(len(text))
    advance(len(text))
    return "".join(parts)


def article_anchor(article_id: str) -> str:
    """The id of an article's view on the page."""
    return f"a-{re.sub(r'[^A-Za-z0-9]', '-', article_id)}"


def source_table(answer: Answer, linked: Collection[str] = ()) -> str:
    """One row for every source: outlet, date, short answer, figure, who says so; copies under their originals.

    `linked` holds the ids of the articles whose view is on the page, for the source's name to lead there.
    """
    rows = "".join(_rows(answer, linked))
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("Source", "Date", "Short answer", "Figure", "Who says so")
    )
    caption = f"<caption>{escape(words.tally(answer))}</caption>"
    table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="es-scroll" tabindex="0" role="region" aria-label="Every source">{table}</div>'


def _rows(answer: Answer, linked: Collection[str]) -> Iterator[str]:
    copies: dict[str | None, list[SourceReport]] = {}
    for report in answer.sources:
        copies.setdefault(report.copy_of, []).append(report)
    shown = {report.article.id for report in copies.get(None, [])}
    # The first group is what the question asks for; a quote's other figures would only confuse here.
    asked = answer.groups[0].members if answer.groups else range(len(answer.figures))
    figures = [answer.figures[member] for member in asked]
    versions = _versions(answer)
    for report in copies.pop(None, []):
        amounts = [
            words.bounded(sourced.figure) for sourced in figures if sourced.source == report.article.id
        ]
        yield _row(report, "; ".join(dict.fromkeys(amounts)), linked, versions)
        for copy in copies.get(report.article.id, ()):
            yield _row(copy, "", linked, versions)
    for original, reports in copies.items():
        if original not in shown:
            yield from (_row(copy, "", linked, versions) for copy in reports)


def _versions(answer: Answer) -> dict[str, str]:
    """What is said under the name of a newer version of a story, and under that of the one before, by article id."""
    told: dict[str, list[str]] = {}
    bylines = {report.article.id: words.byline(report.article) for report in answer.sources}
    for report, _, figures in words.versions(answer):
        before = str(report.version_of)
        changed = f": {figures}" if figures else ""
        older = bylines.get(before, "an article out of scope")
        told.setdefault(report.article.id, []).append(f"newer than {older}{changed}")
        told.setdefault(before, []).append(f"older than {bylines[report.article.id]}")
    return {source: "; ".join(lines) for source, lines in told.items()}


def _row(report: SourceReport, amounts: str, linked: Collection[str], versions: Mapping[str, str]) -> str:
    article = report.article
    says = "<br>".join(cited(quote) for quote in report.quotes)
    if report.status != "answers":
        says = {"silent": "silent", "copy": "same text as the source above"}[report.status]
    speakers = "; ".join(dict.fromkeys(quote.said_by for quote in report.quotes if quote.said_by))
    published = article.published.isoformat() if article.published else ""
    label = ' data-label="Answer"' if report.quotes else ""
    cells = (
        f'<td class="es-day" data-label="Date">{escape(published)}</td>'
        f'<td class="es-says"{label}>{says}</td>'
        f'<td data-label="Figure">{escape(amounts)}</td><td data-label="Who says so">{escape(speakers)}</td>'
    )
    name = f"<bdi>{escape(article.outlet or article.name)}</bdi>"
    if article.id in linked:
        name = f'<a href="#{article_anchor(article.id)}">{name}</a>'
    if version := versions.get(article.id):
        name += f'<br><span class="es-version"><bdi>{escape(words.one_line(version))}</bdi></span>'
    return f'<tr class="es-{report.status}"><th scope="row">{name}</th>{cells}</tr>'


def cited(quote: Quote) -> str:
    """The short answer (or the quote's beginning) as a link to the quote in the article."""
    text = _beginning(words.one_line(quote.answer.text if quote.answer else quote.text))
    return f'<a href="#{anchor(quote.article_id, quote.start, quote.end)}"><bdi>{escape(text)}</bdi></a>'


def _beginning(text: str, most: int = 120) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def block_quote(report: SourceReport, quote: Quote) -> str:
    """A quote with its short answer marked, and under it who says so, who printed it when, and the way to the article."""
    shift = quote.start
    spans = [Span(quote.answer.start - shift, quote.answer.end - shift)] if quote.answer else []
    said = f"<bdi>{escape(quote.said_by)}</bdi>, in " if quote.said_by else ""
    byline = escape(words.byline(report.article))
    to = f'href="#{anchor(quote.article_id, quote.start, quote.end)}" aria-label="open at the quote in {byline}"'
    footer = f"<footer>{said}<bdi>{byline}</bdi> · <a {to}>open at the quote</a></footer>"
    return f'<blockquote><p dir="auto">{marked(quote.text, spans)}</p>{footer}</blockquote>'


def article_view(article: Article, quotes: Iterable[Quote], *, back: str = "", is_open: bool = False) -> str:
    """The whole article with its quotes marked, each under the id that citations lead to; folded until one is followed.

    A browser unfolds it where a link leads into it (HTML, "ancestor revealing algorithm"), and folds the one that was
    open, as all share a name. `back` is the id of the answer that a link leads back to.
    """
    facts = [
        article.outlet,
        article.author,
        article.published.isoformat() if article.published else None,
        article.name,
    ]
    known = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts if fact)
    text = marked(article.text, quote_spans(quotes))
    to_answer = f' · <a href="#{back}">back to the answer</a>' if back else ""
    state = " open" if is_open else ""
    return (
        f'<details class="es-article" name="es-article" id="{article_anchor(article.id)}"{state}>'
        f"<summary><bdi>{escape(words.heading(article))}</bdi></summary>"
        f'<p class="es-facts">{known}{to_answer}</p><div class="es-text" dir="auto">{text}</div></details>'
    )
