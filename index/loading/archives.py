"""ZIP and tar archives of files of any kind that can be read."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, Protocol, cast

from index.articles import Article
from index.loading.decoding import MAX_BYTES
from index.loading.parts import articles_of
from index.loading.raw import Loader, Raw
from index.loading.sniffing import XZ, hint
from index.loading.zip_members import FREE_BYTES, MAX_MEMBERS, MAX_RATIO, MAX_TOTAL, check_path, opened

MAX_XZ_MEMORY = 128 * 2**20
"""What xz may take to unpack an archive: twice what its strongest preset needs, while a hostile one asks for gigabytes."""

_BROKEN = (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, OSError, ValueError, OverflowError)


def load_zip(raw: Raw) -> Iterator[Article]:
    """The articles of all files in a `.zip` archive, called ARCHIVE#PATH, by path."""
    with opened(raw) as members:
        members.check_all()
        yield from each(raw, ((name, _reader(members.read, name)) for name in members.names))


def _reader(read: Callable[[str], bytes], name: str) -> Callable[[], bytes]:
    return lambda: read(name)


def load_tar(raw: Raw) -> Iterator[Article]:
    """The articles of all files in a `.tar` archive, also gzip, bzip2 or xz, called ARCHIVE#PATH, in its order."""
    with raw.open() as packed:
        stream = _unpacked(packed)
        try:
            # As a stream: nothing is looked up by an offset that the archive itself gives.
            with tarfile.open(fileobj=cast("BinaryIO", stream), mode="r|") as archive:
                yield from each(raw, _tar_members(raw, archive))
        except _GrownError as error:
            raise raw.error(f"{error}, as in an archive bomb; it is not unpacked") from error
        except _BROKEN as error:
            packed.seek(0)
            raise raw.error(
                f"is no tar archive that can be read ({error}); {hint(packed.read(4096), '.tar')}"
            ) from error


def each(raw: Raw, members: Iterator[tuple[str, Callable[[], bytes]]]) -> Iterator[Article]:
    """The articles of the members that are of a known kind; those that cannot be read are told, and the others go on.

    Raises the first member's LoadError where none could be read, and LoadError where none is of a known kind.
    """
    from index.loading.kinds import loader_of

    known = (
        _member(raw, loader, name, read)
        for name, read in members
        if not is_hidden(name) and (loader := loader_of(name))
    )
    return articles_of(raw, known, "holds no file of a known kind; unpack it, and look what is in it")


def _member(raw: Raw, loader: Loader, name: str, read: Callable[[], bytes]) -> Iterator[Article]:
    yield from loader(raw.inside(name, read()))


def is_hidden(name: str) -> bool:
    """Whether a file lies in a place that its system made, such as `__MACOSX`, or is hidden."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _tar_members(raw: Raw, archive: tarfile.TarFile) -> Iterator[tuple[str, Callable[[], bytes]]]:
    for number, member in enumerate(archive, start=1):
        if number > MAX_MEMBERS:
            raise raw.error(f"holds more than {MAX_MEMBERS:,} files; unpack it")
        check_path(raw, member.name)
        if member.isfile():
            yield member.name, _tar_reader(raw, archive, member)
        elif not member.isdir():
            raw.tell(f"{member.name!r} in it is a link or a device, and was left out")


def _tar_reader(raw: Raw, archive: tarfile.TarFile, member: tarfile.TarInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        if member.size > MAX_BYTES:
            raise raw.error(f"{member.name!r} in it is larger than {MAX_BYTES:,} bytes; split it")
        stream = archive.extractfile(member)
        return stream.read() if stream else b""

    return read


def _unpacked(packed: BinaryIO) -> _Bounded:
    head = packed.read(6)
    packed.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return _Bounded(gzip.GzipFile(fileobj=packed), packed)
    if head.startswith(b"BZh"):
        return _Bounded(bz2.BZ2File(packed), packed)
    return _Bounded(_Xz(packed) if head == XZ else packed, packed)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Xz:
    """What a file packed by xz unpacks to, within `MAX_XZ_MEMORY`; the library's own file knows no such limit."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, MAX_XZ_MEMORY)

    def read(self, size: int) -> bytes:
        """At most `size` bytes, none at the end; EOFError where the file breaks off."""
        content = b""
        while not content and not self._unpacker.eof:
            more = self._packed.read(65536) if self._unpacker.needs_input else b""
            if self._unpacker.needs_input and not more:
                raise EOFError("it breaks off")
            content = self._unpacker.decompress(more, size)
        return content


class _GrownError(Exception):
    """An archive unpacks to more than it may."""


class _Bounded:
    """A stream that is read up to a size, and only while it is not packed tighter than text can be."""

    def __init__(self, stream: _Readable, packed: BinaryIO) -> None:
        self._stream = stream
        self._packed = packed
        self._size = 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes; _GrownError where the archive has grown beyond its bounds."""
        content = self._stream.read(size)
        self._size += len(content)
        if self._size > MAX_TOTAL and self._stream is not self._packed:
            raise _GrownError(f"unpacks to more than {MAX_TOTAL:,} bytes")
        if self._size > max(16 * FREE_BYTES, MAX_RATIO * self._packed.tell()):
            raise _GrownError(f"grows from {self._packed.tell():,} to more than {self._size:,} bytes")
        return content
