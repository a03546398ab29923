"""What an indexing run tells while it goes on, and when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Stage = Literal["load", "embed", "index", "copies"]


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` steps of a stage; `name` is the file or article at hand, empty where there is none.

    `articles` and `embedded` count what the run has taken in and embedded so far. `share` is how much of all files'
    bytes is behind it, 0 to 1; within a file it is judged by the articles that have come out.
    """

    stage: Stage
    done: int
    total: int
    name: str = ""
    articles: int = 0
    embedded: int = 0
    share: float = 0.0


ProgressCallback = Callable[[Progress], None]


def no_progress(progress: Progress) -> None:
    """Take no notice of `progress`."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an addition did: article names by what became of them, and what could not be read.

    `passages` counts the collection's passages afterwards, `embedded` those that were embedded in this run, `resumed`
    the vectors that an earlier run, which did not get to its end, had left for this one.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[tuple[Path, str], ...] = ()
    passages: int = 0
    embedded: int = 0
    resumed: int = 0
    notices: tuple[str, ...] = ()


class Meter:
    """Counts what a run has done and tells it to a callback."""

    def __init__(self, tell: ProgressCallback = no_progress) -> None:
        self._tell = tell
        self._sizes: tuple[int, ...] = ()
        self._total = 0
        self._behind = 0
        self._file = 0
        self._name = ""
        self._read = 0
        self.articles = 0
        self.embedded = 0

    def begin(self, sizes: tuple[int, ...]) -> None:
        """Say that files of so many bytes are to come."""
        self._sizes, self._total = sizes, sum(sizes)

    def start_file(self, name: str) -> None:
        """Say that the next file is being read."""
        self._name, self._read = name, 0
        self.tell("load", self._file, len(self._sizes), name)

    def took(self, characters: int) -> None:
        """Say that an article of so many characters was taken in."""
        self.articles += 1
        self._read += characters
        self.tell("load", self._file, len(self._sizes), self._name)

    def end_file(self) -> None:
        """Say that a file is done, well or not."""
        self._behind += self._sizes[self._file]
        self._file += 1
        self._name, self._read = "", 0
        self.tell("load", self._file, len(self._sizes))

    def tell(self, stage: Stage, done: int, total: int, name: str = "") -> None:
        """Tell how far a stage is."""
        self._tell(Progress(stage, done, total, name, self.articles, self.embedded, self._share()))

    def _share(self) -> float:
        if not self._total:
            return 0.0
        within = min(self._read, self._sizes[self._file]) if self._name else 0
        return (self._behind + within) / self._total
