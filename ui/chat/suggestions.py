"""Follow-ups that the data of an answer suggests: who gives the ends of the spread, later sources only, one outlet only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from index import Scope
from qa import Answer
from ui.chat.conversation import Conversation, Inquiry, Turn
from ui.chat.library import DEMO
from ui.demo import EXAMPLE_QUESTIONS
from ui.rendering import words

MOST_OFFERED = 5
LABEL_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A follow-up: what is written on it, and what it asks."""

    label: str
    inquiry: Inquiry


def offered(turns: Conversation) -> tuple[Suggestion, ...]:
    """What can be asked next, at most MOST_OFFERED things: examples for the demo articles before anything was asked."""
    if not turns:
        return tuple(
            Suggestion(question, Inquiry(question, DEMO)) for question in EXAMPLE_QUESTIONS[:MOST_OFFERED]
        )
    return () if turns[-1].pending else suggestions(turns[-1])


def suggestions(turn: Turn) -> tuple[Suggestion, ...]:
    """What can be asked after a turn: first the question as it was typed, where it was understood otherwise."""
    inquiry, answer = turn.inquiry, turn.answer
    made: list[Suggestion] = []
    if inquiry.carried:
        made.append(Suggestion(_cut(f"Ask it as typed: “{inquiry.typed}”"), inquiry.as_typed()))
    if answer:
        made += _from(answer, inquiry)
    return tuple(made[:MOST_OFFERED])


def _from(answer: Answer, inquiry: Inquiry) -> Iterator[Suggestion]:
    plain = replace(inquiry, typed="", picked=None)
    for text, counts in _ends(answer):
        asked = f"Who said {text}{f' {counts}' if counts and counts not in text else ''}?"
        yield Suggestion(_cut(f"Who said {words.one_line(text)}?"), replace(plain, question=asked))
    days = sorted({report.article.published for report in answer.answering if report.article.published})
    if len(days) > 1 and (plain.scope.since is None or plain.scope.since < days[-1]):
        middle = days[len(days) // 2]
        if plain.scope.until is None or middle <= plain.scope.until:
            yield Suggestion(
                f"Only since {middle.isoformat()}", replace(plain, scope=replace(plain.scope, since=middle))
            )
    outlets = list(
        dict.fromkeys(report.article.outlet for report in answer.answering if report.article.outlet)
    )
    if len(outlets) > 1:
        scope = replace(plain.scope, outlets=(outlets[0],), sources=None)
        yield Suggestion(_cut(f"Only {words.one_line(outlets[0])}"), replace(plain, scope=scope))
    if plain.scope != Scope():
        yield Suggestion("Ask all sources", replace(plain, scope=Scope()))


def _ends(answer: Answer) -> Iterator[tuple[str, str | None]]:
    """The lowest and the highest figure that are asked for, in the words of their articles, where they are two."""
    if not answer.groups:
        return
    figures = [answer.figures[member].figure for member in answer.groups[0].members]
    ends = [min(figures, key=lambda figure: figure.low), max(figures, key=lambda figure: figure.high)]
    if ends[0].text != ends[1].text:
        for figure in reversed(ends):
            yield figure.text, figure.counts


def _cut(label: str) -> str:
    return label if len(label) <= LABEL_CHARACTERS else f"{label[: LABEL_CHARACTERS - 1]}…"
