"""Windows for the reader: a passage with its title and the sentences before it."""

from __future__ import annotations

from dataclasses import dataclass

from index import Article, Passage
from qa.reading.model import Window

WINDOW_CHARACTERS = 950
CONTEXT_CHARACTERS = 220
TITLE_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class PassageWindow:
    """A passage as the reader sees it; `shift` added to a place in the window gives the place in the article."""

    passage: Passage
    window: Window
    shift: int


def passage_window(article: Article, passage: Passage) -> PassageWindow:
    """The passage after its article's title, what stands just before it, and nothing else."""
    title = " ".join(article.title.split())[:TITLE_CHARACTERS] if article.has_own_title else ""
    lead = f"{title}.\n" if title and not article.text.startswith(title) else ""
    body = min(passage.end - passage.start, WINDOW_CHARACTERS - len(lead))
    room = max(0, min(CONTEXT_CHARACTERS, WINDOW_CHARACTERS - len(lead) - body))
    begin = _whole_words_from(article.text, max(0, passage.start - room), passage.start)
    text = lead + article.text[begin : passage.start + body]
    answer_from = len(lead) + passage.start - begin
    return PassageWindow(passage, Window(text, answer_from, answer_from + body), begin - len(lead))


def _whole_words_from(text: str, begin: int, end: int) -> int:
    """The first sentence start in text[begin:end], else the first word start, else `end`."""
    if begin == 0:
        return 0
    for mark in (". ", "\n", " "):
        found = text.find(mark, begin, end)
        if found >= 0:
            return found + len(mark)
    return end
