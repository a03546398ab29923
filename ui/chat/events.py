"""What happens in the conversation: a question understood, answered, stopped; a follow-up or an example chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import gradio as gr

from index import Article, EverysourceError, Scope
from qa import Answer, Step
from ui.chat import panels
from ui.chat.conversation import Conversation, Halt, Inquiry, Turn, stopped
from ui.chat.followups import understood
from ui.chat.library import Library
from ui.chat.links import LONGEST_QUESTION, inquiry_of, scope_of
from ui.chat.running import stream
from ui.chat.suggestions import MOST_OFFERED, offered
from ui.rendering import words

Shown = tuple[Any, ...]
"""Messages, evidence, the answer to copy, the question box, the conversation, what halts the question at hand, and the
buttons of what can be asked next."""

Picked = tuple[Any, ...]
"""What is asked next, the collection, and the pickers of sources, outlets, first and last day."""

SKIP = (gr.skip(),) * (5 + MOST_OFFERED)


class Events:
    """What the conversation does over a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def take(
        self,
        typed: str,
        name: str,
        sources: list[str] | None,
        outlets: list[str] | None,
        since: str | None,
        until: str | None,
        turns: Conversation,
    ) -> Picked:
        """Takes a question from its box, with what it leaves out from the one before it."""
        if not typed.strip():
            return self._picked(None, name)
        try:
            asked = Inquiry(typed.strip()[:LONGEST_QUESTION], name, scope_of(sources, outlets, since, until))
            before = turns[-1] if turns and turns[-1].inquiry.collection == name else None
            return self._picked(
                understood(typed, asked, before, self._library.articles(name) if before else ()), name
            )
        except (EverysourceError, ValueError) as error:
            raise gr.Error(str(error), title="Not asked") from error

    def choose(self, place: int, turns: Conversation) -> Picked:
        """Takes what is offered at a place."""
        known = offered(turns)
        inquiry = known[place].inquiry if place < len(known) else None
        return self._picked(inquiry, inquiry.collection if inquiry else self._library.names[0])

    def open(self, request: gr.Request) -> Picked:
        """Takes the question that the page's address holds, if it holds one."""
        default = self._library.names[0]
        try:
            inquiry = inquiry_of(request.query_params, default)
        except ValueError as error:
            gr.Warning(str(error), title="The link is not whole")
            inquiry = None
        if inquiry is None:
            # Whoever is quicker than this has picked a collection already, and keeps it.
            _, _, *pickers = self._picked(None, default)
            return None, gr.Dropdown(choices=list(self._library.names)), *pickers
        return self._picked(
            inquiry, inquiry.collection if inquiry.collection in self._library.names else default
        )

    def scope(self, name: str) -> Picked:
        """The pickers for another collection, nothing picked."""
        return self._picked(None, name)[2:]

    def answer(self, inquiry: Inquiry | None, turns: Conversation) -> Iterator[Shown]:
        """Answers what was taken, showing each step."""
        if inquiry is None:
            yield (gr.skip(), *SKIP)
            return
        turns = stopped(turns)
        turn, halt = Turn(inquiry), Halt()
        yield self._shown((*turns, turn), halt, emptied=True)
        try:
            with self._library.use(inquiry.collection) as assistant:

                def work(on_step: Callable[[Step], None]) -> Answer:
                    return assistant.ask(inquiry.question, inquiry.scope, on_step=on_step)

                for report in stream(work, halt.event):
                    if isinstance(report, Answer):
                        yield self._shown((*turns, replace(turn, answer=report)))
                    else:
                        turn = turn.after(report)
                        # Only the messages change: a stop button made anew under the pointer would miss its click.
                        yield panels.messages((*turns, turn)), *SKIP
        except EverysourceError as error:
            yield self._shown((*turns, replace(turn, problem=str(error))))
        except Exception as error:
            yield self._shown(
                (
                    *turns,
                    replace(turn, problem=f"No answer: a fault of Everysource ({type(error).__name__})."),
                )
            )
            raise
        # When this ends, Gradio shows its last state once more: that must be what was left.
        if halt.left is not None:
            yield self._shown(halt.left)

    def stop(self, turns: Conversation, halt: Halt | None) -> Shown:
        """Gives up the question at hand."""
        return self._left(stopped(turns), halt)

    def clear(self, halt: Halt | None) -> Shown:
        """Starts afresh."""
        return self._left((), halt, emptied=True)

    def _left(self, turns: Conversation, halt: Halt | None, *, emptied: bool = False) -> Shown:
        if halt:
            halt.leave(turns)
        return self._shown(turns, emptied=emptied)

    def _shown(self, turns: Conversation, halt: Halt | None = None, *, emptied: bool = False) -> Shown:
        busy = bool(turns) and turns[-1].pending
        # What is being typed stays in the box, save when it was taken: an answer may end at any moment.
        text: dict[str, Any] = {"value": ""} if emptied else {}
        box = gr.Textbox(**text, submit_btn=not busy, stop_btn=busy)
        chips = panels.chips(turns)
        return panels.messages(turns), panels.evidence(turns), panels.copied(turns), box, turns, halt, *chips

    def _picked(self, inquiry: Inquiry | None, name: str) -> Picked:
        try:
            articles = self._library.articles(name)
        except EverysourceError:
            articles = ()
        scope = inquiry.scope if inquiry else Scope()
        outlets = sorted({article.outlet for article in articles if article.outlet})
        return (
            inquiry,
            gr.Dropdown(choices=list(self._library.names), value=name),
            gr.Dropdown(
                multiselect=True,
                choices=[(_label(article), article.name) for article in articles],
                value=list(scope.sources or ()),
            ),
            gr.Dropdown(
                multiselect=True,
                choices=outlets,
                value=[name for name in scope.outlets or () if name in outlets],
            ),
            scope.since.isoformat() if scope.since else "",
            scope.until.isoformat() if scope.until else "",
        )


def _label(article: Article) -> str:
    return words.heading(article)
