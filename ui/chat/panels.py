"""What the page shows of a conversation: chat messages, and the articles that they quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from index import Article
from qa import Answer, Quote, Step
from ui.chat.conversation import Conversation, Turn
from ui.rendering import words
from ui.rendering.html import article_view, block_quote, escape, source_table

NOTHING_YET = '<p class="es-hint">The articles that an answer quotes are shown here in full; its links lead to the quotes.</p>'


def messages(turns: Conversation) -> list[dict[str, Any]]:
    """The conversation as messages of a Gradio Chatbot."""
    return [message for turn in turns for message in _turn(turn)]


def _turn(turn: Turn) -> Iterator[dict[str, Any]]:
    yield {"role": "user", "content": escape(turn.question)}
    if turn.pending or turn.answer:
        title = step_title(turn.steps[-1]) if turn.steps and turn.pending else "Searching" if turn.pending else "Steps"
        done = [step_title(step) for step in turn.steps[: len(turn.steps) - turn.pending]]
        status = "pending" if turn.pending else "done"
        yield {"role": "assistant", "content": escape(" · ".join(done)), "metadata": {"title": title, "status": status}}
    if turn.problem:
        yield {"role": "assistant", "content": escape(turn.problem)}
    if turn.answer:
        yield {"role": "assistant", "content": reply(turn.answer)}


def step_title(step: Step) -> str:
    """A step in words: "Reading 64 passages (16 done)"."""
    match step.name:
        case "searching":
            return f"Searching {words.plural(step.total, 'source')}"
        case "reading" if step.done < step.total:
            return f"Reading {words.plural(step.total, 'passage')} ({step.done} done)"
        case "reading":
            return f"Read {words.plural(step.total, 'passage')}"
        case _:
            return f"Comparing {words.plural(step.total, 'source')}"


def reply(answer: Answer) -> str:
    """An answer as HTML on one line: verdict, a row for every source, figures lined up, quotes with their citations."""
    quotes = "".join(block_quote(report, quote) for report in answer.answering for quote in report.quotes)
    parts = [f'<p class="es-verdict">{escape(answer.headline)}</p>', source_table(answer), _line_up(answer), quotes]
    return f'<div class="es-answer">{"".join(parts)}</div>'


def _line_up(answer: Answer) -> str:
    lines = [words.group_title(group) for group in answer.groups if len(group.members) > 1]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<ul class="es-groups">{items}</ul>' if items else ""


def evidence(turns: Sequence[Turn]) -> str:
    """The quoted articles as HTML, those of the latest answer first, each once with the quotes of all answers."""
    articles: dict[str, Article] = {}
    quotes: dict[str, list[Quote]] = {}
    for turn in reversed(turns):
        for report in turn.answer.answering if turn.answer else ():
            articles.setdefault(report.article.id, report.article)
            quotes.setdefault(report.article.id, []).extend(report.quotes)
    views = "".join(article_view(article, quotes[key]) for key, article in articles.items())
    return f'<section class="es-evidence" aria-label="Quoted articles">{views or NOTHING_YET}</section>'
