"""Files to Articles. One small module a format; a further one is added by an entry in `LOADERS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from index.articles import Article
from index.errors import LoadError
from index.loading.decoding import Notify
from index.loading.folders import Found, find
from index.loading.json_lines import load_json_lines
from index.loading.markdown import load_markdown
from index.loading.text import load_text

Loader = Callable[[Path, str, Notify], Iterator[Article]]

LOADERS: Mapping[str, Loader] = {
    ".jsonl": load_json_lines,
    ".markdown": load_markdown,
    ".md": load_markdown,
    ".txt": load_text,
}

__all__ = ["LOADERS", "Found", "Loader", "Notify", "find_files", "load"]


def load(
    path: str | Path, *, name: str | None = None, notify: Notify = lambda notice: None
) -> Iterator[Article]:
    """The articles of one file, called `name` (by default the file's own name).

    `notify` is told what a user should know but need not stop for. Raises LoadError, which names the file, where it
    cannot be read.
    """
    path = Path(path)
    loader = LOADERS.get(path.suffix.lower())
    if loader is None:
        raise LoadError(path, f"kind {path.suffix!r} cannot be read; known: {', '.join(sorted(LOADERS))}")
    yield from loader(path, path.name if name is None else name, notify)


def find_files(path: str | Path, *, notify: Notify = lambda notice: None) -> tuple[Found, ...]:
    """The files that `path` stands for, see `find`."""
    return find(Path(path), LOADERS.keys(), notify)
