"""Records with named values, from tables, JSON, front matter and side files: which value is which field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from index.articles import Article, normalise
from index.loading.fields import article
from index.loading.raw import Raw

NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "article", "story", "fulltext", "articletext", "articlebody", "bodytext", "contenttext",
        "contenthtml", "maintext", "plaintext",
    ),
    "title": ("title", "headline", "heading", "articletitle"),
    "outlet": ("outlet", "publisher", "publication", "newspaper", "source", "sourcename", "site", "sitename"),
    "author": ("author", "authors", "byline", "creator", "writer"),
    "published": (
        "published", "publishedat", "publishedon", "publisheddate", "publishdate", "publicationdate", "datepublished", "pubdate",
        "date",
    ),
    "fetched": ("fetched", "fetchedat", "datefetched", "retrieved", "accessed", "crawled", "downloaded", "datedownload"),
    "url": ("url", "link", "permalink", "canonicalurl", "externalurl", "articleurl"),
    "language": ("language", "lang", "inlanguage"),
    "name": ("name", "id", "slug"),
}  # fmt: skip
"""Names under which each field is found, in this order, whatever their case and the signs between their words."""

_SIGNS = re.compile(r"[\W_]+")
_MARKUP = re.compile(r"<(?:p|div|br|ul|ol|h[1-6]|span|a|table|blockquote|strong|em)\b[^>]*>", re.IGNORECASE)


def known(record: Mapping[str, object], columns: Mapping[str, str] | None = None) -> dict[str, object]:
    """The fields of `record` that have a value: those in the given `columns`, others by the usual names."""
    by_name = {_SIGNS.sub("", key).lower(): value for key, value in reversed(list(record.items()))}
    found = {field: record.get(column) for field, column in (columns or {}).items()}
    for field, names in NAMES.items():
        if field not in found:
            found[field] = next((by_name[name] for name in names if _filled(by_name.get(name))), None)
    return {field: _plain(value) for field, value in found.items() if _filled(value)}


def record_article(raw: Raw, record: Mapping[str, object], number: int, where: str) -> Iterator[Article]:
    """The article of one record, called by its own name or else its number; LoadError where it has no text."""
    fields = known(record, raw.options.columns)
    text = fields.pop("text", None)
    if not isinstance(text, str) or not text.strip():
        columns = ", ".join(map(repr, list(record)[:12])) or "nothing"
        raise raw.error(f'{where} has no "text", only {columns}; put it there, or say which column holds it')
    left_out: tuple[str, ...] = ()
    if _MARKUP.search(text):
        from index.loading.html import fragment

        text, left_out = fragment(text)
    own = " ".join(normalise(str(fields.pop("name", number))).split()) or str(number)
    named = raw.inside(own, b"")
    yield article(named, normalise(text), fields, left_out=left_out)


def _filled(value: object) -> bool:
    return value is not None and value != "" and value != [] and value != {}


def _plain(value: object) -> object:
    """`value`, or for an object such as {"name": "Gazette"} and lists of such its names."""
    if isinstance(value, Mapping):
        return next((value[key] for key in ("name", "title", "id") if _filled(value.get(key))), None)
    if isinstance(value, list):
        # One level, whatever stands below: YAML can name a list in a list in a list without end.
        return [_plain(part) for part in value if not isinstance(part, list)]
    return value
