"""PDF: the text layer, with the place where each page starts.

PDFium gives characters with their boxes; lines are put together to paragraphs by their distance, indent and size, and
what stands at the top or foot of most pages is left out.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from index.articles import Article, normalise
from index.loading.datelines import imprint
from index.loading.fields import MAX_CHARACTERS, article, person
from index.loading.paragraphs import Page, TextLine, paged_text
from index.loading.raw import Raw
from index.loading.sniffing import hint

MAX_PAGES = 3_000
LINE_WORDS = 9
"""A line of so many words is one of running text."""

MIN_LETTERS = 20
"""A document with fewer letters and digits has no text layer."""

_FILE_TITLE = re.compile(
    r"microsoft word|untitled|\.(?:docx?|pdf|indd|qxd|tex|pages|rtf)\b|^\W*$", re.IGNORECASE
)
_PRINTED = re.compile(rb"<prism:(?:publicationDate|coverDate)>\s*(\d{4}-\d\d-\d\d)")
_MADE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")
_PDFIUM = threading.Lock()
"""PDFium may be used by one thread at a time."""


def load_pdf(raw: Raw) -> Iterator[Article]:
    """The one article of a PDF; LoadError where it is broken, encrypted, too long, or only pictures.

    Published when its first lines or its PRISM metadata say; the day on which the file was made is
    that on which this copy was taken.
    """
    import pypdfium2

    content = raw.read()
    if b"%PDF-" not in content[:1024]:
        raise raw.error(f"is no PDF; {hint(content, '.pdf')}")
    with _PDFIUM:
        try:
            pages, about = _read(raw, content)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower() or "security" in str(error).lower():
                raise raw.error("is encrypted; save a copy without a password") from error
            raise raw.error(f"is a broken PDF ({error}); get the file again") from error
    text, starts, left_out, headline = paged_text(pages)
    if sum(character.isalnum() for character in text) < MIN_LETTERS:
        raise raw.error(
            f"has no text layer, only pictures ({len(pages)} pages); run it through text recognition (OCR) first"
        )
    title = about.get("Title", "")
    said = imprint("\n".join(line.text for page in pages for line in page), prose_words=LINE_WORDS)
    printed = _PRINTED.search(content)
    fields = {
        "title": headline if not title or _FILE_TITLE.search(title) else title,
        "author": said["author"] or person(about.get("Author")),
        "published": said["published"] or (printed[1].decode("ascii") if printed else None),
        "fetched": _made(about.get("CreationDate", "")),
    }
    yield article(raw, text, fields, pages=starts, left_out=left_out)


def _made(written: str) -> date | None:
    """The day of a PDF's own date, such as "D:20240312103000+01'00'"; None for another one."""
    match = _MADE.match(written)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _read(raw: Raw, content: bytes) -> tuple[list[Page], dict[str, str]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        if len(document) > MAX_PAGES:
            raise raw.error(f"has {len(document):,} pages, the limit is {MAX_PAGES:,}; split it")
        pages: list[Page] = []
        size = 0
        for number in range(len(document)):
            pages.append(_page(document, number))
            size += sum(len(line.text) for line in pages[-1])
            if size > MAX_CHARACTERS:
                raise raw.error(f"holds more than {MAX_CHARACTERS:,} characters; split it")
        return pages, {key: normalise(value).strip() for key, value in document.get_metadata_dict().items()}
    finally:
        document.close()


def _page(document: Any, number: int) -> Page:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            return list(_lines(text))
        finally:
            text.close()
    finally:
        page.close()


def _lines(page: Any) -> Iterator[TextLine]:
    from pypdfium2 import raw as pdfium

    places: list[int] = []
    signs: list[str] = []
    for place in range(min(page.count_chars(), MAX_CHARACTERS)):
        sign = chr(pdfium.FPDFText_GetUnicode(page, place))
        if sign in "\r\n":
            yield from _line(page, signs, places)
            signs, places = [], []
        else:
            # PDFium writes its own signs for a hyphen that only breaks a word.
            is_hyphen = sign in "\x02\ufffe" or pdfium.FPDFText_IsHyphen(page, place) == 1
            signs.append("\u00ad" if is_hyphen else sign)
            places.append(place)
            if is_hyphen and _line_ends(page, place):
                yield from _line(page, signs, places)
                signs, places = [], []
    yield from _line(page, signs, places)


def _line_ends(page: Any, place: int) -> bool:
    """Whether what follows the hyphen at `place` stands lower than what is before it."""
    if not 0 < place < page.count_chars() - 1:
        return False
    _, bottom, _, top = page.get_charbox(place - 1, loose=True)
    following = page.get_charbox(place + 1, loose=True)
    return bool(following[1] < bottom - (top - bottom) / 2)


def _line(page: Any, signs: list[str], places: list[int]) -> Iterator[TextLine]:
    seen = [
        place
        for sign, place in zip(signs, places, strict=True)
        if not sign.isspace() and sign not in "\0\u00ad"
    ]
    if not seen:
        return
    paired = "".join(signs).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = " ".join(normalise(paired).split())
    boxes = [page.get_charbox(place, loose=True) for place in {seen[0], seen[len(seen) // 2], seen[-1]}]
    sizes = Counter(round(top - bottom, 1) for _, bottom, _, top in boxes)
    yield TextLine(
        text=text,
        left=min(box[0] for box in boxes),
        right=max(box[2] for box in boxes),
        bottom=min(box[1] for box in boxes),
        size=max(sizes),
    )
