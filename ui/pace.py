"""How fast an indexing run goes, and how long it has yet to go."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index import Progress

WINDOW = 120.0
"""Seconds over which the rate is taken: what an earlier run had done goes by fast, and says nothing of the rest."""

LEAST = 2.0
TELLING_SHARE = 0.01
"""So much has to be read before anything is embedded for the time left to be judged."""
STAGES = {"load": "reading", "embed": "embedding", "index": "indexing", "copies": "looking for copies"}


class Pace:
    """Hears of an indexing run and says where it is; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, Progress]] = deque()

    def note(self, progress: Progress) -> None:
        """Take note of how far the run is."""
        now = self._clock()
        if progress.embedded and self._seen and not self._seen[-1][1].embedded:
            # Until then the embedding model was being loaded.
            self._seen.clear()
        self._seen.append((now, progress))
        while len(self._seen) > 2 and now - self._seen[1][0] > WINDOW:
            self._seen.popleft()

    def line(self, progress: Progress) -> str:
        """Where the run is: stage, counts, passages embedded a second, and the time left where it can be judged."""
        parts = [f"{STAGES[progress.stage]} {progress.done:,}/{progress.total:,}"]
        if progress.articles:
            parts.append(f"{progress.articles:,} articles")
        (begun, first), (now, last) = self._seen[0], self._seen[-1]
        if (elapsed := now - begun) >= LEAST:
            rate = (last.embedded - first.embedded) / elapsed
            parts.append(
                f"{rate:.0f} passages/s"
                if rate
                else f"{(last.articles - first.articles) / elapsed:.1f} articles/s"
            )
            gained = last.share - first.share
            if last.share < 1 and (gained >= TELLING_SHARE or (gained > 0 and last.embedded)):
                parts.append(f"{duration((1 - last.share) * elapsed / gained)} left")
        return ", ".join(parts + ([progress.name] if progress.name else []))


def duration(seconds: float) -> str:
    """A time to wait, in the unit that fits: "40 s", "12 min", "3 h 5 min"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
