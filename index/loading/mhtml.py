"""Web pages saved with all that belongs to them in one file (`.mhtml`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError

from index.articles import Article
from index.loading.fields import line
from index.loading.html import load_html
from index.loading.raw import Raw
from index.loading.sniffing import hint


def load_mhtml(raw: Raw) -> Iterator[Article]:
    """The article of the saved page, which was fetched on the day that the file gives."""
    content = raw.read()
    try:
        message = message_from_bytes(content)
        pages = [
            part
            for part in message.walk()
            if part.get_content_type() in ("text/html", "application/xhtml+xml")
        ]
        page = pages[0].get_payload(decode=True) if pages else None
    except (MessageError, ValueError, LookupError, RecursionError, TypeError) as error:
        raise raw.error(f"is a broken MHTML file ({error}); save the page again") from error
    if not isinstance(page, bytes) or not page.strip():
        raise raw.error(f"holds no web page; {hint(content, '.mhtml')}")
    address = (
        line(str(message.get("Snapshot-Content-Location") or pages[0].get("Content-Location") or "")) or ""
    )
    fields = {
        "url": address if address.startswith(("http://", "https://")) else None,
        "fetched": line(str(message.get("Date") or "")),
        "charset": pages[0].get_content_charset(),
    }
    known = {key: value for key, value in fields.items() if value}
    yield from load_html(replace(raw, content=page, fields={**raw.fields, **known}))
