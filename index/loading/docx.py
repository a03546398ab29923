"""Word documents (.docx): headings, paragraphs, lists and tables in their order."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from index.articles import Article, normalise
from index.loading.datelines import imprint
from index.loading.fields import article, person
from index.loading.raw import Raw
from index.loading.sniffing import hint
from index.loading.zip_members import opened

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = f"{{{_WORD}}}type"
"""What only the lines between text and notes have."""

_TEXT = (
    "(.//w:t|.//w:tab|.//w:br|.//w:p[preceding-sibling::w:p])"
    "[not(ancestor::w:moveFrom or ancestor::w:txbxContent or ancestor::w:tabs)]"
)
_PROPERTIES = re.compile(r"customXml/item\d+\.xml")
_PRINTED = re.compile(rb"<PublishDate>\s*(\d{4}-\d\d-\d\d)")
TEMPLATE_DAY = date(2013, 12, 23)
"""When each document was last saved that programs make with python-docx and say nothing else."""

_LIST = re.compile(r"list", re.IGNORECASE)


def load_docx(raw: Raw) -> Iterator[Article]:
    """The one article of a `.docx` file; LoadError where it is broken, encrypted, or no Word document.

    Published when its first lines or its cover page's property say; the day on which the file was last saved is that on
    which this copy was taken.
    """
    from docx import Document

    content = raw.read()
    if not content.startswith(b"PK"):
        raise raw.error(f"is no Word document; {hint(content, '.docx')}")
    with opened(raw) as members:
        if not any(name.startswith("word/") for name in members.names):
            raise raw.error(f"is no Word document; {hint(content, '.docx')}")
        members.check_all()
        parts = [members.read(name) for name in members.names if _PROPERTIES.match(name)]
        notes = [members.read(name) for name in _NOTES if name in members.names]
    document = Document(io.BytesIO(content))
    found = list(_parts(document, document.element.body))
    lines = [line for line in map(_written, found) if line] + [
        line for part in notes for line in _notes(part)
    ]
    about = _properties(document)
    text = normalise("\n\n".join(lines))
    said, saved = imprint(text), about.modified.date() if about and about.modified else None
    printed = _PRINTED.search(b"".join(parts))
    fields = {
        "title": _styled(found, "title") or (about and about.title) or _styled(found, "heading 1"),
        "author": said["author"] or person(about.author if about else None),
        "published": said["published"] or (printed[1].decode("ascii") if printed else None),
        "fetched": None if saved == TEMPLATE_DAY else saved,
        "language": (about and about.language) or None,
    }
    yield article(raw, text, fields)


def _properties(document: Any) -> Any:
    """What the file says of itself; None where it says nothing, for which python-docx would make up a title and a day."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    except KeyError:
        return None
    return document.core_properties


def _parts(document: Any, element: Any) -> Iterator[Any]:
    """Paragraphs and tables in their order, those in content controls, such as a cover page's, too."""
    from docx.oxml.ns import qn
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    for child in element:
        if child.tag == qn("w:p"):
            yield Paragraph(child, document)
        elif child.tag == qn("w:tbl"):
            yield Table(child, document)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _parts(document, child)


@cache
def _text_nodes() -> Any:
    from lxml.etree import XPath

    return XPath(_TEXT, namespaces={"w": _WORD})


def _words(element: Any) -> str:
    """The words below an element as they stand: what was inserted, not what was deleted or moved away; no text boxes."""
    words = (node.text or " " for node in _text_nodes()(element))
    return " ".join("".join(words).split())


def _notes(content: bytes) -> list[str]:
    """The footnotes or endnotes in their order, a list item each."""
    from docx.oxml.parser import parse_xml

    found = (_words(note) for note in parse_xml(content) if not note.get(_TYPE))
    return [f"- {words}" for words in found if words]


def _styled(found: Sequence[Any], style: str) -> str | None:
    """The first paragraph of this style."""
    styled = (
        _words(part._p) for part in found if not hasattr(part, "rows") and _style(part).lower() == style
    )
    return next(filter(None, styled), None)


def _written(part: Any) -> str:
    if hasattr(part, "rows"):
        return "\n".join(filter(None, map(_row, part.rows)))
    text, style = _words(part._p), _style(part)
    if not text:
        return ""
    if heading := _HEADING.match(style):
        return f"{'#' * (1 + int(heading[1]))} {text}"
    if style.lower() in ("title", "subtitle"):
        return f"# {text}"
    return f"- {text}" if _LIST.match(style) or _is_numbered(part) else text


def _row(row: Any) -> str:
    """A table's row as a list item; cells that are joined are given several times, and are written once."""
    cells = [_words(cell._tc) for cell in row.cells]
    text = " | ".join(
        cell for place, cell in enumerate(cells) if cell and cell not in cells[max(0, place - 1) : place]
    )
    return f"- {text}" if text else ""


def _style(paragraph: Any) -> str:
    style = paragraph.style
    return str(style.name or "") if style is not None else ""


def _is_numbered(paragraph: Any) -> bool:
    properties = paragraph._p.pPr
    return properties is not None and properties.numPr is not None
