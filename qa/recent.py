"""The answers given last, so that a question asked again of the same articles costs nothing."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from index import Scope
from qa.answer import Answer

KEPT = 64
SOURCES_KEPT = 20_000
"""Sources of all answers kept, as an answer holds the text of each."""

Key = tuple[str, str, str, int]


def key_of(generation: str, question: str, scope: Scope | None, budget: int) -> Key:
    """All that an answer follows from, for one reader and one decision."""
    return generation, question, repr(scope), budget


class RecentAnswers:
    """The answers asked for last over one generation: KEPT of them at most, with SOURCES_KEPT sources in all.

    Safe to use from several threads.
    """

    def __init__(self) -> None:
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Answer | None:
        """The answer, None where it is not kept."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def put(self, key: Key, answer: Answer) -> None:
        """Keep an answer; one of another generation than its key says is not kept: a writer came between."""
        if answer.searched.generation != key[0]:
            return
        with self._lock:
            if any(other[0] != key[0] for other in self._answers):
                self._answers.clear()
            self._answers[key] = answer
            while len(self._answers) > KEPT or self._sources() > SOURCES_KEPT:
                self._answers.popitem(last=False)

    def _sources(self) -> int:
        return sum(len(answer.sources) for answer in self._answers.values())
