"""The only place that prints: results go to stdout, all else to stderr."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import click

from ui.rendering.text import TextStyle, visible

if TYPE_CHECKING:
    from index import Progress
    from qa import Step

WIDEST = 100


def result(text: str) -> None:
    """Prints a result as it is, with a line break at its end."""
    click.echo(text, nl=not text.endswith("\n"), color=True)


def note(text: str) -> None:
    """Tells the user something that is no result."""
    click.echo(visible(text), err=True)


def is_terminal(stream: TextIO) -> bool:
    """Whether somebody watches a stream."""
    return stream.isatty()


def style() -> TextStyle:
    """Colour and folding for a terminal, neither for a pipe; NO_COLOR (https://no-color.org) turns colour off."""
    if not is_terminal(sys.stdout):
        return TextStyle()
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return TextStyle(colour, min(WIDEST, shutil.get_terminal_size().columns))


def tolerate_any_text() -> None:
    """Lets streams whose encoding lacks a character spell it out, where they would fail."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _rewrite(text: str) -> None:
    columns = shutil.get_terminal_size().columns
    click.echo(f"\r{visible(text)[: columns - 1].ljust(columns - 1)}", nl=False, err=True)


def _wipe() -> None:
    click.echo(f"\r{' ' * (shutil.get_terminal_size().columns - 1)}\r", nl=False, err=True)


@contextmanager
def step_line() -> Iterator[Callable[[Step], None]]:
    """A function that shows the steps of an answer on one line of the terminal, and nothing where none watches."""
    if not is_terminal(sys.stderr):
        yield lambda step: None
        return
    try:
        yield lambda step: _rewrite(f"{step.name} {step.done}/{step.total}")
    finally:
        _wipe()


@contextmanager
def progress_line() -> Iterator[Callable[[Progress], None]]:
    """A function that shows an indexing run: one line rewritten on a terminal, else a line for every stage."""
    stages: set[str] = set()

    def tell(progress: Progress) -> None:
        if is_terminal(sys.stderr):
            _rewrite(f"{progress.stage} {progress.done}/{progress.total} {progress.name}")
        elif progress.stage not in stages:
            stages.add(progress.stage)
            note(f"{progress.stage} {progress.total}")

    try:
        yield tell
    finally:
        if is_terminal(sys.stderr):
            _wipe()


@contextmanager
def count_line(noun: str) -> Iterator[Callable[[int, int], None]]:
    """A function of (done, total) that shows them on one line of the terminal, and nothing where none watches."""
    if not is_terminal(sys.stderr):
        yield lambda done, total: None
        return
    try:
        yield lambda done, total: _rewrite(f"{noun} {done}/{total}")
    finally:
        _wipe()
