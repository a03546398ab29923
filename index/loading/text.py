"""Plain text: one article a file."""

from __future__ import annotations

from collections.abc import Iterator

from index.articles import Article
from index.loading.datelines import imprint
from index.loading.fields import article
from index.loading.raw import Raw


def load_text(raw: Raw) -> Iterator[Article]:
    """The one article of a `.txt` file."""
    text = raw.text()
    yield article(raw, text, imprint(text))
