"""Plain text: one article a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.articles import Article
from index.loading.decoding import Notify, read_text
from index.loading.fields import article


def load_text(path: Path, name: str, notify: Notify) -> Iterator[Article]:
    """The one article of a `.txt` file."""
    yield article(path, name, read_text(path, notify), {}, notify)
