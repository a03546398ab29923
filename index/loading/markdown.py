"""Markdown, with or without YAML front matter: one article a file."""

from __future__ import annotations

from collections.abc import Iterator

from index.articles import Article
from index.loading.datelines import imprint
from index.loading.fields import article
from index.loading.raw import Raw
from index.loading.records import known


def load_markdown(raw: Raw) -> Iterator[Article]:
    """The one article of a `.md` file; its text is what follows the front matter, marks and all."""
    import frontmatter
    from yaml import YAMLError

    try:
        post = frontmatter.loads(raw.text())
    except (YAMLError, ValueError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" in line {where.line + 2}" if where is not None else ""
        raise raw.error(f"its front matter is not valid YAML{line}; put the value there in quotes") from error
    fields = known({str(key): value for key, value in post.metadata.items()})
    fields.pop("text", None)
    yield article(raw, post.content, {**imprint(post.content), **fields})
