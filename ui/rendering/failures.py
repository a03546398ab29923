"""The files that could not be read, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ui.rendering import words
from ui.rendering.text import TextStyle, visible

WIDEST_NAME = 60


def failures_text(failed: Sequence[tuple[Path, str]], style: TextStyle | None = None) -> str:
    """A line for every file: its path, and why it could not be read and what to do."""
    style = style or TextStyle()
    rows = [(visible(words.one_line(str(path))), visible(words.one_line(reason))) for path, reason in failed]
    width = min(WIDEST_NAME, max((len(name) for name, _ in rows), default=0))
    lines = [style.bold(f"{words.plural(len(rows), 'file')} could not be read:")]
    lines += [f"  {name.ljust(width)}  {reason}" for name, reason in rows]
    return "\n".join(lines)
