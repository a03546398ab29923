"""An Answer as CSV: a row for every figure, for every quote without one, and for every source without a quote."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from ui.rendering import words

if TYPE_CHECKING:
    from qa import Answer, Quote, SourceReport
    from qa.comparison import SourcedFigure

COLUMNS = (
    "question",
    "source",
    "outlet",
    "published",
    "status",
    "copy_of",
    "version_of",
    "changes",
    "start",
    "end",
    "quote",
    "short_answer",
    "said_by",
    "figure",
    "low",
    "high",
    "qualifier",
    "unit",
    "counts",
    "state",
    "as_of",
    "group",
    "verdict",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

Cell: TypeAlias = str | int | float | None


def protected(cell: Cell) -> Cell:
    """The cell as a spreadsheet shows it and never runs it: text that would start a formula gets a leading '.

    The starting characters are OWASP's (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def table(columns: tuple[str, ...], rows: Iterator[dict[str, Cell]]) -> str:
    """Rows as CSV with a header line and protected cells; unknown columns raise ValueError."""
    page = io.StringIO()
    writer = csv.DictWriter(page, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({column: protected(cell) for column, cell in row.items()})
    return page.getvalue()


def answer_csv(answer: Answer) -> str:
    """The answer as CSV with the columns COLUMNS."""
    return table(COLUMNS, _rows(answer))


def _rows(answer: Answer) -> Iterator[dict[str, Cell]]:
    originals = {report.article.id: name for report, name in words.copies(answer)}
    versions = {report.article.id: (name, figures) for report, name, figures in words.versions(answer)}
    figures: dict[tuple[str, int], list[dict[str, Cell]]] = {}
    groups = words.group_of(answer)
    for index, sourced in enumerate(answer.figures):
        cells = _figure(sourced) | {"group": groups.get(index)}
        figures.setdefault((sourced.source, sourced.quote), []).append(cells)
    for report in answer.sources:
        shared: dict[str, Cell] = {"question": answer.question, "verdict": answer.verdict}
        before, changed = versions.get(report.article.id, (None, None))
        shared |= _source(report) | {"copy_of": originals.get(report.article.id)}
        shared |= {"version_of": before, "changes": changed or None}
        if not report.quotes:
            yield shared
        for place, quote in enumerate(report.quotes):
            for cells in figures.get((report.article.id, place), [{}]):
                yield shared | _quote(quote) | cells


def _source(report: SourceReport) -> dict[str, Cell]:
    article = report.article
    published = article.published.isoformat() if article.published else None
    return {"source": article.name, "outlet": article.outlet, "published": published, "status": report.status}


def _quote(quote: Quote) -> dict[str, Cell]:
    short = quote.answer.text if quote.answer else None
    return {
        "start": quote.start,
        "end": quote.end,
        "quote": quote.text,
        "short_answer": short,
        "said_by": quote.said_by,
    }


def _figure(sourced: SourcedFigure) -> dict[str, Cell]:
    figure = sourced.figure
    cells: dict[str, Cell] = {
        "figure": figure.text,
        "low": whole(figure.low),
        "high": whole(figure.high),
        "qualifier": figure.qualifier,
        "unit": figure.unit,
        "counts": figure.counts,
        "state": figure.state,
        "as_of": figure.as_of,
    }
    return cells | ({"said_by": figure.said_by} if figure.said_by else {})


def whole(value: float) -> int | float:
    """The value as an int where nothing is lost."""
    return int(value) if value == int(value) else value
