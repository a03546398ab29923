"""What a loader is given: bytes of a file or of a part of one, and what is known of them already."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from index.articles import Article, normalise
from index.errors import LoadError
from index.loading.decoding import MAX_BYTES, Notify, decode, open_file, read_bytes
from index.loading.options import LoadOptions

MAX_DEPTH = 3
"""How many containers (an archive, a mailbox, a web archive) may lie in each other."""


def _silent(notice: str) -> None:
    """Take no notice."""


@dataclass(frozen=True, slots=True)
class Raw:
    """The file at `path`, or `content` that lies in it; articles made of it are called `name`.

    `fields` is what its container says of it, such as the address that it was fetched from.
    """

    path: Path
    name: str
    notify: Notify = _silent
    options: LoadOptions = field(default_factory=LoadOptions)
    content: bytes | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    depth: int = 0

    @property
    def label(self) -> str:
        """How messages call it: the file's path, and the part's name where it is a part."""
        return str(self.path) if self.depth == 0 else f"{self.path}: {self.part}"

    @property
    def part(self) -> str:
        """Which part of the file it is; empty for the file itself."""
        return self.name.partition("#")[2] if self.depth else ""

    def error(self, reason: str) -> LoadError:
        """An error that names the file, and the part of it."""
        return LoadError(self.path, f"{self.part}: {reason}" if self.part else reason)

    def tell(self, notice: str) -> None:
        """Tell the user, naming the file."""
        self.notify(f"{self.label}: {notice}")

    def read(self, limit: int = MAX_BYTES) -> bytes:
        """All bytes; LoadError where they cannot be read, are none, or are more than `limit`."""
        raw = read_bytes(self.path, limit) if self.content is None else self.content
        if len(raw) > limit:
            raise self.error(f"holds {len(raw):,} bytes, the limit is {limit:,}; split it")
        if not raw.strip():
            raise self.error("the file is empty; remove it or put an article's text into it")
        return raw

    def open(self) -> BinaryIO:
        """The bytes as a stream that can be sought in, of any length; LoadError where they cannot be read."""
        return open_file(self.path) if self.content is None else io.BytesIO(self.content)

    def text(self) -> str:
        """The text, normalised; the user is told of any encoding but UTF-8. LoadError where it is none."""
        raw = self.read()
        try:
            text, encoding = decode(self.path, raw)
        except LoadError as error:
            raise self.error(error.reason) from error
        if encoding not in ("utf-8", "utf-8-sig"):
            self.tell(f"not UTF-8, read as {encoding}; check its accents, or save it as UTF-8")
        text = normalise(text)
        if not text.strip():
            raise self.error("the file is empty; remove it or put an article's text into it")
        return text

    def inside(self, part: str, content: bytes, fields: Mapping[str, object] | None = None) -> Raw:
        """The part of this that is called `part`; LoadError where containers lie too deep in each other."""
        if self.depth == MAX_DEPTH:
            reason = f"lies more than {MAX_DEPTH} containers deep; unpack the outer ones first"
            raise LoadError(self.path, f"{self.part}#{part}: {reason}")
        clean = " ".join(normalise(part).split()) or "unnamed"
        return replace(
            self,
            name=f"{self.name}#{clean}",
            content=content,
            fields={**self.fields, **(fields or {})},
            depth=self.depth + 1,
        )


Loader = Callable[[Raw], Iterator[Article]]
