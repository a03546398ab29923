"""The only place that prints: results go to stdout, all else to stderr."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import click

from ui.pace import Pace
from ui.rendering.text import TextStyle, visible

if TYPE_CHECKING:
    from index import Progress
    from qa import Step

WIDEST = 100
REWRITTEN_EVERY = 0.1
TOLD_EVERY = 10.0
"""Seconds between two lines of progress, on a terminal and elsewhere."""


def result(text: str) -> None:
    """Prints a result as it is, with a line break at its end."""
    click.echo(text, nl=not text.endswith("\n"), color=True)


def note(text: str) -> None:
    """Tells the user something that is no result."""
    click.echo(visible(text), err=True)


def given() -> str:
    """The text on stdin; click.ClickException where it is in another encoding than the terminal's."""
    try:
        text = sys.stdin.read()
        # Some locales let strange bytes in as lone surrogates.
        text.encode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError) as error:
        raise click.ClickException(
            f"stdin is not {sys.stdin.encoding} text at character {error.start}: convert it first, as iconv does"
        ) from error
    return text.removeprefix("\ufeff")


def is_terminal(stream: TextIO) -> bool:
    """Whether somebody watches a stream."""
    return stream.isatty()


def style(stream: TextIO | None = None) -> TextStyle:
    """Colour and folding for a terminal, neither for a pipe; NO_COLOR (https://no-color.org) turns colour off.

    `stream` is where the text goes, stdout by default.
    """
    if not is_terminal(stream or sys.stdout):
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


def _so_far(step: Step) -> str:
    return f", {step.answering} of {step.sources} sources answer" if step.sources else ""


@contextmanager
def step_line() -> Iterator[Callable[[Step], None]]:
    """A function that shows the steps of an answer on one line of the terminal, and nothing where none watches."""
    if not is_terminal(sys.stderr):
        yield lambda step: None
        return
    try:
        yield lambda step: _rewrite(f"{step.name} {step.done}/{step.total}{_so_far(step)}")
    finally:
        _wipe()


@contextmanager
def progress_line() -> Iterator[Callable[[Progress], None]]:
    """A function that shows an indexing run with its rate and the time left.

    On a terminal that is one line, rewritten; elsewhere a line for every stage and one every ten seconds.
    """
    pace = Pace(time.monotonic)
    stage, told = "", 0.0

    def tell(progress: Progress) -> None:
        nonlocal stage, told
        pace.note(progress)
        now = time.monotonic()
        if is_terminal(sys.stderr):
            if now - told >= REWRITTEN_EVERY or progress.stage != stage:
                _rewrite(pace.line(progress))
                told = now
        elif (
            now - told >= TOLD_EVERY
            or not told
            or (progress.stage != stage and progress.stage in ("index", "copies"))
        ):
            note(pace.line(progress))
            told = now
        stage = progress.stage

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
