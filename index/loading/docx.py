"""Word documents (.docx): headings, paragraphs, lists and tables in their order."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from index.articles import Article, normalise
from index.loading.datelines import imprint
from index.loading.fields import article, person
from index.loading.raw import Raw
from index.loading.sniffing import hint
from index.loading.zip_members import opened

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
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
    document = Document(io.BytesIO(content))
    lines = [line for line in (_written(part) for part in document.iter_inner_content()) if line]
    about = document.core_properties
    title = next(
        (p.text for p in document.paragraphs if _style(p).lower() == "title" and p.text.strip()), about.title
    )
    text = normalise("\n\n".join(lines))
    said, saved = imprint(text), about.modified.date() if about.modified else None
    printed = _PRINTED.search(b"".join(parts))
    fields = {
        "title": title or None,
        "author": said["author"] or person(about.author),
        "published": said["published"] or (printed[1].decode("ascii") if printed else None),
        "fetched": None if saved == TEMPLATE_DAY else saved,
        "language": about.language or None,
    }
    yield article(raw, text, fields)


def _written(part: Any) -> str:
    if hasattr(part, "rows"):
        return "\n".join(filter(None, map(_row, part.rows)))
    text = " ".join(part.text.split())
    style = _style(part)
    if not text:
        return ""
    if heading := _HEADING.match(style):
        return f"{'#' * (1 + int(heading[1]))} {text}"
    if style.lower() in ("title", "subtitle"):
        return f"# {text}"
    return f"- {text}" if _LIST.match(style) or _is_numbered(part) else text


def _row(row: Any) -> str:
    """A table's row as a list item; cells that are joined are given several times, and are written once."""
    cells = [" ".join(cell.text.split()) for cell in row.cells]
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
