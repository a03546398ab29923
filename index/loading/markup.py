"""Bytes of a web page to a tree, within limits."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from index.articles import normalise
from index.errors import LoadError
from index.loading.decoding import BINARY_PROBE, decode
from index.loading.raw import Raw
from index.loading.sniffing import hint, looks_like

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_MARKUP = 6 * 2**20
"""Longest markup of one page in characters, embedded pictures not counted."""

MAX_ELEMENTS = 30_000
MAX_NESTING = 100
MAX_ATTRIBUTES = 2_000
MAX_NAME = 500
"""What is longer of an element's class or id is cut off: each of its words is looked up."""


_DATA_ADDRESS = re.compile(rb"data:[\w.+/-]+(?:;[\w=-]+)*,[^\"'()\s<>]{256,}")
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE
)
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{8000,}")
_TAG = re.compile(r"<[a-zA-Z!/]")


def page_text(raw: Raw) -> str:
    """The markup of a page, in the encoding that its bytes are valid in: UTF-8, the one it names, or the likeliest.

    Raises LoadError where it is no markup, or too long.
    """
    content = _DATA_ADDRESS.sub(b"data:,", raw.read())
    if len(content) > MAX_MARKUP:
        raise raw.error(
            f"holds {len(content):,} bytes of markup, the limit is {MAX_MARKUP:,}; save the article alone"
        )
    try:
        text = _in_named_encoding(content, raw.fields.get("charset")) or _decoded(raw, content)
    except LoadError as error:
        raise raw.error(error.reason) from error
    if not _TAG.search(text):
        known = looks_like(content)
        raise raw.error(
            f"holds no HTML; {hint(content, '.html') if known else 'call it .txt if it is plain text'}"
        )
    return normalise(text)


def _in_named_encoding(content: bytes, outside: object) -> str | None:
    """The text where it is UTF-8, or the page says which encoding it is in."""
    if b"\0" in content[:BINARY_PROBE]:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        inside = _CHARSET.search(content[:4096])
    for name in (str(outside or ""), inside[1].decode("ascii") if inside else ""):
        # Browsers read Latin-1 as Windows-1252, and pages rely on it.
        name = "cp1252" if name.lower() in ("iso-8859-1", "latin1", "us-ascii", "ascii") else name
        try:
            if name and codecs.lookup(name).name not in ("utf-16", "utf-16-le", "utf-16-be"):
                return content.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return None


def _decoded(raw: Raw, content: bytes) -> str:
    text, encoding = decode(raw.path, content)
    if not encoding.startswith("utf"):
        raw.tell(f"names no encoding, read as {encoding}; check its accents")
    return text


def parse(text: str, raw: Raw | None = None) -> HtmlElement:
    """The tree of a page; LoadError where it is nested deeper or has more elements than any article."""
    from lxml import etree, html

    # The parser compares each attribute of a tag with all others.
    if any(tag.group().count("=") > MAX_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise _refused(raw, f"has a tag of more than {MAX_ATTRIBUTES:,} attributes; save the article alone")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = html.document_fromstring(text.encode(), parser=parser, ensure_head_body=True)
    except etree.ParserError as error:
        raise _refused(raw, "holds no HTML that can be read; save the page again") from error
    # The parser stops at a depth of its own, and what lies deeper would be lost in silence.
    too_deep = any("depth" in entry.message.lower() for entry in parser.error_log)
    count = 0
    for count, element in enumerate(tree.iter(), start=1):
        for name in ("class", "id"):
            if len(element.get(name) or "") > MAX_NAME:
                element.set(name, element.get(name)[:MAX_NAME])
        if count % 64 == 0 and sum(1 for _ in element.iterancestors()) > MAX_NESTING:
            too_deep = True
            break
    if too_deep:
        raise _refused(raw, f"is nested more than {MAX_NESTING} elements deep; save the article alone")
    if count > MAX_ELEMENTS:
        raise _refused(raw, f"has {count:,} elements, the limit is {MAX_ELEMENTS:,}; save the article alone")
    return tree


def _refused(raw: Raw | None, reason: str) -> LoadError:
    return raw.error(reason) if raw else LoadError("HTML", reason)
