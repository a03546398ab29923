"""What holds several articles: each part by itself, so that a broken one does not stop the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.articles import Article
from index.errors import LoadError
from index.loading.raw import Raw


def articles_of(raw: Raw, parts: Iterable[Iterator[Article]], nothing: str) -> Iterator[Article]:
    """The articles of all parts of `raw`; a part that cannot be read is told, and the others go on.

    Raises the first part's LoadError where none could be read, and LoadError with `nothing` as its reason where no part
    holds an article. What goes wrong between the parts, in `parts` itself, is not caught.
    """
    first: LoadError | None = None
    loaded = False
    for part in parts:
        try:
            for article in part:
                loaded = True
                yield article
        except LoadError as error:
            first = first or error
            raw.notify(f"left out: {error}")
    if not loaded:
        raise first or raw.error(nothing)
