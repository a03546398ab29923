"""What the page shows of a conversation: chat messages, and the articles that they quote."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import gradio as gr

from index import Article
from qa import Answer, Quote, Step
from ui.chat.conversation import Conversation, Inquiry, Turn
from ui.chat.links import described, link
from ui.chat.suggestions import MOST_OFFERED, offered
from ui.rendering import answer_csv, answer_html, answer_json, answer_markdown, words
from ui.rendering.html import article_view, escape
from ui.rendering.report import answer_body

NOTHING_YET = (
    '<p class="es-hint">The articles of an answer are shown here in full; its links lead to the quotes.</p>'
)
SHOWN_CHARACTERS = 400_000
"""So much text of articles that are not quoted is put on the page, for a reader to check that they are silent."""

RENDERED_KEPT = 64
"""So many rendered answers are kept, as each is shown again at every step of the next one."""

DOWNLOADS = (
    ("Markdown", "md", "text/markdown", answer_markdown),
    ("CSV", "csv", "text/csv", answer_csv),
    ("JSON", "json", "application/json", answer_json),
    ("Report", "html", "text/html", answer_html),
)


def messages(turns: Conversation) -> list[dict[str, Any]]:
    """The conversation as messages of a Gradio Chatbot."""
    return [
        message
        for place, turn in enumerate(turns)
        for message in _turn(turn, place, last=place == len(turns) - 1)
    ]


def chips(turns: Conversation) -> list[gr.Button]:
    """The buttons of what can be asked next, MOST_OFFERED of them, those without use hidden."""
    labels = [made.label for made in offered(turns)]
    return [
        gr.Button(labels[place] if place < len(labels) else "", visible=place < len(labels), size="sm")
        for place in range(MOST_OFFERED)
    ]


def _turn(turn: Turn, place: int, *, last: bool) -> Iterator[dict[str, Any]]:
    yield {"role": "user", "content": escape(turn.inquiry.typed or turn.inquiry.question)}
    yield {"role": "assistant", "content": gr.HTML(_said(turn, place, last))}


@lru_cache(maxsize=RENDERED_KEPT)
def _said(turn: Turn, place: int, last: bool) -> str:
    parts = [_understood(turn.inquiry)]
    if turn.pending:
        parts.append(_steps(turn.steps))
    if turn.problem:
        parts.append(f"<p>{escape(turn.problem)}</p>")
    if turn.answer:
        linked = _linked(turn.answer) if last else ()
        parts += [answer_body(turn.answer, answer_anchor(place), linked), _tools(turn.answer, turn.inquiry)]
    return f'<div class="es-answer" id="{answer_anchor(place)}">{"".join(parts)}</div>'


def answer_anchor(place: int) -> str:
    """The id of the answer of a turn, by its place in the conversation."""
    return f"answer-{place + 1}"


def _understood(inquiry: Inquiry) -> str:
    """How the question was taken, where it was not as it was typed, and the scope, where it is not everything."""
    scope = described(inquiry.scope)
    asked = f"Understood as: <q><bdi>{escape(inquiry.question)}</bdi></q>" if inquiry.carried else ""
    known = " · ".join(filter(None, (asked, f"Scope: {escape(scope)}" if scope else "")))
    return f'<p class="es-understood">{known}</p>' if known else ""


def _steps(steps: Sequence[Step]) -> str:
    *done, now = [step_title(step) for step in steps] or ["Searching"]
    items = "".join(f"<li>{escape(step)}</li>" for step in done)
    progress = next((step for step in reversed(steps) if step.name == "reading" and step.total), None)
    bar = (
        f'<progress aria-label="passages read" max="{progress.total}" value="{progress.done}"></progress>'
        if progress
        else ""
    )
    return f'<ul class="es-steps">{items}<li aria-busy="true">{escape(now)} …</li></ul>{bar}'


def step_title(step: Step) -> str:
    """A step in words: "Reading 5 sources: 32 of 64 passages, 2 sources answer so far"."""
    sources = words.plural(step.sources or step.total, "source")
    answering = f"{words.plural(step.answering, 'source')} {'answers' if step.answering == 1 else 'answer'}"
    match step.name:
        case "searching":
            return f"Searching {sources}"
        case "reading" if step.done < step.total:
            return (
                f"Reading {sources}: {step.done} of {words.plural(step.total, 'passage')}, {answering} so far"
            )
        case "reading":
            return f"Read {words.plural(step.total, 'passage')} of {sources}: {answering}"
        case _:
            return f"Comparing {sources}"


def _tools(answer: Answer, inquiry: Inquiry) -> str:
    """The answer as files, held in the links themselves so that no file lies on the server, and a link to the answer."""
    links = []
    for label, suffix, kind, render in DOWNLOADS:
        content = b64encode(render(answer).encode()).decode()
        links.append(
            f'<a download="answer.{suffix}" href="data:{kind};charset=utf-8;base64,{content}">{label}</a>'
        )
    again = f'<a href="{escape(link(inquiry))}">Link to this answer</a>'
    return f'<p class="es-tools">Download: {" ".join(links)} · {again}</p>'


def _linked(answer: Answer) -> list[str]:
    return [article.id for article in _shown(answer)]


def _shown(answer: Answer) -> list[Article]:
    """The articles of an answer that are shown: all that are quoted, and others until SHOWN_CHARACTERS are full."""
    shown, room = [], SHOWN_CHARACTERS
    for report in answer.sources:
        if not report.quotes:
            room -= len(report.article.text)
        if report.quotes or room >= 0:
            shown.append(report.article)
    return shown


def evidence(turns: Sequence[Turn]) -> str:
    """The articles as HTML, those of the latest answer first, each once, with the quotes of all answers marked in it."""
    articles: dict[str, Article] = {}
    quotes: dict[str, list[Quote]] = {}
    backs: dict[str, str] = {}
    answered = [(place, turn.answer) for place, turn in enumerate(turns) if turn.answer]
    for latest, (place, answer) in enumerate(reversed(answered)):
        quoted = [report.article for report in answer.answering]
        for article in _shown(answer) if not latest else quoted:
            articles.setdefault(article.id, article)
            backs.setdefault(article.id, answer_anchor(place))
        for report in answer.answering:
            quotes.setdefault(report.article.id, []).extend(report.quotes)
    views = "".join(
        article_view(article, quotes.get(key, ()), back=backs[key], is_open=not place and key in quotes)
        for place, (key, article) in enumerate(articles.items())
    )
    head = f"<h2>{words.plural(len(articles), 'article')}</h2>" if views else ""
    return f'<section class="es-evidence" aria-label="Articles">{head}{views or NOTHING_YET}</section>'


def copied(turns: Conversation) -> str:
    """The last answer as Markdown, in which every quote has its citation; empty where there is none."""
    answer = turns[-1].answer if turns else None
    return answer_markdown(answer) if answer else ""
