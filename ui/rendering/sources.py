"""The articles of a collection as a table, as CSV and as JSON values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ui.rendering import words
from ui.rendering.csv_rows import Cell, table
from ui.rendering.text import TextStyle, visible

if TYPE_CHECKING:
    from index import Article

COLUMNS = ("source", "id", "title", "outlet", "author", "published", "url", "language", "characters", "copy_of")


def sources_values(articles: Sequence[Article], copies: Mapping[str, str]) -> list[dict[str, Any]]:
    """One JSON object for every article; `copies` maps the id of a copy to its original's."""
    return [
        {
            "source": article.name, "id": article.id, "title": article.title, "outlet": article.outlet, "author": article.author,
            "published": article.published.isoformat() if article.published else None, "url": article.url,
            "language": article.language, "characters": len(article.text), "copy_of": copies.get(article.id),
        }
        for article in articles
    ]


def sources_csv(articles: Sequence[Article], copies: Mapping[str, str]) -> str:
    """One row for every article, with the columns COLUMNS."""
    rows: Iterator[dict[str, Cell]] = iter(sources_values(articles, copies))
    return table(COLUMNS, rows)


def sources_text(articles: Sequence[Article], copies: Mapping[str, str], style: TextStyle | None = None) -> str:
    """One line for every article, in columns: name, date, outlet, title, and of what it is a copy."""
    style = style or TextStyle()
    names = {article.id: article.name for article in articles}
    rows = [_cells(article) for article in articles]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    lines: list[str] = []
    for article, row in zip(articles, rows, strict=True):
        columns = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        original = copies.get(article.id)
        mark = f"  (copy of {visible(names.get(original, original))})" if original else ""
        lines.append("  ".join([style.bold(columns[0]), *columns[1:], row[3] + style.dim(mark)]).rstrip())
    return "".join(f"{line}\n" for line in lines)


def _cells(article: Article) -> tuple[str, str, str, str]:
    published = article.published.isoformat() if article.published else "-"
    name, outlet, title = (visible(words.one_line(text or "-")) for text in (article.name, article.outlet, article.title))
    return name, published, outlet, title


def excerpt_values(article: Article, start: int, end: int, context: int = 32) -> dict[str, Any]:
    """An excerpt as JSON values, with the characters around it as in W3C's TextQuoteSelector."""
    text = article.text
    return {
        "source": article.name, "id": article.id, "start": start, "end": end, "text": text[start:end],
        "prefix": text[max(0, start - context) : start], "suffix": text[end : end + context],
    }
