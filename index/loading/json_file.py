"""JSON: one article, a list of them, or an object with such a list, as news services and JSON Feed export them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from index.articles import Article
from index.loading.raw import Raw
from index.loading.records import known, record_article

LISTS = (
    "articles",
    "items",
    "entries",
    "results",
    "documents",
    "docs",
    "data",
    "hits",
    "stories",
    "response",
)
"""Names under which the articles of an export lie."""


def load_json(raw: Raw) -> Iterator[Article]:
    """The articles of a `.json` file; a list's are named by their own `name` or `id`, else their number."""
    text = raw.text()
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = (
            f" (line {error.lineno}, column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        )
        raise raw.error(f"is not valid JSON{where}; mend it, or call JSON lines .jsonl") from error
    records = _records(raw, value)
    if not records:
        raise raw.error("holds no article; write an object with a text, or a list of such objects")
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise raw.error(f"entry {number} is no JSON object; write one for each article")
        yield from record_article(raw, record, number, f"entry {number}")


def _records(raw: Raw, value: object) -> list[object]:
    """The list of articles in `value`: itself, one under a usual name, or one object alone."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return []
    if isinstance(known(value, raw.options.columns).get("text"), str):
        return [value]
    for name in LISTS:
        inner = value.get(name)
        if isinstance(inner, list):
            return inner
        if isinstance(inner, dict) and (found := _records(raw, inner)):
            return found
    return [value]
