"""What a reader is: given a question and windows of text, whether each answers, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Window:
    """What a reader sees: `text`, of which only `text[answer_from:answer_to]` may be marked as an answer.

    The rest is context: the title and the sentences before, where "they" and "the deployment" find their subject.
    """

    text: str
    answer_from: int
    answer_to: int

    def __post_init__(self) -> None:
        if not 0 <= self.answer_from < self.answer_to <= len(self.text):
            raise ValueError(
                f"answers may lie in {self.answer_from}-{self.answer_to}, outside 0-{len(self.text)}"
            )


@dataclass(frozen=True, slots=True)
class Span:
    """A marked answer, `window.text[start:end]`; `score` is its logit minus that of the null span."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One window read: the logit that it answers, and its answers, best first, not overlapping."""

    answerable: float
    spans: tuple[Span, ...]


class Reader(Protocol):
    """Reads windows for a question; the same question and window always give the same scores."""

    name: str
    threshold: float
    """Where `Reading.answerable` alone best separates answering from silent windows."""

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """One Reading for each window, in order."""
        ...
