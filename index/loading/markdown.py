"""Markdown, with or without YAML front matter: one article a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.articles import Article
from index.errors import LoadError
from index.loading.decoding import Notify, read_text
from index.loading.fields import article


def load_markdown(path: Path, name: str, notify: Notify) -> Iterator[Article]:
    """The one article of a `.md` file; its text is what follows the front matter, marks and all."""
    import frontmatter
    from yaml import YAMLError

    try:
        post = frontmatter.loads(read_text(path, notify))
    except (YAMLError, ValueError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" in line {where.line + 2}" if where is not None else ""
        raise LoadError(
            path, f"its front matter is not valid YAML{line}; put the value there in quotes"
        ) from error
    fields = {str(key).lower(): value for key, value in post.metadata.items()}
    yield article(path, name, post.content, fields, notify)
