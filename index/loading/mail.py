"""E-mail: single messages (`.eml`) and mailboxes (`.mbox`), newsletters among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from index.articles import Article, normalise
from index.errors import LoadError
from index.loading.decoding import MAX_BYTES
from index.loading.fields import article
from index.loading.html import fragment
from index.loading.parts import articles_of
from index.loading.raw import Raw

MAX_PARTS = 500
MORE_WORDS = 1.5
"""A newsletter's HTML with so many times the words of its plain text is what was sent; the other is a stub."""

_FROM_LINE = re.compile(rb"From \S.*\d{4}\s*$")
_HEADER = re.compile(rb"[!-9;-~]+:", re.ASCII)
_QUOTED = re.compile(r"[ \t]*>")
_FORWARD = re.compile(r"(?:fwd?|wg|tr|rv)\s*:", re.IGNORECASE)
_QUOTED_BLOCK = re.compile(
    r"^(?:(?:_{8,}|-{2,} ?original message ?-{2,})[ \t]*\n+)?(?:\*?From:.*\n)(?:\*?(?:Sent|Date):.*\n)(?:\*?(?:To|Subject):.*)",
    re.IGNORECASE | re.MULTILINE,
)
"""How Outlook and others put the mail that is answered below the answer, without a mark on its lines."""

_WROTE_WRAPPED = re.compile(
    r"^((?:on|am|le|el)\b.{5,120})\n[ \t]*(.{0,80}(?:wrote|schrieb|écrit|escribió)\s*:)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_WROTE = re.compile(
    r"(?:on|am|le|el)\b.{5,200}(?:wrote|schrieb|écrit|escribió)\s*:|-{2,} ?(?:original|forwarded) message ?-{2,}",
    re.IGNORECASE,
)


def load_eml(raw: Raw) -> Iterator[Article]:
    """The message as an article, named as its file, and what is attached to it and can be read, as FILE#ATTACHMENT."""
    content = raw.read()
    if not _HEADER.match(content.lstrip()):
        raise raw.error(
            "is no e-mail message: it does not start with a header; call it .txt if it is plain text"
        )
    yield from _of_message(raw, content)


def load_mbox(raw: Raw) -> Iterator[Article]:
    """The messages of a mailbox, called FILE#MESSAGE-ID or FILE#NUMBER; one that cannot be read is told and left out."""
    messages = (_numbered(raw, number, content) for number, content in enumerate(_messages(raw), start=1))
    return articles_of(raw, messages, 'is no mailbox: no line starts with "From "; call single messages .eml')


def _numbered(raw: Raw, number: int, content: bytes) -> Iterator[Article]:
    name = str(message_from_bytes(content[:65536]).get("Message-ID") or number).strip(" <>\r\n\t")
    yield from _of_message(raw.inside(name or str(number), content), content)


def _messages(raw: Raw) -> Iterator[bytes]:
    lines: list[bytes] = []
    size, is_blank, has_begun = 0, True, False
    with raw.open() as stream:
        while line := stream.readline(2**20):
            if is_blank and _FROM_LINE.match(line):
                if has_begun and lines:
                    yield b"".join(lines)
                lines, size, has_begun = [], 0, True
            elif has_begun:
                lines.append(line.removeprefix(b">") if line.startswith(b">From ") else line)
                size += len(line)
                if size > MAX_BYTES:
                    raise raw.error(f"a message in it is larger than {MAX_BYTES:,} bytes; take it out")
            is_blank = not line.strip()
    if has_begun and lines:
        yield b"".join(lines)


def _of_message(raw: Raw, content: bytes) -> Iterator[Article]:
    from index.loading.archives import each

    try:
        message = message_from_bytes(content)
        parts = list(_parts(raw, message))
    except (MessageError, ValueError, LookupError, RecursionError, TypeError) as error:
        raise raw.error(f"is a broken message ({error}); get the file again") from error
    attached = [(name, part) for name, part in parts if name]
    is_forward = bool(_FORWARD.match(_decoded(message.get("Subject"))))
    text, left_out = _body([part for name, part in parts if not name], is_forward=is_forward)
    if text.strip():
        yield article(raw, text, _fields(message), left_out=left_out)
    elif not attached:
        raise raw.error("the message has no text; remove it")
    if attached:
        named = _with_own_names([(name, _payload(part)) for name, part in attached])
        try:
            yield from each(raw, ((name, lambda data=data: data) for name, data in named))  # type: ignore[misc]
        except LoadError:
            if not text.strip():
                raise


