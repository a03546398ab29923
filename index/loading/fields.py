"""Metadata as people write it, made into an Article's fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from index.articles import Article, article_id, default_title, normalise
from index.lines import heading_like
from index.loading.raw import Raw

MAX_CHARACTERS = 1_000_000
"""Longest text of one article, some 150,000 words."""

KICKER_WORDS = 3
MAX_TITLE_WORDS = 25

_NOBODY = re.compile(
    r"(?:microsoft (?:office )?)?users?|admin(?:istrator)?|owner|guest|unknown|anonymous|author|python-docx|root|\W*"
    r"|.*(?:@|\\|\b(?:word|acrobat|adobe|openoffice|libreoffice)\b).*",
    re.IGNORECASE,
)


def article(
    raw: Raw,
    text: str,
    found: Mapping[str, object],
    *,
    pages: Sequence[int] = (),
    left_out: Sequence[str] = (),
) -> Article:
    """An Article of normalised `text` with the known ones of the fields `found` in it, else of those that `raw` has.

    Raises LoadError where the text is blank or longer than `MAX_CHARACTERS`. A date that cannot be read is told and
    left out.
    """
    if not text.strip():
        raise raw.error("has no text; remove it or put its text in")
    if len(text) > MAX_CHARACTERS:
        raise raw.error(f"holds {len(text):,} characters, the limit is {MAX_CHARACTERS:,}; split it")
    fields = {**raw.fields, **{key: value for key, value in found.items() if value is not None}}
    return Article(
        id=article_id(text),
        name=raw.name,
        text=text,
        title=line(fields.get("title")) or title_in(text) or default_title(raw.name),
        outlet=line(fields.get("outlet")) or line(fields.get("publisher")),
        author=line(fields.get("author")),
        published=day(raw, fields.get("published")),
        fetched=day(raw, fields.get("fetched")),
        url=line(fields.get("url")),
        language=line(fields.get("language")),
        pages=tuple(pages),
        left_out=tuple(left_out),
    )


def with_fields(given: Article, raw: Raw, fields: Mapping[str, object]) -> Article:
    """`given` with the user's own `fields` in place of those that were found."""
    days: dict[str, Any] = {key: day(raw, fields[key]) for key in ("published", "fetched") if key in fields}
    lines = {
        key: line(fields[key]) for key in ("title", "outlet", "author", "url", "language") if key in fields
    }
    return replace(given, **{key: value for key, value in {**days, **lines}.items() if value is not None})


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


def day(raw: Raw, value: object) -> date | None:
    """A date from ISO 8601 or RFC 2822 text, a date or a datetime; any time of day is dropped as it stands."""
    if value is None or isinstance(value, datetime):
        return value.date() if value else None
    if isinstance(value, date):
        return value
    written = str(value).strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(written).date()
        except (ValueError, OverflowError):
            continue
    if written:
        raw.notify(
            f"{raw.path}: the date {written[:40]!r} of {raw.name!r} was not understood and left out; write YYYY-MM-DD"
        )
    return None


def person(value: object) -> str | None:
    """The author that a file names; None for what programs write there when nobody has said who is at the machine."""
    written = line(value)
    return None if written is None or _NOBODY.fullmatch(written) else written


def line(value: object) -> str | None:
    """`value` as one line of text; a list is joined with commas, anything nested or empty is None."""
    parts = value if isinstance(value, list | tuple) else [value]
    written = [str(part) for part in parts if isinstance(part, str | int | float | date)]
    return " ".join(normalise(", ".join(written)).split()) or None
