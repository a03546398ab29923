"""Web archives (WARC, also gzipped): an article for each page in them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
from typing import Any, BinaryIO

from index.articles import Article
from index.loading.decoding import MAX_BYTES
from index.loading.media_types import suffix_of_content
from index.loading.parts import articles_of
from index.loading.raw import Raw
from index.loading.sniffing import hint

MAX_TOTAL = 8 * 2**30


def load_warc(raw: Raw) -> Iterator[Article]:
    """The articles of the pages in a web archive, called FILE#ADDRESS, fetched when the archive says.

    Pages that hold none are told; LoadError where no page holds one, or the archive is broken before the first.
    """
    from warcio.exceptions import ArchiveLoadFailed

    if not _head(raw).startswith((b"WARC/", b"\x1f\x8b")):
        raise raw.error(f"is no web archive that can be read; {hint(_head(raw), '.warc')}")
    loaded = 0
    try:
        for found in articles_of(raw, _pages(raw), "holds no page with an article"):
            loaded += 1
            yield found
    except (ArchiveLoadFailed, EOFError, zlib.error, OSError, ValueError, UnicodeError) as error:
        if not loaded:
            raise raw.error(
                f"is no web archive that can be read ({error}); {hint(_head(raw), '.warc')}"
            ) from error
        raw.tell(f"breaks off after {loaded} articles ({error}); get the file again")


def _pages(raw: Raw) -> Iterator[Iterator[Article]]:
    """What is read from each record that may hold an article."""
    from index.loading.kinds import LOADERS

    total = 0
    seen: dict[str, int] = {}
    with raw.open() as stream:
        for record, suffix, content in _records(raw, stream):
            total += len(content)
            if len(content) > MAX_BYTES or total > MAX_TOTAL:
                raise raw.error(
                    f"unpacks to more than {MAX_BYTES:,} bytes a page or {MAX_TOTAL:,} in all; split it"
                )
            address = str(record.rec_headers.get_header("WARC-Target-URI") or "page").strip("<>")
            seen[address] = seen.get(address, 0) + 1
            part = address if seen[address] == 1 else f"{address} ({seen[address]})"
            fields = {
                "url": address,
                "fetched": (record.rec_headers.get_header("WARC-Date") or "")[:10] or None,
            }
            yield LOADERS[suffix](raw.inside(part, content, fields))


def _records(raw: Raw, stream: BinaryIO) -> Iterator[tuple[Any, str, bytes]]:
    """The records that may hold an article, the suffix that fits what they hold, and their content."""
    from warcio.archiveiterator import ArchiveIterator

    records = ArchiveIterator(stream)
    while True:
        # warcio writes what it wonders at, and bytes of the file with it, to stderr.
        with redirect_stderr(StringIO()):
            record: Any = next(records, None)
            suffix = _suffix(record) if record else None
            content = record.content_stream().read(MAX_BYTES + 1) if suffix else b""
        if record is None:
            break
        if suffix:
            yield record, suffix, content
    if records.err_count:
        raw.tell(f"{records.err_count} of its records are not as long as they say; get the file again")


def _suffix(record: Any) -> str | None:
    if record.rec_type == "conversion":
        return ".txt"
    if record.rec_type not in ("response", "resource"):
        return None
    headers = record.http_headers or record.rec_headers
    if record.http_headers is not None and record.http_headers.get_statuscode() != "200":
        return None
    suffix = suffix_of_content(headers.get_header("Content-Type") or "")
    return suffix if suffix in (".html", ".pdf", ".txt") else None


def _head(raw: Raw) -> bytes:
    with raw.open() as stream:
        return stream.read(4096)
