"""Metadata as people write it, made into an Article's fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from index.articles import Article, article_id, default_title, normalise
from index.errors import LoadError
from index.lines import heading_like
from index.loading.decoding import Notify

MAX_CHARACTERS = 1_000_000
"""Longest text of one article, some 150,000 words."""

KICKER_WORDS = 3
MAX_TITLE_WORDS = 25


def article(path: Path, name: str, text: str, fields: Mapping[str, object], notify: Notify) -> Article:
    """An Article of normalised `text` with the known ones of `fields`: title, outlet or publisher, author and so on.

    Raises LoadError where the text is blank or longer than `MAX_CHARACTERS`. A date that cannot be read is told to
    `notify` and left out.
    """
    if not text.strip():
        raise LoadError(path, f"article {name!r} has no text; remove it or put its text in")
    if len(text) > MAX_CHARACTERS:
        reason = f"article {name!r} holds {len(text):,} characters, the limit is {MAX_CHARACTERS:,}; split it"
        raise LoadError(path, reason)
    return Article(
        id=article_id(text),
        name=name,
        text=text,
        title=_line(fields.get("title")) or title_in(text) or default_title(name),
        outlet=_line(fields.get("outlet")) or _line(fields.get("publisher")),
        author=_line(fields.get("author")),
        published=published(path, name, fields.get("published"), notify),
        url=_line(fields.get("url")),
        language=_line(fields.get("language")),
    )


def title_in(text: str) -> str | None:
    """The headline that `text` starts with, or None; a kicker such as "Breaking News" above it is passed over."""
    found = [line.strip().lstrip("#").strip() for line in text[:2000].split("\n") if line.strip()]
    if len(found) < 2 or not heading_like(found[0]):
        return None
    below = found[1]
    is_kicker = len(found[0].split()) <= KICKER_WORDS and not text.startswith("#")
    if is_kicker and len(found) > 2 and KICKER_WORDS < len(below.split()) <= MAX_TITLE_WORDS:
        return below.rstrip(".")
    return found[0]


def published(path: Path, name: str, value: object, notify: Notify) -> date | None:
    """A date from ISO 8601 or RFC 2822 text, a date or a datetime; any time of day is dropped as it stands."""
    if value is None or isinstance(value, datetime):
        return value.date() if value else None
    if isinstance(value, date):
        return value
    written = str(value).strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(written).date()
        except ValueError:
            continue
    if written:
        notify(
            f"{path}: the date {written[:40]!r} of {name!r} was not understood and left out; write YYYY-MM-DD"
        )
    return None


def _line(value: object) -> str | None:
    """`value` as one line of text; a list is joined with commas, anything nested or empty is None."""
    parts = value if isinstance(value, list | tuple) else [value]
    written = [str(part) for part in parts if isinstance(part, str | int | float | date)]
    return " ".join(normalise(", ".join(written)).split()) or None
