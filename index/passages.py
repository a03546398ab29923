"""Passages: runs of whole sentences of about a hundred words, the unit that is found and read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.articles import Article, Passage
from index.sentences import Sentence, sentences

CHARACTERS_PER_WORD = 10
"""A stretch without spaces counts one word for each so many characters."""

QUOTABLE_HEADING_WORDS = 5
"""A heading of so many words states something and becomes a passage of its own."""

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class PassageSettings:
    """Sizes in words. A run under `min_words` joins the passage before it; neighbours share `overlap_sentences`."""

    max_words: int = 110
    min_words: int = 25
    overlap_sentences: int = 0

    def __post_init__(self) -> None:
        if self.max_words < 1 or not 0 <= self.min_words <= self.max_words or self.overlap_sentences < 0:
            raise ValueError(
                f"{self}: needs 0 <= min_words <= max_words, max_words >= 1 and overlap_sentences >= 0"
            )


def split(article: Article, settings: PassageSettings | None = None) -> tuple[Passage, ...]:
    """The passages of `article` in order, none of them across a heading or a line of page furniture.

    Every sentence and list item is in one of them (in more than one only by `overlap_sentences`). A sentence longer
    than `max_words` is cut between words.
    """
    settings = settings or PassageSettings()
    return tuple(_passages(article, settings))


def widened(article: Article, passages: Sequence[Passage], place: int, max_words: int) -> Passage:
    """`passages[place]` of an article with its neighbours, the next one first, as long as all have at most `max_words`.

    Found by a small passage and shown in its surroundings; a passage that is longer stays as it is.
    """
    sizes = [len(passage.cut(article).split()) for passage in passages]
    first = last = place
    words, grew = sizes[place], True
    while grew:
        grew = False
        for neighbour in (last + 1, first - 1):
            if 0 <= neighbour < len(passages) and words + sizes[neighbour] <= max_words:
                first, last, grew = min(first, neighbour), max(last, neighbour), True
                words += sizes[neighbour]
    return Passage(article.id, passages[first].start, passages[last].end, passages[place].heading)


def _passages(article: Article, settings: PassageSettings) -> Iterator[Passage]:
    heading: str | None = None
    run: list[Sentence] = []
    for sentence in sentences(article.text):
        if sentence.kind in ("sentence", "bullet"):
            run.extend(_pieces(article.text, sentence, settings.max_words))
            continue
        yield from _of_run(article, run, heading, settings)
        run = []
        if sentence.kind == "heading":
            heading = article.text[sentence.start : sentence.end]
            if len(heading.split()) >= QUOTABLE_HEADING_WORDS:
                yield Passage(article.id, sentence.start, sentence.end)
    yield from _of_run(article, run, heading, settings)


def _of_run(
    article: Article, run: Sequence[Sentence], heading: str | None, settings: PassageSettings
) -> Iterator[Passage]:
    for group in _groups(article.text, run, settings):
        yield Passage(article.id, group[0].start, group[-1].end, heading)


def _groups(text: str, run: Sequence[Sentence], settings: PassageSettings) -> list[list[Sentence]]:
    groups: list[list[Sentence]] = []
    size = 0
    for sentence in run:
        words = _words(text, sentence)
        if groups and size + words <= settings.max_words:
            groups[-1].append(sentence)
            size += words
        else:
            shared = (
                groups[-1][-settings.overlap_sentences :] if groups and settings.overlap_sentences else []
            )
            groups.append([*shared, sentence])
            size = words + sum(_words(text, other) for other in shared)
    if len(groups) > 1 and size < settings.min_words:
        fresh = [sentence for sentence in groups.pop() if sentence.start >= groups[-1][-1].end]
        groups[-1].extend(fresh)
    return groups


def _words(text: str, sentence: Sentence) -> int:
    words = len(text[sentence.start : sentence.end].split())
    return max(words, (sentence.end - sentence.start) // CHARACTERS_PER_WORD)


def _pieces(text: str, sentence: Sentence, max_words: int) -> Iterator[Sentence]:
    """`sentence` itself, or pieces of at most `max_words` words and about ten times as many characters."""
    if _words(text, sentence) <= max_words:
        yield sentence
        return
    start, end, words = sentence.start, sentence.start, 0
    room = max_words * CHARACTERS_PER_WORD
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        for piece_start in range(match.start(), match.end(), room):
            piece_end = min(match.end(), piece_start + room)
            if words and (words == max_words or piece_end - start > room):
                yield Sentence(start, end, sentence.kind)
                start, words = piece_start, 0
            end, words = piece_end, words + 1
    yield Sentence(start, end, sentence.kind)
