"""Files to Articles. One small module a format; a further one is added by an entry in `kinds.LOADERS`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.articles import Article
from index.errors import EverysourceError, LoadError
from index.loading.decoding import Notify
from index.loading.fetching import Fetcher
from index.loading.fields import with_fields
from index.loading.folders import Found, find
from index.loading.kinds import LOADERS, loader_of, suffix_of
from index.loading.options import LoadOptions
from index.loading.raw import Loader, Raw
from index.loading.sidecars import own_fields

__all__ = ["LOADERS", "Fetcher", "Found", "LoadOptions", "Loader", "Notify", "find_files", "load"]


def load(
    path: str | Path,
    *,
    name: str | None = None,
    notify: Notify = lambda notice: None,
    options: LoadOptions | None = None,
) -> Iterator[Article]:
    """The articles of one file, called `name` (by default the file's own name).

    Fields that the user gives in a side file (`NAME.meta.json`, or `metadata.csv` in the same folder) take the place of
    those found. `notify` is told what a user should know but need not stop for. Raises LoadError, which names the file,
    where it cannot be read.
    """
    path = Path(path)
    loader = loader_of(path.name)
    if loader is None:
        raise LoadError(
            path, f"kind {suffix_of(path.name)!r} cannot be read; known: {', '.join(sorted(LOADERS))}"
        )
    raw = Raw(path, path.name if name is None else name, notify, options or LoadOptions())
    own = own_fields(path)
    try:
        for article in loader(raw):
            yield with_fields(article, raw, own) if own else article
    except (EverysourceError, GeneratorExit):
        raise
    except Exception as error:
        # Libraries for binary formats meet damage with errors of every kind, and one file must not stop the others.
        raise raw.error(
            f"is damaged, and could not be read ({type(error).__name__}: {error}); get the file again"
        ) from error


def find_files(path: str | Path, *, notify: Notify = lambda notice: None) -> tuple[Found, ...]:
    """The files that `path` stands for, see `find`."""
    return find(Path(path), notify)
