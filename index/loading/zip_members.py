"""What lies in a ZIP archive, read within limits: archives can be made to grow a thousandfold, or to point elsewhere."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from index.loading.decoding import MAX_BYTES
from index.loading.raw import Raw
from index.loading.sniffing import hint

MAX_MEMBERS = 50_000
MAX_TOTAL = 512 * 2**20
"""So many files, and so many bytes of them when unpacked."""

MAX_RATIO = 100
FREE_BYTES = 2**20
"""What is larger than this may not be packed tighter than one to `MAX_RATIO`; text packs one to ten at most."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    IndexError,
    RuntimeError,
)


@dataclass(slots=True)
class Members:
    """The files of an open archive, by their names."""

    raw: Raw
    archive: zipfile.ZipFile
    total: int = 0
    names: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    def read(self, name: str, limit: int = MAX_BYTES) -> bytes:
        """One file's bytes; LoadError where it is encrypted, broken, or grows beyond the limits."""
        member = self.names[name]
        if member.flag_bits & 1:
            raise self.raw.error(f"{name!r} in it is encrypted; unpack it with its password first")
        if member.compress_type not in _METHODS:
            raise self.raw.error(
                f"{name!r} in it is packed by an unusual method ({member.compress_type}); pack it anew"
            )
        self._check(member)
        try:
            with self.archive.open(member) as stream:
                content = stream.read(limit + 1)
        except _BROKEN as error:
            raise self.raw.error(f"{name!r} in it is broken ({error}); get the file again") from error
        if len(content) > limit:
            raise self.raw.error(f"{name!r} in it is larger than {limit:,} bytes; split it")
        self.total += len(content)
        if self.total > MAX_TOTAL:
            raise self.raw.error(f"unpacks to more than {MAX_TOTAL:,} bytes; unpack it, and index its files")
        return content

    def check_all(self) -> None:
        """LoadError where the files, by what the archive says of them, are too many, too large or packed too tight."""
        for member in self.names.values():
            self._check(member)
        total = sum(member.file_size for member in self.names.values())
        if total > MAX_TOTAL:
            raise self.raw.error(
                f"unpacks to {total:,} bytes, the limit is {MAX_TOTAL:,}; unpack it, and index its files"
            )

    def _check(self, member: zipfile.ZipInfo) -> None:
        if member.file_size > max(FREE_BYTES, MAX_RATIO * member.compress_size):
            reason = f"{member.filename!r} in it would grow from {member.compress_size:,} to {member.file_size:,} bytes"
            raise self.raw.error(f"{reason}, as in a ZIP bomb; it is not unpacked")


@contextmanager
def opened(raw: Raw) -> Iterator[Members]:
    """The files of the ZIP archive `raw`; LoadError where it is none, has too many, or one whose path leads out of it."""
    with raw.open() as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except _BROKEN as error:
            stream.seek(0)
            raise raw.error(
                f"is no ZIP archive that can be read; {hint(stream.read(4096), '.zip')}"
            ) from error
        with archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > MAX_MEMBERS:
                raise raw.error(f"holds {len(infos):,} files, the limit is {MAX_MEMBERS:,}; unpack it")
            members = Members(raw, archive)
            for info in sorted(infos, key=lambda info: info.filename):
                check_path(raw, info.filename)
                members.names.setdefault(info.filename, info)
            yield members


def check_path(raw: Raw, name: str) -> None:
    """LoadError for a path that leads out of its archive."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or name[1:2] == ":" or "\0" in name:
        raise raw.error(f"the path {name[:80]!r} in it leads out of the archive; pack it anew")
