"""From given paths to Articles, with what failed on the way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from index.articles import Article
from index.errors import LoadError
from index.loading import Found, LoadOptions, find_files, load
from index.reports import Meter


@dataclass(frozen=True, slots=True)
class Sourced:
    """The articles of one file, read as they are asked for, and its path: None for articles that were handed over.

    Going through `articles` raises LoadError where the file turns out to be broken.
    """

    articles: Iterable[Article]
    origin: str | None = None
    file_name: str = ""

    def part(self, article: Article) -> str:
        """Which part of the file an article of it is, empty where the file is one article."""
        return article.name.removeprefix(self.file_name) if self.origin else ""


@dataclass(slots=True)
class Gathering:
    """Reads paths file by file; a file that cannot be read is noted in `failed`, and the others go on."""

    meter: Meter
    options: LoadOptions | None = None
    failed: list[tuple[Path, str]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def pass_on(self, paths: Iterable[str | Path], put: Callable[[Sourced], None]) -> None:
        """Give each file at `paths` to `put`; LoadError at the end where not one of them could be read."""
        found = list(self._found(paths))
        self.meter.begin(tuple(_size(file.path) for file in found))
        loaded = 0
        for file in found:
            self.meter.start_file(file.name)
            try:
                put(Sourced(self._articles(file), _origin(file.path), file.name))
                loaded += 1
            except LoadError as error:
                self.failed.append((error.path, error.reason))
            self.meter.end_file()
        if self.failed and not loaded:
            path, reason = self.failed[0]
            more = f" (and {len(self.failed) - 1} more files failed)" if len(self.failed) > 1 else ""
            raise LoadError(path, reason + more, tuple(self.failed))

    def _articles(self, file: Found) -> Iterator[Article]:
        try:
            yield from load(file.path, name=file.name, notify=self.notices.append, options=self.options)
        except LoadError:
            raise
        # One broken file among thousands must not end the run, whatever a library makes of it.
        except Exception as error:
            reason = f"could not be read ({type(error).__name__}: {error}); save it in another format"
            raise LoadError(file.path, reason) from error

    def _found(self, paths: Iterable[str | Path]) -> Iterator[Found]:
        seen: set[Path] = set()
        for path in paths:
            try:
                files = find_files(path, notify=self.notices.append)
            except LoadError as error:
                self.failed.append((error.path, error.reason))
                continue
            for file in files:
                if (resolved := file.path.resolve()) not in seen:
                    seen.add(resolved)
                    yield file


def _origin(path: Path) -> str:
    """The file's full path as text that can be stored; bytes of it that are not UTF-8 are spelled out."""
    return os.fsencode(path.resolve()).decode("utf-8", "backslashreplace")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
