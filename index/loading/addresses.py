"""Lists of URLs (`.urls`, an address a line): the articles at these addresses, fetched where that is allowed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from index.articles import Article
from index.errors import FetchError
from index.loading.media_types import suffix_of_content
from index.loading.parts import articles_of
from index.loading.raw import Raw
from index.loading.sniffing import looks_like

MAX_ADDRESSES = 10_000


def load_addresses(raw: Raw) -> Iterator[Article]:
    """The articles at the addresses in a list, called FILE#ADDRESS; what cannot be fetched is told, and the others go on.

    Raises LoadError where fetching was not allowed, a line is no web address, or nothing could be fetched.
    """
    wanted = list(_wanted(raw))
    if raw.options.fetcher is None:
        raise raw.error(
            f"lists {len(wanted)} addresses, and fetching is off; allow it (--fetch), or save the pages"
        )
    pages = (fetched_articles(raw.inside(address, b""), address, {}) for address in wanted)
    yield from articles_of(raw, pages, "lists no address; write one a line")


def fetched_articles(part: Raw, address: str, fields: Mapping[str, object]) -> Iterator[Article]:
    """The articles at `address`, with `fields` where the page itself says nothing else; LoadError where it cannot be had."""
    from index.loading.kinds import loader_of

    fetcher = part.options.fetcher
    assert fetcher is not None, "fetching is off"
    try:
        page = fetcher.get(address)
    except FetchError as error:
        raise part.error(str(error)) from error
    suffix = suffix_of_content(page.media_type) or looks_like(page.content)
    loader = loader_of(suffix or "")
    if loader is None or suffix == ".urls":
        raise part.error(
            f"is of a kind that cannot be read ({page.media_type or 'unnamed'}); save its article as a page"
        )
    outside = {"url": page.url, "fetched": page.fetched, "charset": page.charset}
    yield from loader(replace(part, content=page.content, fields={**fields, **outside}))


def _wanted(raw: Raw) -> Iterator[str]:
    seen: set[str] = set()
    for number, line in enumerate(raw.text().split("\n"), start=1):
        address = line.strip()
        if not address or address.startswith("#") or address in seen:
            continue
        if not _is_address(address):
            raise raw.error(
                f"line {number} is no web address: {address[:60]!r}; write one a line, with http:// or https://"
            )
        seen.add(address)
        if len(seen) > MAX_ADDRESSES:
            raise raw.error(f"lists more than {MAX_ADDRESSES:,} addresses; split it")
        yield address


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
