"""A page's tree to its blocks of text, in order: paragraphs, headings, list items, table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BlockKind = Literal["paragraph", "heading", "item", "row"]

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNSEEN = frozenset({
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "svg", "canvas", "iframe", "object",
    "embed", "audio", "video", "map", "math", "textarea", "select", "datalist",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "picture", "source", "input", "button", "amp-img",
})  # fmt: skip
_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Signs that no normalised page holds.
_BREAK, _LINK, _LINK_END = "\x1f", "\x0e", "\x0f"
_LINKED = re.compile(r"\x0e([^\x0f]*)\x0f")
_MARKS = re.compile(r"[\x0e\x0f]")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that stands by itself: its words, how many characters of them are links, and where it stands."""

    kind: BlockKind
    text: str
    linked: int
    element: HtmlElement
    level: int = 0

    @property
    def link_share(self) -> float:
        """The share of the text that is links, 0 to 1."""
        return min(1.0, self.linked / len(self.text))

    def written(self) -> str:
        """The block as a paragraph of an article's text, with the marks that say what it is."""
        if self.kind == "heading":
            return f"{'#' * max(2, self.level)} {self.text}"
        return f"- {self.text}" if self.kind in ("item", "row") else self.text


@dataclass(slots=True)
class _Run:
    """Text that is being gathered for the next block; `outer` are the elements that hold blocks."""

    kind: BlockKind
    element: HtmlElement
    level: int = 0
    outer: frozenset[HtmlElement] = frozenset()
    parts: list[str] = field(default_factory=list)

    def add(self, text: str | None, in_link: bool) -> None:
        if text:
            self.parts.append(f"{_LINK}{text}{_LINK_END}" if in_link else text)

    def blocks(self) -> Iterator[Block]:
        gathered = _INVISIBLE.sub("", _SPACE.sub(" ", "".join(self.parts)))
        self.parts.clear()
        for piece in _pieces(gathered):
            linked = sum(len(found.strip()) for found in _LINKED.findall(piece))
            kind, text = self.kind, " ".join(_MARKS.sub("", piece).split())
            if kind == "paragraph" and text[:1] in tuple("•▪‣●") and text[1:].strip():
                kind, text = "item", text[1:].strip()
            if text:
                yield Block(kind, text, linked, self.element, self.level)


def _pieces(text: str) -> list[str]:
    """`text` cut at its line breaks, save those that only wrap a line."""
    pieces: list[str] = []
    is_blank = True
    for line in text.split(_BREAK):
        bare = _MARKS.sub("", line).strip()
        if (
            pieces
            and bare
            and not is_blank
            and bare[0].islower()
            and _MARKS.sub("", pieces[-1]).rstrip()[-1:] not in tuple(".!?:")
        ):
            pieces[-1] += f" {line}"
        elif bare:
            pieces.append(line)
        is_blank = not bare
    return pieces


def blocks(tree: HtmlElement) -> list[Block]:
    """All blocks of text below `tree`, without what is no text, such as scripts."""
    return list(_blocks(tree, _Run("paragraph", tree, outer=_with_blocks(tree)), False))


def written(kept: Sequence[Block]) -> str:
    """The blocks as text: a blank line between them, none between the items of a list."""
    text = ""
    last = ""
    for block in kept:
        is_list = block.kind in ("item", "row")
        text += ("\n" if is_list and last == block.kind else "\n\n") + block.written()
        last = block.kind
    return text.strip()


def _blocks(element: HtmlElement, run: _Run, in_link: bool) -> Iterator[Block]:
    run.add(element.text, in_link)
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in UNSEEN:
            pass
        elif tag == "br":
            run.parts.append(_BREAK)
        elif tag in _INLINE and child not in run.outer:
            yield from _blocks(child, run, in_link or tag == "a")
        else:
            yield from run.blocks()
            yield from _of_block(child, run, in_link or tag == "a")
        run.add(child.tail, in_link)
    if run.element is element:
        yield from run.blocks()


def _of_block(element: HtmlElement, outer: _Run, in_link: bool) -> Iterator[Block]:
    if element.tag == "tr" and len(element) > 1 and not any(cell in outer.outer for cell in element):
        cells = [" ".join(_visible(cell).split()) for cell in element]
        if text := " | ".join(cell for cell in cells if cell):
            linked = sum(len(_visible(link)) for link in element.iter("a"))
            yield Block("row", text, linked, element)
        return
    kind, level = outer.kind, 0
    if element.tag in HEADINGS:
        kind, level = "heading", int(element.tag[1])
    elif element.tag in ("li", "dd", "dt"):
        kind = "item"
    elif element.tag in ("ul", "ol", "table", "article", "section"):
        kind = "paragraph"
    yield from _blocks(element, _Run(kind, element, level, outer.outer), in_link)


def _with_blocks(tree: HtmlElement) -> frozenset[HtmlElement]:
    """The elements that have an element below them that makes a block of its own."""
    found: set[HtmlElement] = set()
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in _INLINE:
            for above in element.iterancestors():
                if above in found:
                    break
                found.add(above)
    return frozenset(found)


def _visible(element: HtmlElement) -> str:
    return "".join(element.itertext())
