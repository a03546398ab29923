"""JSON lines: one article a line, as objects with `text` and any of the fields that an Article has."""

from __future__ import annotations

import json
from collections.abc import Iterator

from index.articles import Article
from index.loading.raw import Raw
from index.loading.records import record_article


def load_json_lines(raw: Raw) -> Iterator[Article]:
    """The articles of a `.jsonl` file, named by the line's own `name` or `id`, else its number.

    Raises LoadError with the number of the first line that is not an object with a text.
    """
    for number, line in enumerate(raw.text().split("\n"), start=1):
        if line.strip():
            yield from record_article(raw, _record(raw, number, line), number, f"line {number}")


def _record(raw: Raw, number: int, line: str) -> dict[str, object]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        column = f", column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise raw.error(f"line {number}{column} is not valid JSON; mend or remove that line") from error
    if not isinstance(record, dict):
        raise raw.error(f"line {number} holds no JSON object; write one object a line")
    return record