def _parts(raw: Raw, message: Message) -> Iterator[tuple[str, Message]]:
    """The parts that hold something, with their file's name, which is empty for what is shown as the message."""
    for number, part in enumerate(message.walk(), start=1):
        if number > MAX_PARTS:
            raise raw.error(f"the message has more than {MAX_PARTS} parts; take the message apart")
        if part.is_multipart():
            continue
        name = _decoded(part.get_filename())
        is_attached = part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text"
        yield (
            (name or "unnamed") if is_attached or (name and part.get_content_type() != "text/html") else "",
            part,
        )


def _body(parts: list[Message], *, is_forward: bool) -> tuple[str, tuple[str, ...]]:
    """The text of a message, without quoted mails and signature: the plain one, else that of its HTML where it has more."""
    plain, marked = (_joined(parts, kind) for kind in ("text/plain", "text/html"))
    shown, left_out = fragment(marked) if marked else ("", ())
    own, dropped = _own_words(plain, is_forward=is_forward) if plain else ("", ())
    if len(shown.split()) > MORE_WORDS * len(plain.split()):
        return shown, left_out
    return (own, dropped) if own else (shown, left_out)


def _joined(parts: list[Message], kind: str) -> str:
    texts = [_text(part) for part in parts if part.get_content_type() == kind]
    return "\n\n".join(text for text in texts if text.strip())


def _own_words(text: str, *, is_forward: bool) -> tuple[str, tuple[str, ...]]:
    quoted = None if is_forward else _QUOTED_BLOCK.search(text)
    end = quoted.start() if quoted else len(text)
    kept: list[str] = []
    dropped: list[str] = []
    in_signature = False
    for line in _WROTE_WRAPPED.sub(r"\1 \2", text[:end]).split("\n"):
        in_signature = in_signature or line in ("-- ", "--")
        is_own = not (in_signature or _QUOTED.match(line) or _WROTE.fullmatch(line.strip()))
        (kept if is_own else dropped).append(line)
    own = "\n".join(kept).strip("\n")
    dropped += text[end:].split("\n")
    return (own, tuple(line for line in dropped if line.strip())) if own.strip() else (text, ())


def _fields(message: Message) -> dict[str, object]:
    name, address = parseaddr(_decoded(message.get("From")))
    return {
        "title": _decoded(message.get("Subject")) or None,
        "author": name or address or None,
        "outlet": _list_name(message) or address.rpartition("@")[2] or None,
        "published": _decoded(message.get("Date")) or None,
        "language": _decoded(message.get("Content-Language")) or None,
    }


def _list_name(message: Message) -> str:
    """What a mailing list calls itself."""
    return _decoded(message.get("List-Id")).partition("<")[0].strip(' "')


def _decoded(value: object) -> str:
    """A header as it is read, its encoded words decoded, on one line."""
    if not value:
        return ""
    try:
        written = str(make_header(decode_header(str(value))))
    except (LookupError, ValueError, HeaderParseError, TypeError):
        written = str(value)
    return " ".join(normalise(written).split())


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: Message) -> str:
    payload = _payload(part)
    try:
        return normalise(payload.decode(part.get_content_charset() or "utf-8"))
    except (LookupError, UnicodeDecodeError):
        return normalise(payload.decode("utf-8", "replace"))


def _with_own_names(parts: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The attachments, those of equal names told apart by a number."""
    seen: dict[str, int] = {}
    named: list[tuple[str, bytes]] = []
    for name, data in parts:
        seen[name] = seen.get(name, 0) + 1
        stem, dot, suffix = name.rpartition(".")
        named.append(
            (name if seen[name] == 1 else f"{stem or name}-{seen[name]}{dot}{suffix if dot else ''}", data)
        )
    return named
