"""Web pages: the article's own text out of all that stands around it.

trafilatura (Barbaresi 2021, ACL demo, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and
Extraction") says where the article stands; it drops sentences in odd markup and keeps boxes at times, so that within its
region every sentence is kept that no rule of `furniture` or `boilerplate` takes for page furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from html import unescape
from typing import TYPE_CHECKING

from index.articles import Article, normalise
from index.boilerplate import is_boilerplate
from index.loading.blocks import Block, blocks, written
from index.loading.fields import article
from index.loading.furniture import is_prose, prune
from index.loading.markup import page_text, parse
from index.loading.page_fields import page_body, page_fields
from index.loading.raw import Raw

if TYPE_CHECKING:
    from lxml.html import HtmlElement

REGION_SHARE = 0.85
"""The article's region is the smallest element that holds so much of what trafilatura takes for text."""

MAX_MISSED_SHARE = 0.4
MAX_LINK_SHARE = 0.5

SHOWN_SHARE = 0.5
"""A page that shows less of the words in its own data, such as the part before a paywall, has its article there."""

MAX_JUDGED_BLOCKS = 1_500
MAX_JUDGED_ELEMENTS = 6_000
MAX_LEADS = 8
MIN_POINT_WORDS = 4
"""Between headline and article stand at most so many points of a summary, each of so many words."""

_WORDS = re.compile(r"\w+")
_TAG = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)


def load_html(raw: Raw) -> Iterator[Article]:
    """The one article of a saved page: headline, then paragraphs, `##` headings and `-` items; the rest is `left_out`.

    Raises LoadError where the page holds no article.
    """
    markup = page_text(raw)
    tree = parse(markup, raw)
    before = blocks(tree)
    fields = page_fields(tree, markup, before, raw)
    body = page_body(tree)
    title, author = str(fields.get("title") or ""), str(fields.get("author") or "")
    text, left_out = _extracted(tree, before, title, {_key(author), _key(f"by {author}")})
    text, left_out = _or_hidden(text, left_out, body, title)
    if not text:
        raise raw.error("holds no article, only menus and the like; save the article's own page")
    yield article(raw, text, fields, left_out=left_out)


def _or_hidden(text: str, left_out: tuple[str, ...], body: str, title: str) -> tuple[str, tuple[str, ...]]:
    """The text, or the article that a page's own data hold where the page itself shows nothing or a small part of it."""
    hidden = fragment(body)[0] if _TAG.search(body) else normalise(unescape(body)).strip()
    headline = f"# {title}\n\n" if title else ""
    if len(text.removeprefix(headline).split()) >= SHOWN_SHARE * len(hidden.split()):
        return text, left_out
    return headline + hidden, left_out


def fragment(markup: str) -> tuple[str, tuple[str, ...]]:
    """The text of a piece of HTML, such as an entry of a feed, and what was left out of it."""
    tree = parse(normalise(markup))
    before = blocks(tree)
    prune(tree)
    kept = [block for block in blocks(tree) if not is_boilerplate(block.text)]
    return written(kept), _left_out(before, kept, "")


def _extracted(
    tree: HtmlElement, before: Sequence[Block], title: str, bylines: set[str]
) -> tuple[str, tuple[str, ...]]:
    """The text of the article in a page's tree, which is changed, and the lines of `before` that were left out."""
    prune(tree)
    found = [block for block in blocks(tree) if _key(block.text) not in bylines]
    # trafilatura's time grows with the square of a page's size.
    is_small = len(found) <= MAX_JUDGED_BLOCKS and sum(1 for _ in tree.iter()) <= MAX_JUDGED_ELEMENTS
    vouched = _vouched(tree) if is_small else ""
    sure = [bool(_key(block.text)) and _key(block.text) in vouched for block in found]
    region = _region(tree, _guides(tree, found, sure))
    kept = list(_kept(found, sure, region, title))
    if not any(len(block.text.split()) > 4 for block in kept if block.kind != "heading"):
        return "", ()
    headline = f"# {title}\n\n" if title else ""
    return normalise(headline + written(kept)), _left_out(before, kept, title)


