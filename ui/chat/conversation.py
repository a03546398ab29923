"""A conversation as data: what was asked, how far the answer is, and the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Event
from typing import Self

from qa import Answer, Step


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with the steps of its answer, and the answer or, where there is none, the reason."""

    question: str
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
    """The conversation with its last question given up, where it has no answer yet."""
    if not turns or not turns[-1].pending:
        return turns
    return (*turns[:-1], replace(turns[-1], problem="Stopped."))
