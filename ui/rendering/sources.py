"""The articles of a collection as a table, as CSV and as JSON values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ui.rendering import words
from ui.rendering.csv_rows import Cell, table
from ui.rendering.text import TextStyle, visible

if TYPE_CHECKING:
    from index import Article, Change, Collection

COLUMNS = (
    "source",
    "id",
    "title",
    "outlet",
    "author",
    "published",
    "url",
    "language",
    "characters",
    "copy_of",
    "version_of",
    "changes",
)
SHOWN_CHANGES = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """An article with what it is to others: the original that it copies, or the version that it brings up to date."""

    article: Article
    copy_of: Article | None
    version_of: Article | None
    changes: tuple[Change, ...]

    @property
    def new_figures(self) -> tuple[Change, ...]:
        """The changes in which a figure gave way to another."""
        return tuple(change for change in self.changes if change.figure)


def listing(collection: Collection, articles: Iterable[Article]) -> list[Listed]:
    """The articles as they stand in their collection, in the order given."""
    copies, versions = collection.copies(), collection.versions()

    def other(found: Mapping[str, str], article: Article) -> Article | None:
        return collection.article(found[article.id]) if article.id in found else None

    return [
        Listed(
            article,
            other(copies, article),
            other(versions, article),
            collection.changes(article.id) if article.id in versions else (),
        )
        for article in articles
    ]


def sources_values(rows: Sequence[Listed]) -> list[dict[str, Any]]:
    """One JSON object for every article; `copy_of` and `version_of` are ids."""
    return [_values(row) | {"changes": [asdict(change) for change in row.new_figures]} for row in rows]


def _values(row: Listed) -> dict[str, Any]:
    article = row.article
    return {
        "source": article.name,
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "language": article.language,
        "characters": len(article.text),
        "copy_of": row.copy_of.id if row.copy_of else None,
        "version_of": row.version_of.id if row.version_of else None,
    }


def sources_csv(rows: Sequence[Listed]) -> str:
    """One row for every article, with the columns COLUMNS."""
    cells: Iterator[dict[str, Cell]] = (
        _values(row) | {"changes": "; ".join(_arrow(change) for change in row.new_figures)} for row in rows
    )
    return table(COLUMNS, cells)


def sources_text(rows: Sequence[Listed], style: TextStyle | None = None) -> str:
    """One line for every article, in columns: name, date, outlet, title, and of what it is a copy or a newer version."""
    style = style or TextStyle()
    cells = [_cells(row.article) for row in rows]
    widths = [max((len(row[column]) for row in cells), default=0) for column in range(3)]
    lines: list[str] = []
    for row, filled in zip(rows, cells, strict=True):
        columns = [cell.ljust(width) for cell, width in zip(filled, widths, strict=False)]
        known = relation_text(row)
        mark = f"  ({known})" if known else ""
        lines.append("  ".join([style.bold(columns[0]), *columns[1:], filled[3] + style.dim(mark)]).rstrip())
    return "".join(f"{line}\n" for line in lines)


def relation_text(row: Listed) -> str:
    """What the article is to another: "copy of a.txt", "newer than a.txt: 9 dead → 14 dead"; empty where it stands alone."""
    if row.copy_of:
        return f"copy of {visible(row.copy_of.name)}"
    if not row.version_of:
        return ""
    shown = [_arrow(change) for change in row.new_figures]
    more = [f"{len(shown) - SHOWN_CHANGES} more"] if len(shown) > SHOWN_CHANGES else []
    text = f"newer than {row.version_of.name}: {', '.join(shown[:SHOWN_CHANGES] + more) or 'in other words'}"
    return visible(words.one_line(text))


def changes_text(row: Listed, style: TextStyle | None = None) -> str:
    """Every change since the version before, a line each with its place, figures in bold."""
    style = style or TextStyle()
    if not row.version_of:
        return f"{visible(row.article.name)} is no newer version of another source\n"
    lines = [f"{visible(row.article.name)}, newer than {visible(row.version_of.name)}:"]
    for change in row.changes:
        place = f"{change.new_start}-{change.new_end}"
        text = _arrow(change)
        lines.append(f"  {place:>13}  {style.bold(text) if change.figure else text}")
    return "".join(f"{line}\n" for line in lines)


def _arrow(change: Change) -> str:
    before, after = (visible(words.one_line(text)) or "(nothing)" for text in (change.before, change.after))
    return f"{before} → {after}"


def _cells(article: Article) -> tuple[str, str, str, str]:
    published = article.published.isoformat() if article.published else "-"
    name, outlet, title = (
        visible(words.one_line(text or "-")) for text in (article.name, article.outlet, article.title)
    )
    return name, published, outlet, title


def excerpt_values(row: Listed, start: int, end: int, context: int = 32) -> dict[str, Any]:
    """An excerpt as JSON values, with the characters around it as in W3C's TextQuoteSelector."""
    article, text = row.article, row.article.text
    return {
        "source": article.name,
        "id": article.id,
        "start": start,
        "end": end,
        "text": text[start:end],
        "prefix": text[max(0, start - context) : start],
        "suffix": text[end : end + context],
        "copy_of": row.copy_of.id if row.copy_of else None,
        "version_of": row.version_of.id if row.version_of else None,
        "changes": [asdict(change) for change in row.changes],
    }
