"""What a browser would make of a page, and article texts that try to be more than text."""

from html.parser import HTMLParser

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "${alert(1)}",
    "{{7*7}}",
    "**bold** _it_ `code` [a](javascript:alert(1))",
    "$$x^2$$ \\(x\\)",
    "line\n\n# head\n\n- item",
    "</article></section>",
    "<a href='javascript:alert(1)'>go</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>body{display:none}</style>",
    "<form action=//example.org><input autofocus onfocus=alert(1)>",
    "<!-- <![CDATA[ ]]> &lt;script&gt; &amp;",
    "${document.body.remove()}",
    "{{constructor.constructor('alert(1)')()}}",
    "<%= 7*7 %> #{7*7} [[7*7]]",
    "![x](https://example.org/x.png) <https://example.org> | a | b |",
    "\\u202e backslash \\ and `${7*6}`",
]


class Page(HTMLParser):
    """What a browser would see: the text, the ids, the links, and whether every element is closed in order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.text = ""
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.marked = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        self.tags.append(tag)
        assert not any(name.startswith("on") for name in facts)
        if facts.get("id"):
            self.ids.append(str(facts["id"]))
        if facts.get("href"):
            self.links.append(str(facts["href"]))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if "mark" in self.open:
            self.marked += data
