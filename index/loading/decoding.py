"""Bytes to text: UTF-8 first, then what the bytes themselves say, then what charset-normalizer finds."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from index.errors import LoadError

MAX_BYTES = 64 * 2**20
"""Largest file that is read at all."""

SAMPLE_BYTES = 256 * 1024
"""How much of a file in an unknown encoding is looked at."""

COMMON = "cp1252"
COHERENCE_MARGIN = 0.05

BINARY_PROBE = 8192
MAX_CONTROL_SHARE = 0.02
MIN_NUL_SHARE = 0.1

Notify = Callable[[str], None]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b") | {127})


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The file's bytes; LoadError where it cannot be read or is larger than `limit`."""
    with open_file(path) as stream:
        size = path.stat().st_size
        if size > limit:
            reason = f"holds {size:,} bytes, the limit is {limit:,}; split it into one file for each article"
            raise LoadError(path, reason)
        try:
            return stream.read(limit + 1)
        except OSError as error:
            raise _unreadable(path, error) from error


def open_file(path: Path) -> BinaryIO:
    """The file, open; LoadError where there is none or it may not be read."""
    try:
        if not path.exists():
            raise LoadError(path, "no such file; check the path")
        if not path.is_file():
            raise LoadError(path, "not a regular file; copy its contents into one")
        return path.open("rb")
    except PermissionError as error:
        raise LoadError(path, "may not be read; give yourself permission to read it") from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> LoadError:
    return LoadError(path, f"could not be read ({error.strerror or error}); check the path and the disk")


def decode(path: Path, raw: bytes) -> tuple[str, str]:
    """Text and the name of the encoding taken; LoadError where `raw` is binary or in no encoding known."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decoded(path, raw, encoding), encoding
    if unmarked := _unmarked(raw):
        return _decoded(path, raw, unmarked), unmarked
    if looks_binary(raw):
        raise LoadError(path, "is binary, not text; save the article as plain text first")
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = _guess(path, raw)
    return _decoded(path, raw, encoding), encoding


def _unmarked(raw: bytes) -> str | None:
    """Which UTF-16 a text without a byte order mark is in: every second byte of most alphabets' punctuation is NUL."""
    probe = raw[: BINARY_PROBE // 2 * 2]
    even, odd = probe[::2].count(0), probe[1::2].count(0)
    if len(raw) % 2 or min(even, odd) > 0 or max(even, odd) < MIN_NUL_SHARE * len(probe) / 2:
        return None
    return "utf-16-le" if odd else "utf-16-be"


def looks_binary(raw: bytes) -> bool:
    """Whether `raw` starts with a NUL byte in its first 8 KiB or holds many control characters there."""
    probe = raw[:BINARY_PROBE]
    controls = len(probe) - len(probe.translate(None, _CONTROLS))
    return b"\0" in probe or controls > MAX_CONTROL_SHARE * len(probe)


def _guess(path: Path, raw: bytes) -> str:
    from charset_normalizer import from_bytes

    matches = from_bytes(_sample(raw))
    best = matches.best()
    if best is None:
        raise LoadError(path, "is in no text encoding that could be recognised; save it as UTF-8")
    # Tables of one byte a letter differ in few signs, and a guess among them is a toss: the commonest gets the benefit.
    common = next((match for match in matches if COMMON in match.could_be_from_charset), None)
    if common and common.chaos <= best.chaos and common.coherence > best.coherence - COHERENCE_MARGIN:
        return COMMON
    return best.encoding


def _sample(raw: bytes) -> bytes:
    """A stretch of `raw` that holds its first byte outside ASCII, which is what tells encodings apart."""
    first = next((place for place, byte in enumerate(raw) if byte > 127), 0)
    start = max(0, first - SAMPLE_BYTES // 2)
    return raw[start : start + SAMPLE_BYTES]


def _decoded(path: Path, raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"looks like {encoding} but breaks off at byte {error.start:,}; save it as UTF-8"
        raise LoadError(path, reason) from error
