"""RSS and Atom feeds: an article for each entry, from the text in the feed or, where fetching is allowed, from its page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from index.articles import Article
from index.errors import LoadError
from index.loading.fields import article
from index.loading.html import fragment
from index.loading.raw import Raw
from index.loading.sniffing import hint

MAX_FEED_BYTES = 16 * 2**20
WHOLE_WORDS = 120
"""An entry with fewer words is taken for a teaser, and its page fetched where that is allowed."""


def load_feed(raw: Raw) -> Iterator[Article]:
    """The articles of a feed, called FILE#ID by the entry's own id, else address or number.

    Raises LoadError where it is no feed, declares entities of its own, or no entry has a text.
    """
    import feedparser

    content = raw.read(MAX_FEED_BYTES)
    if b"<!ENTITY" in content:
        raise raw.error(
            "declares XML entities, which can be made to grow without end; take the declarations out"
        )
    parsed = feedparser.parse(io.BytesIO(content))
    if not parsed.get("version") and not parsed.entries:
        raise raw.error(f"is no RSS or Atom feed; {hint(content, '.rss')}")
    outlet, language = parsed.feed.get("title"), parsed.feed.get("language")
    empty = loaded = 0
    for number, entry in enumerate(parsed.entries, start=1):
        fields = {"outlet": outlet, "language": language, **_fields(entry)}
        part = raw.inside(str(entry.get("id") or entry.get("link") or number), b"")
        try:
            found = list(_of_entry(part, entry, {key: value for key, value in fields.items() if value}))
        except LoadError:
            found = []
        empty += not found
        loaded += len(found)
        yield from found
    if not loaded:
        raise raw.error(f"none of its {empty} entries has a text; fetch their pages, or save those")
    if empty:
        raw.tell(f"{empty} of its entries have no text and were left out")


def _of_entry(part: Raw, entry: Any, fields: dict[str, object]) -> Iterator[Article]:
    from index.loading.addresses import fetched_articles

    text, left_out = _text(entry)
    address = fields.get("url")
    if part.options.fetcher and isinstance(address, str) and len(text.split()) < WHOLE_WORDS:
        try:
            yield from list(fetched_articles(part, address, fields))
            return
        except LoadError as error:
            part.notify(f"taken from the feed itself: {error}")
    yield article(part, text, fields, left_out=left_out)


def _text(entry: Any) -> tuple[str, tuple[str, ...]]:
    contents = [part.get("value") or "" for part in entry.get("content") or ()]
    markup = max([*contents, entry.get("summary") or ""], key=len)
    return fragment(markup) if markup.strip() else ("", ())


def _fields(entry: Any) -> dict[str, object]:
    link = str(entry.get("link") or "")
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return {
        "title": _bare(entry.get("title")),
        "author": entry.get("author"),
        "published": f"{moment.tm_year:04}-{moment.tm_mon:02}-{moment.tm_mday:02}" if moment else None,
        "url": link if link.startswith(("http://", "https://")) else None,
    }


def _bare(title: str | None) -> str | None:
    """A title without the markup that some feeds put into it."""
    return fragment(title)[0].lstrip("# ") or None if title and "<" in title else title
