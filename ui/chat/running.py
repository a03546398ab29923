"""Work as a stream: what it reports while it goes on, then its result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Generic, TypeVar

HALT_SECONDS = 0.1
"""How soon a halt is heeded, at the latest."""

Report = TypeVar("Report")
Result = TypeVar("Result")


class _StoppedError(Exception):
    """Nobody waits for the result any more."""


class _Done(Generic[Result]):
    """What ends a stream."""

    def __init__(self, result: Result | None = None, error: Exception | None = None) -> None:
        self.result = result
        self.error = error


def stream(work: Callable[[Callable[[Report], None]], Result], halt: Event) -> Iterator[Report | Result]:
    """What `work` reports and at last its result, or the error that it raises.

    `work` runs in a thread of its own. Setting `halt`, or closing the iterator, ends the iterator and stops `work` at
    its next report.
    """
    reports: SimpleQueue[Report | _Done[Result]] = SimpleQueue()

    def on_report(report: Report) -> None:
        if halt.is_set():
            raise _StoppedError
        reports.put(report)

    def run() -> None:
        try:
            reports.put(_Done(work(on_report)))
        except _StoppedError:
            return
        except Exception as error:
            reports.put(_Done(error=error))

    Thread(target=run, name="everysource-work", daemon=True).start()
    try:
        while not halt.is_set():
            try:
                report = reports.get(timeout=HALT_SECONDS)
            except Empty:
                continue
            if not isinstance(report, _Done):
                yield report
                continue
            if report.error:
                raise report.error
            yield report.result  # type: ignore[misc]
            return
    finally:
        halt.set()
