"""Which name and id an article gets in a collection, and which article it takes the place of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from index.articles import Article, article_id, default_title
from index.storage import Store


def settle(store: Store, article: Article, origin: str | None, part: str) -> tuple[Article, Article | None]:
    """`article` under the name and id it gets in `store`, and the stored one whose place it takes, which may equal it.

    A file that was read before keeps its name. An article from elsewhere whose name is taken by a file that is still
    there gets its parent folder's name put before its own; where that file is gone, it takes its place.
    """
    named = _renamed(article, _name(store, article.name, origin, part))
    old = store.named(named.name)
    if old and old.text == named.text:
        return replace(named, id=old.id), old
    return replace(named, id=_id(store, named)), old


def _name(store: Store, name: str, origin: str | None, part: str) -> str:
    if origin is None:
        return name
    if known := store.names_from(origin, part):
        return known[0]
    # Folder names above the given one, nearest first.
    above = list(Path(origin).parts[1:-1])[::-1][name.removesuffix(part).count("/") :]
    while above and _is_taken(store, name):
        name = f"{above.pop(0)}/{name}"
    return name


def _is_taken(store: Store, name: str) -> bool:
    holder = store.origin(name)
    return holder is not None and Path(holder).exists()


def _id(store: Store, article: Article) -> str:
    """The id of the text, or one of text and name where an article of another name has the same text."""
    holder = store.with_id(article_id(article.text))
    if holder is None or holder.name == article.name:
        return article_id(article.text)
    return article_id(f"{article.name}\0{article.text}")


def _renamed(article: Article, name: str) -> Article:
    title = article.title if article.has_own_title else default_title(name)
    return replace(article, name=name, title=title)
