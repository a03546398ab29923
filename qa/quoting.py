"""From marked spans to quotes: whole sentences of the article, the short answer kept at its own place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index import Article, Sentence, sentences
from qa.answer import Quote
from qa.figures import extract_figures, find_speaker
from qa.figures.asked import Asked, counts_just
from qa.figures.nouns import concept
from qa.figures.states import state_class

MAX_QUOTES = 4
MAX_FURTHER = 4
MAX_QUOTE_CHARACTERS = 700


_NUMBER = re.compile(r"\d|\b(?:tens|dozens?|hundreds?|thousands?|millions?|billions?)\b", re.I)
_WORD = re.compile(r"[^\W\d_]+")
_BUT = re.compile(r",?\s(?:but|though|although)\s[^.!?;:\n\"“”]*[^\W_]", re.I)
_PAIRS = ('""', "“”", "«»", "()", "[]")


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A short answer at its place in the article, with the probability that it answers."""

    start: int
    end: int
    score: float
    passage_start: int
    passage_end: int


def quotes(
    article: Article, spans: Sequence[MarkedSpan], *, limit: int = MAX_QUOTES, with_but: bool = False
) -> tuple[Quote, ...]:
    """The best spans, best first, each grown to the whole sentences it touches.

    One quote for one sentence, and for one short answer: a source that says a thing three times is quoted once.
    `with_but` takes into a short answer what its sentence says against it ("free, but not fair").
    """
    made: list[Quote] = []
    answers: set[str] = set()
    for span in sorted(spans, key=lambda span: (-span.score, span.start)):
        if len(made) == limit:
            break
        start, end = _whole_sentences(article.text, span)
        marked = _bare(article.text, span.start, span.end)
        but = _BUT.match(article.text, marked[1], end) if with_but else None
        marked = (marked[0], but.end() if but else marked[1])
        answer = article.text[slice(*marked)].casefold()
        if not answer or answer in answers or any(start < quote.end and quote.start < end for quote in made):
            continue
        answers.add(answer)
        speaker = find_speaker(article.text, start, end)
        made.append(
            Quote.cut(
                article,
                start,
                end,
                score=span.score,
                answer=marked,
                said_by=speaker.text if speaker else None,
            )
        )
    return tuple(made)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A short answer without the commas, and the quotation marks or brackets without their pair, at its edges."""
    while start < end and _is_around(text[end - 1], text[start:end]):
        end -= 1
    while start < end and _is_around(text[start], text[start:end]):
        start += 1
    return start, end


def _is_around(mark: str, words: str) -> bool:
    """Whether a mark at the edge of `words` belongs to the sentence around them."""
    pair = next((pair for pair in _PAIRS if mark in pair), None)
    if pair is None:
        return mark in " \n\t,;:"
    opening, closing = pair[0], pair[1]
    return (
        words.count(opening) % 2 == 1 if opening == closing else words.count(opening) != words.count(closing)
    )


def further_quotes(
    article: Article, places: Sequence[tuple[int, int, float]], asked: Asked, made: Sequence[Quote]
) -> tuple[Quote, ...]:
    """Sentences with other numbers of the very thing that is asked for, in reading order, without a short answer.

    `places` are the passages read: start, end, and the probability that their best span answers.
    """
    found: list[Quote] = []
    told = {value for quote in made for value in _values(article, quote.start, quote.end, asked)}
    for start, end, score in sorted(places):
        for sentence in sentences(article.text, start, end):
            if len(found) == MAX_FURTHER:
                return tuple(found)
            if any(sentence.start < quote.end and quote.start < sentence.end for quote in (*made, *found)):
                continue
            new = _values(article, sentence.start, sentence.end, asked) - told
            if new and sentence.end - sentence.start <= MAX_QUOTE_CHARACTERS:
                told |= new
                speaker = find_speaker(article.text, sentence.start, sentence.end)
                said_by = speaker.text if speaker else None
                found.append(Quote.cut(article, sentence.start, sentence.end, score=score, said_by=said_by))
    return tuple(found)


def _values(
    article: Article, start: int, end: int, asked: Asked
) -> set[tuple[float, float, str | None, str | None]]:
    """The numbers of the asked thing in a piece of text, with unit and state; quick where it names no such thing."""
    piece, noun = article.text[start:end], concept((asked.noun or "").lower())
    if not _NUMBER.search(piece) or all(concept(word.lower()) != noun for word in _WORD.findall(piece)):
        return set()
    figures = extract_figures(article.text, start, end, published=article.published)
    return {(f.low, f.high, f.unit, state_class(f.state)) for f in figures if counts_just(f, asked)}


def _whole_sentences(text: str, span: MarkedSpan) -> tuple[int, int]:
    """The sentences of the passage that the span touches, or a window of whole words in a sentence without end."""
    touched: list[Sentence] = [
        sentence
        for sentence in sentences(text, span.passage_start, span.passage_end)
        if sentence.start < span.end and span.start < sentence.end
    ]
    start = min([span.start, *(sentence.start for sentence in touched)])
    end = max([span.end, *(sentence.end for sentence in touched)])
    if end - start <= MAX_QUOTE_CHARACTERS:
        return start, end
    room = max(0, MAX_QUOTE_CHARACTERS - (span.end - span.start)) // 2
    low, high = max(start, span.start - room), min(end, span.end + room)
    space_before, space_after = text.find(" ", low, span.start), text.rfind(" ", span.end, high)
    return (space_before + 1 if low > start and space_before >= 0 else low), (
        space_after if high < end and space_after >= 0 else high
    )
