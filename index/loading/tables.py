"""Tables of articles, CSV and TSV: one article a row, columns found by their names or given."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from index.articles import Article
from index.loading.fields import MAX_CHARACTERS
from index.loading.raw import Raw
from index.loading.records import known, record_article

SEPARATORS = (",", ";", "\t", "|")


def load_table(raw: Raw) -> Iterator[Article]:
    """The articles of a `.csv` or `.tsv` file, whose first row names its columns.

    Raises LoadError where no column holds the text, with the columns that there are, and for a broken row.
    """
    text = raw.text()
    separator = "\t" if raw.name.lower().endswith(".tsv") else _separator(text)
    csv.field_size_limit(MAX_CHARACTERS)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        names = reader.fieldnames or []
        if not _has_text(raw, names):
            columns = ", ".join(map(repr, [str(name)[:40] for name in names[:12]]))
            raise raw.error(
                f"no column for the text among {columns}; name one 'text', or say which it is (--column text=NAME)"
            )
        for number, row in enumerate(reader, start=1):
            if any(value for value in row.values()):
                yield from _article(raw, row, number, reader.line_num)
    except csv.Error as error:
        raise raw.error(
            f"the row after line {reader.line_num} is not valid ({error}); mend or remove it"
        ) from error


def _article(raw: Raw, row: dict[str, str], number: int, line: int) -> Iterator[Article]:
    if None in row:
        raise raw.error(
            f"line {line} has more values than there are columns; put values with separators in quotes"
        )
    return record_article(raw, row, number, f"line {line}")


def _has_text(raw: Raw, names: object) -> bool:
    columns = list(names) if isinstance(names, list | tuple) else []
    return "text" in known(dict.fromkeys(columns, "x"), raw.options.columns)


def _separator(text: str) -> str:
    """The sign that the first line holds most of."""
    first = text.lstrip("\n").partition("\n")[0]
    return max(SEPARATORS, key=first.count)
