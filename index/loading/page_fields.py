"""What a web page says of itself: title, author, outlet, dates, address, language."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.loading.blocks import Block
from index.loading.datelines import imprint
from index.loading.raw import Raw

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MIN_TITLE_SHARE = 0.4
"""A headline on the page makes up at least so much of the page's `title` element."""

MAX_OUTLET_WORDS = 6
MAX_AUTHOR_WORDS = 8

_SAVED = re.compile(r"saved date:\s*(?:\w{3}\s+)?(\w{3} \d{1,2} \d{4})", re.IGNORECASE)
_SAVED_URL = re.compile(r"(?:^\s*url:|saved from url=\(\d+\))\s*(https?://\S+)", re.IGNORECASE | re.MULTILINE)
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z]{2,4})?")
_SEPARATOR = re.compile(r"\s+[|•·»–—-]\s+|\s*\|\s*")
_PRINT = re.compile(r"print(?:er)?[- ]?(?:friendly)?(?: (?:version|view|page))?", re.IGNORECASE)
_ARTICLE_TYPE = re.compile(r"Article|Posting|Report")


def page_fields(tree: HtmlElement, text: str, found_blocks: list[Block], raw: Raw) -> dict[str, object]:
    """The fields that the page's own markup gives, else the lines below its headline; no date is guessed from running text."""
    from trafilatura.metadata import extract_metadata

    saved = _saved(text)
    address = str(raw.fields.get("url") or saved.get("url") or _read_at(tree)) or None
    dates = {"original_date": True, "extensive_search": False}
    with warnings.catch_warnings():
        # A time zone that nobody knows changes no day.
        warnings.filterwarnings("ignore", "tzname")
        found = extract_metadata(deepcopy(tree), default_url=address, extensive=False, date_config=dates)
    linked = list(_linked_data(tree))
    title = _headline(tree, found_blocks) or _one(linked, "headline") or found.title
    said = _below(str(title or ""), found_blocks)
    return {
        "title": title,
        "author": _author(tree, linked) or found.author or said["author"],
        "outlet": _outlet(tree, linked, str(title or ""), found.url or address),
        "published": found.date or said["published"],
        "url": found.url or address,
        "language": _language(tree),
        **saved,
    }


def page_body(tree: HtmlElement) -> str:
    """The article's text as the page's JSON-LD holds it, often beside markup that a script would fill; empty for none."""
    bodies = (data.get("articleBody") for data in _linked_data(tree))
    return max((body for body in bodies if isinstance(body, str)), key=len, default="")


def _below(title: str, found: list[Block]) -> dict[str, object]:
    """Author and day in the lines that start with the headline.

    Where no block is the headline, a day counts only beside a byline: by itself it may be the masthead's, today's.
    """
    texts = [" ".join(block.text.split()) for block in found]
    if title in texts:
        return imprint("\n".join(texts[texts.index(title) :]))
    said = imprint("\n".join(texts))
    return said if said["author"] else {"author": None, "published": None}


def _read_at(tree: HtmlElement) -> str:
    """The address that a browser's reader mode names above the article."""
    return str(tree.xpath("string(//a[contains(@class, 'reader-domain')]/@href)"))


def _meta(tree: HtmlElement, *names: str) -> str:
    for name in names:
        value = tree.xpath("string(//meta[@property=$name or @name=$name]/@content)", name=name)
        if written := " ".join(str(value).split()):
            return written
    return ""


def _headline(tree: HtmlElement, found: list[Block]) -> str | None:
    """The headline as it stands on the page: the first heading, else block, that the `title` element repeats."""
    named = [
        _words(name) for name in (_meta(tree, "og:title"), str(tree.xpath("string(//title)"))) if name.strip()
    ]
    for is_heading in (True, False):
        for block in found:
            words = _words(block.text)
            if (
                (block.kind == "heading") == is_heading
                and len(words) > 1
                and any(
                    f" {' '.join(words)} " in f" {' '.join(name)} "
                    and len(words) >= MIN_TITLE_SHARE * len(name)
                    for name in named
                )
            ):
                return " ".join(block.text.split())
    return _meta(tree, "og:title") or None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _author(tree: HtmlElement, linked: list[dict[str, object]]) -> str | None:
    written = _one(linked, "author") or _meta(
        tree, "author", "article:author", "dc.creator", "DC.creator", "parsely-author"
    )
    if written and "://" not in written:
        return written
    shown = tree.xpath(
        '//*[@rel="author" or @itemprop="author" or contains(@class, "byline") or contains(@class, "credits")]'
    )
    names = (_BY.sub("", " ".join(element.text_content().split())) for element in shown[:3])
    return next((name for name in names if 0 < len(name.split()) <= MAX_AUTHOR_WORDS), None)


def _outlet(
    tree: HtmlElement, linked: list[dict[str, object]], title: str, address: str | None
) -> str | None:
    """Who printed it: as the markup says, else what stands beside the headline in the `title` element, else the host."""
    if (
        written := _meta(tree, "og:site_name")
        or _one(linked, "publisher")
        or _meta(tree, "application-name", "dc.publisher")
    ):
        return written
    parts = [part.strip() for part in _SEPARATOR.split(" ".join(str(tree.xpath("string(//title)")).split()))]
    parts = [part for part in parts if not _PRINT.fullmatch(part)]
    beside = [part for part in parts if part and _words(part) != _words(title) and part not in title]
    if len(parts) > 1 and len(beside) == 1 and len(beside[0].split()) <= MAX_OUTLET_WORDS:
        return beside[0]
    host = urlsplit(address or "").hostname or ""
    return host.removeprefix("www.") or None


def _language(tree: HtmlElement) -> str | None:
    match = _LANGUAGE.match((tree.get("lang") or _meta(tree, "og:locale")).strip())
    return match.group().replace("_", "-") if match else None


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """The objects of the page's JSON-LD that describe an article."""
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        try:
            waiting = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting.extend(reversed(value))
            elif isinstance(value, dict):
                waiting.extend(value[key] for key in ("@graph", "mainEntity") if key in value)
                if _ARTICLE_TYPE.search(str(value.get("@type"))):
                    yield value


def _one(linked: list[dict[str, object]], key: str) -> str | None:
    """The first value of `key` in the linked data: its text or names."""
    for described in linked:
        values = described.get(key)
        names = [
            value.get("name") if isinstance(value, dict) else value
            for value in (values if isinstance(values, list) else [values])
        ]
        if written := ", ".join(
            " ".join(name.split()) for name in names if isinstance(name, str) and name.strip()
        ):
            return written
    return None


def _saved(text: str) -> dict[str, object]:
    """Address and day that a browser's "save page" wrote into a comment at the top."""
    top = text[:2000]
    found: dict[str, object] = {}
    if url := _SAVED_URL.search(top):
        found["url"] = url[1]
    if day := _SAVED.search(top):
        try:
            found["fetched"] = datetime.strptime(day[1], "%b %d %Y").date()
        except ValueError:
            return found
    return found
