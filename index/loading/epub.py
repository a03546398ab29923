"""E-books (`.epub`): one article a book, its chapters in order under their headings."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from index.articles import Article, normalise
from index.loading.blocks import Block, blocks, written
from index.loading.fields import MAX_CHARACTERS, article
from index.loading.markup import page_text, parse
from index.loading.raw import Raw
from index.loading.zip_members import Members, opened

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
MAX_XML = 4 * 2**20
_DC = "{http://purl.org/dc/elements/1.1/}"


def load_epub(raw: Raw) -> Iterator[Article]:
    """The book as one article; LoadError where it is broken, encrypted, or has no text."""
    with opened(raw) as members:
        if CONTAINER not in members.names:
            raise raw.error(f"is no EPUB: it holds no {CONTAINER}; give a plain ZIP archive the suffix .zip")
        members.check_all()
        root = next(
            (file for file in _xml(members, CONTAINER).iter() if file.tag.endswith("}rootfile")), None
        )
        package_name = root.get("full-path", "") if root is not None else ""
        package = _xml(members, package_name)
        chapters = [
            name for name in _chapters(package, posixpath.dirname(package_name)) if name in members.names
        ]
        _refuse_encrypted(raw, members, chapters)
        found: list[Block] = []
        for name in chapters:
            found.extend(blocks(parse(page_text(replace(raw, content=members.read(name))), raw)))
            if sum(len(block.text) for block in found) > MAX_CHARACTERS:
                raise raw.error(f"holds more than {MAX_CHARACTERS:,} characters; split it")
    yield article(raw, normalise(written(found)), _fields(package))


def _xml(members: Members, name: str) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    if name not in members.names:
        raise members.raw.error(
            f"is a broken EPUB: {name or 'its list of contents'!r} is missing; get the file again"
        )
    try:
        tree: Element = fromstring(members.read(name, MAX_XML))
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise members.raw.error(
            f"is a broken EPUB: {name!r} cannot be read ({error}); get the file again"
        ) from error
    return tree


def _chapters(package: Element, folder: str) -> Iterator[str]:
    """The paths of the chapters in reading order, without the table of contents."""
    items = {item.get("id"): item for item in package.iter() if item.tag.endswith("}item")}
    for reference in package.iter():
        item = items.get(reference.get("idref")) if reference.tag.endswith("}itemref") else None
        if (
            item is None
            or "nav" in (item.get("properties") or "").split()
            or "html" not in (item.get("media-type") or "")
        ):
            continue
        yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "").partition("#")[0]))


def _refuse_encrypted(raw: Raw, members: Members, chapters: list[str]) -> None:
    """LoadError where the chapters, and not only fonts, are encrypted."""
    if ENCRYPTION not in members.names:
        return
    locked = {
        unquote(part.get("URI") or "")
        for part in _xml(members, ENCRYPTION).iter()
        if part.tag.endswith("}CipherReference")
    }
    if locked & set(chapters):
        raise raw.error("is encrypted (DRM); get a copy without copy protection")


def _fields(package: Element) -> dict[str, object]:
    def first(name: str) -> str | None:
        return next(
            (part.text for part in package.iter(f"{_DC}{name}") if part.text and part.text.strip()), None
        )

    return {
        "title": first("title"),
        "author": [part.text for part in package.iter(f"{_DC}creator") if part.text] or None,
        "outlet": first("publisher"),
        "published": (first("date") or "")[:10] or None,
        "language": first("language"),
    }
