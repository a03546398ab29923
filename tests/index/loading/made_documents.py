# ruff: noqa: E501
"""Small documents of every kind, made on the spot, with one story in our own words."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

TITLE = "Ferry to Skerry Island runs again"
FIRST = "The ferry to Skerry Island sailed again on Tuesday after nine days in dock."
SECOND = "Some 340 islanders had been cut off from the mainland, the harbour master said."
HTML = f"""<html lang="en"><head><title>{TITLE} | Coast Gazette</title><meta name="author" content="Nell Harbin">
<meta property="article:published_time" content="2024-02-06T08:00:00Z"></head><body><nav><a href="/">Home</a></nav>
<article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></article><footer>All rights reserved</footer></body></html>"""


def written(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def gzipped(content: bytes) -> bytes:
    """The same bytes whenever it is made."""
    return gzip.compress(content, mtime=0)


Line = tuple[float, float, float, str]
"""A line of a PDF: size, left, distance from the page's foot, words."""


def pdf(pages: list[list[Line]], title: str = "") -> bytes:
    """A PDF in Helvetica."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for page in pages:
        shown = "".join(f"BT /F1 {size} Tf {x} {y} Td ({escaped(text)}) Tj ET\n" for size, x, y, text in page)
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}endstream")
        stream = len(objects)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {stream} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< /Title ({escaped(title)}) /CreationDate (D:20190101000000Z) >>")
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    return (
        made
        + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{len(made)}\n%%EOF\n".encode()
    )


def escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def docx() -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.author = "Nell Harbin"
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(FIRST)
    document.add_heading("What it cost", level=2)
    document.add_paragraph("Repairs: 1.2 million crowns", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Cars waiting", "85"
    document.add_paragraph(SECOND)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def epub(**extra: str) -> bytes:
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{TITLE}</dc:title><dc:creator>Nell Harbin</dc:creator><dc:publisher>Coast Press</dc:publisher>"
        "<dc:date>2024-02-06T00:00:00Z</dc:date><dc:language>en</dc:language></metadata><manifest>"
        '<item id="nav" properties="nav" href="nav.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="two.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="nav"/><itemref idref="a"/><itemref idref="b"/></spine></package>',
        "OEBPS/nav.xhtml": "<html><body><p>Contents</p></body></html>",
        "OEBPS/one.xhtml": f"<html><body><h1>Sailing day</h1><p>{FIRST}</p></body></html>",
        "OEBPS/two.xhtml": f"<html><body><h1>The wait</h1><p>{SECOND}</p></body></html>",
        **extra,
    }
    return zipped(files)


def zipped(files: dict[str, str | bytes] | dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(
                zipfile.ZipInfo(name),
                content,
                zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED,
            )
    return stream.getvalue()


def tarred(
    files: dict[str, str], packed: Callable[[bytes], bytes] = gzipped, link: str | None = None
) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content.encode())
            archive.addfile(member, io.BytesIO(content.encode()))
        if link:
            member = tarfile.TarInfo(link)
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(member)
    return packed(stream.getvalue())


def eml(*, html: bool = False, attachment: tuple[str, bytes] | None = None) -> bytes:
    message = EmailMessage()
    message["From"] = "Nell Harbin <nell@gazette.example>"
    message["Subject"] = TITLE
    message["Date"] = "Tue, 06 Feb 2024 08:00:00 +0000"
    message["Message-ID"] = "<ferry-1@gazette.example>"
    message["List-Id"] = '"Coast Gazette daily" <daily.gazette.example>'
    message.set_content(
        f"{FIRST}\n\n{SECOND}\n\nOn Monday, Ole wrote:\n> Is the ferry back?\n\n-- \nNell\nTelephone 555 0100\n"
    )
    if html:
        message.set_content(f"<p>{FIRST}</p><p>{SECOND}</p><nav>Home</nav>", subtype="html")
    if attachment:
        message.add_attachment(
            attachment[1], maintype="application", subtype="octet-stream", filename=attachment[0]
        )
    return message.as_bytes()


def mhtml() -> bytes:
    page = EmailMessage()
    page["From"] = "<Saved by a browser>"
    page["Snapshot-Content-Location"] = "https://gazette.example/ferry"
    page["Date"] = "Wed, 07 Feb 2024 10:00:00 -0000"
    page.set_content(HTML, subtype="html")
    page.make_related()
    page.add_related(b"\x89PNG", maintype="image", subtype="png")
    return page.as_bytes()


def warc(*, packed: bool = True) -> bytes:
    """A web archive of a page, a page that was not found, and a style sheet."""
    made = b""
    for address, status, kind, body in (
        ("https://gazette.example/ferry", "200 OK", "text/html; charset=utf-8", HTML),
        ("https://gazette.example/gone", "404 Not Found", "text/html", HTML),
        ("https://gazette.example/style.css", "200 OK", "text/css", "p { color: red }"),
    ):
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{body}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-02-07T10:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        record = head.encode() + answer + b"\r\n\r\n"
        made += gzipped(record) if packed else record
    return made


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Coast Gazette</title>
<language>en</language><item><title>{TITLE}</title><link>https://gazette.example/ferry</link><guid>ferry-1</guid><pubDate>Tue, 06 Feb 2024 08:00:00 GMT</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>{FIRST}</p><p>{SECOND}</p><p class="share-links"><a href="#">Share this</a></p>]]></content:encoded></item>
<item><title>Empty</title><guid>ferry-2</guid></item></channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Coast Gazette</title><entry><id>ferry-1</id><title>{TITLE}</title>
<author><name>Nell Harbin</name></author><updated>2024-02-06T08:00:00Z</updated><content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content></entry></feed>"""
CSV = f'Headline;Source;pub_date;Body\n{TITLE};Coast Gazette;2024-02-06;"{FIRST} {SECOND}"\n'
JSON = f'{{"articles": [{{"source": {{"id": null, "name": "Coast Gazette"}}, "title": "{TITLE}", "publishedAt": "2024-02-06T08:00:00Z", "content": "{FIRST} {SECOND}"}}]}}'


def samples() -> dict[str, bytes]:
    """A sound file of every kind that is not plain text, by its name."""
    body = [(18.0, 72, 700, TITLE), (11.0, 72, 660, FIRST), (11.0, 72, 646, SECOND)]
    return {
        "a.html": HTML.encode(), "a.mhtml": mhtml(), "a.warc": warc(packed=False), "a.warc.gz": warc(), "a.pdf": pdf([body]),
        "a.docx": docx(), "a.epub": epub(), "a.eml": eml(), "a.mbox": b"From x Tue Feb  6 08:00:00 2024\n" + eml() + b"\n",
        "a.csv": CSV.encode(), "a.json": JSON.encode(), "a.jsonl": JSON[14:-2].encode(), "a.zip": zipped({"one.html": HTML}),
        "a.tar.gz": tarred({"one.html": HTML}), "a.tar": tarred({"one.html": HTML}, bytes),
        "a.tar.xz": tarred({"one.html": HTML}, lzma.compress), "a.tbz2": tarred({"one.html": HTML}, bz2.compress), "a.rss": RSS.encode(), "a.atom": ATOM.encode(),
    }  # fmt: skip
