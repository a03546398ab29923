"""An answer as a stream: its steps while it is made, then the Answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from threading import Event, Thread

from qa import Answer, Step

HALT_SECONDS = 0.1
"""How soon a halt is heeded, at the latest."""


class _StoppedError(Exception):
    """Nobody waits for the answer any more."""


def stream(ask: Callable[[Callable[[Step], None]], Answer], halt: Event) -> Iterator[Step | Answer]:
    """The steps that `ask` reports and at last its Answer, or the error that it raises.

    `ask` runs in a thread of its own. Setting `halt`, or closing the iterator, ends the iterator and stops `ask` at
    its next step.
    """
    reports: SimpleQueue[Step | Answer | Exception] = SimpleQueue()

    def on_step(step: Step) -> None:
        if halt.is_set():
            raise _StoppedError
        reports.put(step)

    def run() -> None:
        try:
            reports.put(ask(on_step))
        except _StoppedError:
            return
        except Exception as error:
            reports.put(error)

    Thread(target=run, name="everysource-ask", daemon=True).start()
    try:
        while not halt.is_set():
            try:
                report = reports.get(timeout=HALT_SECONDS)
            except Empty:
                continue
            if isinstance(report, Exception):
                raise report
            yield report
            if isinstance(report, Answer):
                return
    finally:
        halt.set()
