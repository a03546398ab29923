"""JSON lines: one article a line, as objects with `text` and any of the fields that an Article has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from index.articles import Article, normalise
from index.errors import LoadError
from index.loading.decoding import Notify, read_text
from index.loading.fields import article


def load_json_lines(path: Path, name: str, notify: Notify) -> Iterator[Article]:
    """The articles of a `.jsonl` file, named by `name` and the line's own `name` or `id`, else its number.

    Raises LoadError with the number of the first line that is not an object with a text.
    """
    for number, line in enumerate(read_text(path, notify).split("\n"), start=1):
        if line.strip():
            record = _record(path, number, line)
            own = record.get("name") or record.get("id") or number
            text = normalise(str(record["text"]))
            own_name = " ".join(normalise(str(own)).split()) or str(number)
            yield article(path, f"{name}#{own_name}", text, record, notify)


def _record(path: Path, number: int, line: str) -> dict[str, object]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        column = f", column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise LoadError(path, f"line {number}{column} is not valid JSON; mend or remove that line") from error
    if not isinstance(record, dict):
        raise LoadError(path, f"line {number} holds no JSON object; write one object a line")
    if not isinstance(record.get("text"), str) or not record["text"].strip():
        raise LoadError(path, f'line {number} has no "text"; put the article\'s text there')
    return record
