"""What happens on the page: a question asked, an example chosen, an answer stopped, the conversation cleared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import gradio as gr

from index import EverysourceError, Scope
from qa import Answer
from ui.chat import panels
from ui.chat.conversation import Conversation, Halt, Turn, stopped
from ui.chat.library import DEMO, Library
from ui.chat.running import stream

Shown = tuple[Any, Any, Any, Any, Any]
SKIP = (gr.skip(),) * 4


class Events:
    """What the page does over a library.

    All but `ask` return messages, evidence, the question box, the conversation, and what halts the question at hand.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def submit(self, question: str, name: str, turns: Conversation) -> Iterator[Shown]:
        """Answers a question, showing each step."""
        turns = stopped(turns)
        if not question.strip():
            yield self._shown(turns)
            return
        turn, halt = Turn(question.strip()), Halt()
        yield self._shown((*turns, turn), halt)
        try:
            for report in stream(lambda on_step: self._library.assistant(name).ask(question, on_step=on_step), halt.event):
                if isinstance(report, Answer):
                    yield self._shown((*turns, replace(turn, answer=report)))
                else:
                    turn = turn.after(report)
                    # Only the messages change: a stop button made anew under the pointer would miss its click.
                    yield panels.messages((*turns, turn)), *SKIP
        except EverysourceError as error:
            yield self._shown((*turns, replace(turn, problem=str(error))))
        except Exception as error:
            yield self._shown((*turns, replace(turn, problem=f"No answer: a fault of Everysource ({type(error).__name__}).")))
            raise
        # When this ends, Gradio shows its last state once more: that must be what was left.
        if halt.left is not None:
            yield self._shown(halt.left)

    def choose_example(self, turns: Conversation, chosen: gr.SelectData) -> Iterator[Shown]:
        """Asks the demo articles the example that was chosen."""
        yield from self.submit(chosen.value["text"], DEMO, turns)

    def stop(self, turns: Conversation, halt: Halt | None) -> Shown:
        """Gives up the question at hand."""
        return self._left(stopped(turns), halt)

    def clear(self, halt: Halt | None) -> Shown:
        """Starts afresh."""
        return self._left((), halt)

    def ask(
        self, question: str, collection: str = "", sources: list[str] | None = None, since: str | None = None,
        until: str | None = None, outlets: list[str] | None = None,
    ) -> dict[str, Any]:
        """The answer to a question as versioned JSON: every source answers, is silent, or is a copy of another.

        Args:
            question: What to ask, in words.
            collection: The name of the collection, empty for the first.
            sources: Names or ids of the only articles to ask.
            since: Day of publication from which on articles are asked, YYYY-MM-DD.
            until: Day of publication up to which articles are asked, YYYY-MM-DD.
            outlets: The only outlets to ask.
        """
        try:
            scope = Scope(
                sources=tuple(sources) if sources else None, since=date.fromisoformat(since) if since else None,
                until=date.fromisoformat(until) if until else None, outlets=tuple(outlets) if outlets else None,
            )
            return self._library.assistant(collection or self._library.names[0]).ask(question, scope).to_dict()
        except (EverysourceError, ValueError) as error:
            raise gr.Error(str(error)) from error

    def _left(self, turns: Conversation, halt: Halt | None) -> Shown:
        if halt:
            halt.leave(turns)
        return self._shown(turns)

    def _shown(self, turns: Conversation, halt: Halt | None = None) -> Shown:
        busy = bool(turns) and turns[-1].pending
        box = gr.Textbox(value="", submit_btn=not busy, stop_btn=busy)
        return panels.messages(turns), panels.evidence(turns), box, turns, halt
