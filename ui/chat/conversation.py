"""A conversation as data: what was asked, of which sources, how far the answer is, and the answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Event
from typing import Self

from index import Scope
from qa import Answer, Step

TURNS_KEPT = 20
"""How many turns a conversation keeps: each holds the articles that it was answered from."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is asked of whom: the question as understood, and the collection and scope that it is asked of.

    `typed` and `picked` are the words and the scope that the user gave, where they were understood as others.
    """

    question: str
    collection: str
    scope: Scope = field(default_factory=Scope)
    typed: str = ""
    picked: Scope | None = None

    @property
    def carried(self) -> bool:
        """Whether the question was understood from what was asked before it."""
        return bool(self.typed)

    def as_typed(self) -> Self:
        """The same, its words taken as they are."""
        return replace(
            self, question=self.typed or self.question, typed="", scope=self.picked or self.scope, picked=None
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """One inquiry with the steps of its answer, and the answer or, where there is none, the reason."""

    inquiry: Inquiry
    steps: tuple[Step, ...] = ()
    answer: Answer | None = None
    problem: str | None = None

    @property
    def pending(self) -> bool:
        """Whether the answer is still being made."""
        return self.answer is None and self.problem is None

    def after(self, step: Step) -> Self:
        """The turn with `step` as its last; a later report of the same step takes the place of the earlier one."""
        earlier = tuple(known for known in self.steps if known.name != step.name)
        return replace(self, steps=(*earlier, step))


Conversation = tuple[Turn, ...]


class Halt:
    """What gives up the question at hand: an event that is set then, and the conversation that is left then."""

    def __init__(self) -> None:
        self.event = Event()
        self.left: Conversation | None = None

    def leave(self, turns: Conversation) -> None:
        """Give up the question and leave `turns`."""
        self.left = turns
        self.event.set()


def stopped(turns: Conversation) -> Conversation:
    """The last TURNS_KEPT turns, with the last question given up where it has no answer yet."""
    turns = turns[-TURNS_KEPT:]
    if not turns or not turns[-1].pending:
        return turns
    return (*turns[:-1], replace(turns[-1], problem="Stopped."))
