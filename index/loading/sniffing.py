"""What bytes are by their first signs, whatever the file is called."""

from __future__ import annotations

import re

XZ = b"\xfd7zXZ\0"
"""How a file packed by xz starts."""

_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_MIME = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)


def looks_like(content: bytes) -> str | None:
    """The suffix that fits `content`, such as ".pdf"; None where nothing is known of it."""
    head = content[:4096].removeprefix(b"\xef\xbb\xbf")
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        if b"mimetypeapplication/epub+zip" in head[:128]:
            return ".epub"
        return ".docx" if b"word/" in content or b"[Content_Types].xml" in head else ".zip"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return ".doc"
    if head.startswith(b"WARC/"):
        return ".warc"
    if head.startswith((b"\x1f\x8b", b"BZh", XZ)):
        return ".tar.xz" if head.startswith(XZ) else ".tar.gz"
    if head[257:262] == b"ustar":
        return ".tar"
    if _FEED.match(head):
        return ".rss"
    if _HTML.match(head):
        return ".html"
    if head.startswith(b"From ") and b"\n" in head:
        return ".mbox"
    return ".mhtml" if _MIME.match(head) and b"multipart/related" in head.lower() else None


def hint(content: bytes, suffix: str) -> str:
    """What to do about a file whose bytes do not fit its `suffix`, as the end of a sentence."""
    likely = looks_like(content)
    if likely == ".doc":
        return "it is an old Word file or an encrypted one; save it as .docx without a password"
    if likely is None or likely.startswith(suffix):
        return "get the file again, it may have broken off"
    return f"it looks like {likely}: give it that suffix"
