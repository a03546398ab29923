"""From given paths to Articles, with what failed on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from index.articles import Article
from index.errors import LoadError
from index.loading import Found, LoadOptions, find_files, load
from index.reports import Progress, ProgressCallback


@dataclass(frozen=True, slots=True)
class Sourced:
    """The articles of one file, and its path: None for articles that were handed over."""

    articles: tuple[Article, ...]
    origin: str | None = None
    file_name: str = ""

    def part(self, article: Article) -> str:
        """Which part of the file an article of it is, empty where the file is one article."""
        return article.name.removeprefix(self.file_name) if self.origin else ""


@dataclass(slots=True)
class Gathering:
    """Reads paths file by file; a file that cannot be read is noted in `failed`, and the others go on."""

    progress: ProgressCallback
    options: LoadOptions | None = None
    failed: list[tuple[Path, str]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def read(self, paths: Iterable[str | Path]) -> Iterator[Sourced]:
        """The articles of all files at `paths`; raises the first LoadError where no file could be read at all."""
        found = list(self._found(paths))
        loaded = 0
        for done, file in enumerate(found):
            self.progress(Progress("load", done, len(found), file.name))
            try:
                articles = tuple(
                    load(file.path, name=file.name, notify=self.notices.append, options=self.options)
                )
            except LoadError as error:
                self.failed.append((error.path, error.reason))
                continue
            loaded += 1
            yield Sourced(articles, str(file.path.resolve()), file.name)
        self.progress(Progress("load", len(found), len(found)))
        if self.failed and not loaded:
            path, reason = self.failed[0]
            more = f" (and {len(self.failed) - 1} more files failed)" if len(self.failed) > 1 else ""
            raise LoadError(path, reason + more)

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
