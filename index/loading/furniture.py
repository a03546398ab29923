"""Which elements of a page are furniture: menus, banners, boxes, comments, captions and what else is no article.

Judged by what an element is (its tag and role) and by the words of its class and id, as adblock lists and readability
tools do; an element that holds much of the page's prose is never taken out for its name alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.loading.blocks import UNSEEN, Block, blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_PROSE_SHARE = 0.3
"""An element with more of the page's prose is kept, whatever it is called."""

MAX_BANNER = 1_000
"""A notice of so many characters goes even where it is most of a short page; what is longer may be a page that is
called after its notice."""

MIN_PICTURES = 3
"""A page of so many pictures with longer captions than text is a gallery, whose captions are the article."""

MIN_PROSE_WORDS = 8

_TAGS = UNSEEN | {
    "nav",
    "form",
    "button",
    "dialog",
    "menu",
    "label",
    "amp-sidebar",
    "amp-consent",
    "amp-ad",
}
_ASIDE_TAGS = frozenset({"aside", "footer", "address"})
_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar",
    "tablist",
})  # fmt: skip
_WORDS = re.compile(
    r"(?<![a-z])(?:cookies?|consent|gdpr|onetrust|cmp|newsletters?|(?:email|mail) ?signup"
    r"|sign ?(?:in|up|off)|signup|register|subscri(?:be|ption|ptions)|paywall|regwall"
    r"|shar(?:e|ing|es|ed|edaddy)|sharetools?|social|addtoany|addthis|related|relatedposts"
    r"|inline ?related|recommend(?:ed|ations?)|read ?(?:more|next|also)|readmore|see ?alsos?"
    r"|more ?(?:on|from|stories)|links ?block|also ?like|up ?next|dont ?miss|puff|promos?|teasers?|cta"
    r"|comments?|commenting|respond|disqus|reply|discussion|breadcrumbs?|nav|navbar|navigation|menu"
    r"|pagination|pager|sidebar|rail|widgets?|footer|foot|site ?info|masthead|ads?"
    r"|advert(?:s|isement|ising)?|dfp|sponsor(?:ed)?|taboola|outbrain|trending|popular"
    r"|most ?(?:read|viewed|popular|shared)|top ?stories|topics?|topic ?list|tags|tags ?links|cat ?links"
    r"|byline|bylines|dateline|timestamps?|author ?(?:bio|box|info|section)|bio|entry ?meta|posted ?on"
    r"|skip|skip ?link|toolbar|captions?|image ?caption|imagecaption|credits?|picture ?credit|gallery"
    r"|feedback|helpful|print|reprints?|banner|popup|pop ?up|modal|overlay|toast|ticker|polls?|survey"
    r"|donate|donation|support ?us|contact|get ?involved|getinvolved|ipso|disclaimer|twitter ?tweet"
    r"|instagram ?media|fb ?post|social ?embed|pull ?quote|pullquote|video|player|app ?promo|weather"
    r"|estimated ?time|reading ?time|read ?time|kicker|key ?events|keyevents|live ?filter|jump ?link"
    r"|visually ?hidden|screen ?reader ?text|sr ?only|license|licensing|attachments?|downloads?"
    r"|print ?only|no ?print|meta ?data|edit ?section|reflist|references?|hatnote|nav ?box|toc"
    r"|user ?(?:info|details|profile)|message ?user|poster|post ?author|piano|barrier|gateway|upsell|offers?)(?![a-z])"
)
_BANNER = re.compile(r"(?<![a-z])(?:cookies?|consent|gdpr|onetrust|cmp|piano|upsell)(?![a-z])")
_QUOTED_MAIL = re.compile(r"(?<![a-z])(?:gmail ?quote|yahoo ?quoted|moz ?cite ?prefix)(?![a-z])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAMING = ("class", "id", "data-component", "data-testid", "data-gu-name", "aria-label", "itemprop")
_NEVER_BY_NAME = frozenset({"html", "body", "main", "h1"})
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’)\]]*$")


def is_prose(block: Block) -> bool:
    """Whether a block reads like a sentence of running text, not like a label or a link."""
    words = len(block.text.split())
    return block.link_share < 0.5 and words >= MIN_PROSE_WORDS and bool(_SENTENCE_END.search(block.text))


def prune(tree: HtmlElement) -> None:
    """Take the furniture out of `tree`, in place."""
    all_prose = _prose_below(tree)
    for element in _elements(tree):
        prose = all_prose.get(element, 0)
        is_page = prose == all_prose.get(tree) != 0
        is_banner = prose <= MAX_BANNER and _is_named(element, _BANNER)
        if element.tag in _TAGS or (not is_page and (is_banner or _is_named(element, _QUOTED_MAIL))):
            _drop(element)
    weight = _prose_below(tree)
    limit = MAX_PROSE_SHARE * weight.get(tree, 0)
    is_gallery = _is_gallery(tree, weight.get(tree, 0))
    for element in _elements(tree):
        if is_gallery and next(element.iter("figcaption"), None) is not None:
            continue
        if element.tag == "figcaption" or (weight.get(element, 0) <= limit and _is_furniture(element)):
            _drop(element)


def _elements(tree: HtmlElement) -> list[HtmlElement]:
    found = tree.iterdescendants()
    return [
        element for element in found if isinstance(element.tag, str) and element.tag not in ("body", "html")
    ]


def _is_gallery(tree: HtmlElement, prose: int) -> bool:
    """Whether a page's captions, credits and all, are longer than its other prose."""
    captions = [" ".join(caption.text_content().split()) for caption in tree.iter("figcaption")]
    long = sum(len(caption) for caption in captions if len(caption.split()) >= MIN_PROSE_WORDS)
    return len(captions) >= MIN_PICTURES and long > prose


def _is_furniture(element: HtmlElement) -> bool:
    if element.tag in _ASIDE_TAGS or (element.get("role") or "").lower() in _ROLES:
        return True
    if element.get("hidden") is not None or element.get("layout") == "nodisplay":
        return True
    if _HIDDEN_STYLE.search(element.get("style") or ""):
        return True
    if (
        element.tag == "header"
        and element.find(".//h1") is None
        and not _inside(element, ("article", "main"))
    ):
        return True
    return _is_named(element, _WORDS)


def _is_named(element: HtmlElement, words: re.Pattern[str]) -> bool:
    """Whether one of `words` stands in its class or another of its names, and it holds no headline."""
    if element.tag in _NEVER_BY_NAME:
        return False
    for attribute in _NAMING:
        if name := element.get(attribute):
            # Themes write a post's tags and categories into the classes of the post itself.
            names = name.split() if attribute == "class" else [name]
            if element.tag == "article" or len(names) > 6:
                names = names[:1]
            if any(words.search(_SEPARATORS.sub(" ", _CAMEL.sub(" ", part).lower())) for part in names):
                return not _holds_headline(element)
    return False


def _holds_headline(element: HtmlElement) -> bool:
    return element.find(".//h1") is not None


def _inside(element: HtmlElement, tags: tuple[str, ...]) -> bool:
    return any(above.tag in tags for above in element.iterancestors())


def _prose_below(tree: HtmlElement) -> dict[HtmlElement, int]:
    """How many characters of prose stand in each element that holds any."""
    weight: dict[HtmlElement, int] = {}
    for block in blocks(tree):
        if is_prose(block):
            size = len(block.text)
            weight[block.element] = weight.get(block.element, 0) + size
            for above in block.element.iterancestors():
                weight[above] = weight.get(above, 0) + size
    return weight


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