def _vouched(tree: HtmlElement) -> str:
    """What trafilatura takes for the article's text, as one string of words."""
    from trafilatura import bare_extraction

    found = bare_extraction(deepcopy(tree), include_comments=False, favor_recall=True)
    body = getattr(found, "body", None)
    return f" {_key(' '.join(body.itertext()))} " if body is not None else ""


def _key(text: str) -> str:
    words = " ".join(_WORDS.findall(text.lower()))
    return f" {words} " if words else ""


def _guides(tree: HtmlElement, found: Sequence[Block], sure: Sequence[bool]) -> list[Block]:
    """The blocks that show where the article stands: those vouched for, or all prose where that is much more.

    Of a live blog trafilatura takes one entry. On a page with several headlines, which some sites append to each
    other, it is right to take one.
    """
    vouched = [block for block, is_sure in zip(found, sure, strict=True) if is_sure]
    prose = [block for block in found if is_prose(block)]
    missed = sum(
        len(block.text) for block, is_sure in zip(found, sure, strict=True) if not is_sure and is_prose(block)
    )
    is_one = len(tree.findall(".//h1")) <= 1
    if is_one and missed > MAX_MISSED_SHARE * sum(len(block.text) for block in prose):
        return prose
    return vouched


def _region(tree: HtmlElement, sure: Sequence[Block]) -> HtmlElement:
    weight: dict[HtmlElement, int] = {}
    for block in sure:
        for element in (block.element, *block.element.iterancestors()):
            weight[element] = weight.get(element, 0) + len(block.text)
    enough = REGION_SHARE * sum(len(block.text) for block in sure)
    smallest = tree
    for element in tree.iter():
        if weight.get(element, 0) >= enough > 0:
            smallest = element
    return smallest


def _kept(found: Sequence[Block], sure: Sequence[bool], region: HtmlElement, title: str) -> Iterator[Block]:
    """The article's blocks; a heading only where something of the article follows it."""
    inside, around = set(region.iter()), set(_around(region).iter())
    seen: set[str] = {_key(title)} if title else set()
    headings: list[Block] = []
    below_title = has_begun = False
    for block, is_sure in zip(found, sure, strict=True):
        key = _key(block.text)
        below_title = below_title or (bool(title) and key == _key(title))
        is_double = key in seen and (len(key.split()) > 4 or key == _key(title))
        if not key or is_double or is_boilerplate(block.text) or block.link_share >= MAX_LINK_SHARE:
            continue
        is_inside = block.element in inside
        has_begun = has_begun or is_inside
        leads = below_title and not has_begun and len(seen) < 2 + MAX_LEADS
        if block.kind == "heading":
            if is_inside or below_title:
                headings = [above for above in headings if above.level < block.level] + [block]
        elif _belongs(block, is_sure and block.element in around, is_inside) or (leads and _leads(block)):
            yield from headings
            headings = []
            seen.add(key)
            yield block


def _around(region: HtmlElement) -> HtmlElement:
    """The element that is marked as the page's article or main part and holds `region`, else the whole page."""
    above = [region, *region.iterancestors()]
    return next((element for element in above if element.tag in ("article", "main")), above[-1])


def _belongs(block: Block, is_sure: bool, is_inside: bool) -> bool:
    if not is_inside:
        return is_sure and is_prose(block)
    return is_sure or is_prose(block) or block.kind in ("item", "row")


def _leads(block: Block) -> bool:
    """Whether a block between headline and article is a summary of it."""
    return is_prose(block) or (block.kind == "item" and len(block.text.split()) >= MIN_POINT_WORDS)


def _left_out(before: Sequence[Block], kept: Sequence[Block], title: str) -> tuple[str, ...]:
    """The lines of the whole page that are not in the article, each once."""
    stays = {_key(block.text) for block in kept} | {_key(title)}
    lines = (" ".join(block.text.split()) for block in before if _key(block.text) not in stays)
    return tuple(dict.fromkeys(normalise(line) for line in lines if line))
