"""What an indexing run tells while it goes on, and when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Stage = Literal["load", "embed", "index", "copies"]


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` steps of a stage; `name` is the file or article at hand, empty where there is none."""

    stage: Stage
    done: int
    total: int
    name: str = ""


ProgressCallback = Callable[[Progress], None]


def no_progress(progress: Progress) -> None:
    """Take no notice of `progress`."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an addition did: article names by what became of them, and what could not be read.

    `passages` counts the collection's passages afterwards, `embedded` those that were embedded in this run.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[tuple[Path, str], ...] = ()
    passages: int = 0
    embedded: int = 0
    notices: tuple[str, ...] = ()
