"""Articles and the passages cut from them. Offsets count Python characters of `Article.text`."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

# Written out, as month names of the standard library follow the machine's locale.
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LONE_SURROGATES = re.compile(r"[\ud800-\udfff]")
_UNCLEAN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ID = re.compile(r"[0-9a-f]{16}")


def normalise(text: str) -> str:
    r"""`text` as it is stored: no byte order mark, `\n` for every line break, a space for other control characters.

    Lone surrogates, which no encoding can hold, become U+FFFD. All else stays as it is. Idempotent.
    """
    text = _LINE_BREAKS.sub("\n", text.lstrip("\ufeff"))
    return _LONE_SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text))


def article_id(text: str) -> str:
    """Sixteen hexadecimal digits that follow from `text` alone (SHA-256)."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Article:
    """A source as the user counts it: its text, normalised once and never changed again, and who printed it when.

    `name` is unique within a collection, `id` follows from the text (and from the name too where another article of
    the collection has the same text). `published` is when it was printed, `fetched` when this copy was taken; of a PDF or
    a Word file, when that file was made, which may be long after or before it was printed. `pages` holds the place in
    the text where each page of a paged document starts. `left_out` is what a loader took for no part of the article,
    line by line; it is no part of what an article is, and a collection does not give it back with it.
    Raises ValueError where a field cannot be what it says.
    """

    id: str
    name: str
    text: str
    title: str
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None
    fetched: date | None = None
    pages: tuple[int, ...] = ()
    left_out: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(
                f"article id {self.id!r} is not 16 hexadecimal digits; make one with article_id(text)"
            )
        if not self.name.strip() or _UNCLEAN.search(self.name) or "\n" in self.name:
            raise ValueError(f"article name {self.name!r} is empty or holds control characters")
        if not self.text.strip():
            raise ValueError(f"article {self.name!r} has no text")
        if self.text.startswith("\ufeff") or _UNCLEAN.search(self.text):
            raise ValueError(
                f"the text of article {self.name!r} is not normalised; pass it through normalise()"
            )

        if list(self.pages) != sorted(self.pages) or (
            self.pages and not 0 <= self.pages[0] <= self.pages[-1] <= len(self.text)
        ):
            raise ValueError(f"the pages of article {self.name!r} do not start in order within its text")

    def page(self, offset: int) -> int | None:
        """The number of the page, from 1, that the character at `offset` stands on; None where there are no pages."""
        return bisect_right(self.pages, offset) or None

    @property
    def imprint(self) -> str:
        """Who printed it and when, as a question words it: "The Courier, March 4, 2024"; empty where neither is known."""
        day = self.published
        written = f"{_MONTHS[day.month - 1]} {day.day}, {day.year}" if day else None
        return ", ".join(filter(None, (self.outlet, written)))

    @property
    def has_own_title(self) -> bool:
        """Whether the title was found in the article, and is not just its file's name."""
        return self.title != default_title(self.name)


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrieval unit: whole sentences `text[start:end]` of one article, and the heading that they stand under."""

    article_id: str
    start: int
    end: int
    heading: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"passage [{self.start}, {self.end}) is empty or starts before the text")

    def cut(self, article: Article) -> str:
        """The passage's words; ValueError where `article` is another one or ends before the passage does."""
        if article.id != self.article_id:
            raise ValueError(f"passage of article {self.article_id} cannot be cut from article {article.id}")
        if self.end > len(article.text):
            raise ValueError(f"passage ends at {self.end}, article {article.name!r} at {len(article.text)}")
        return article.text[self.start : self.end]


def default_title(name: str) -> str:
    """The title of an article that has none of its own: its file's name without the suffix."""
    return PurePosixPath(name).stem or name


def retrieval_text(article: Article, passage: Passage) -> str:
    """What is embedded and indexed for a passage: outlet and date, the title, the heading and the passage, a line each."""
    body = passage.cut(article)
    title = article.title if article.has_own_title else None
    lines = [line for line in (article.imprint, title, passage.heading) if line and line not in body]
    return "\n".join([*dict.fromkeys(lines), body])
