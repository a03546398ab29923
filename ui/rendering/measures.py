"""Evaluations and benchmarks as text in columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.rendering import words
from ui.rendering.text import visible

if TYPE_CHECKING:
    from eval import Evaluation
    from eval.bench import BenchRow

MISSES_SHOWN = 10


def measured(value: float | None, low: float | None, high: float | None) -> str:
    """A value with its interval: "0.860 [0.790, 0.920]", "-" where nothing speaks of it."""
    if value is None:
        return "-"
    return f"{value:.3f}" if low is None or high is None else f"{value:.3f} [{low:.3f}, {high:.3f}]"


def evaluation_text(evaluation: Evaluation) -> str:
    """A line for each metric, the time of a question, and the sources that were got most wrong."""
    metrics = [(name, measured(made.value, made.low, made.high), f"n={made.n}") for name, made in evaluation.metrics().items()]
    median, p95 = evaluation.seconds()
    lines = [words.plural(len(evaluation.results), "question"), *columns(metrics)]
    lines.append(f"seconds per question: median {median:.2f}, 95% within {p95:.2f}")
    misses = evaluation.worst(MISSES_SHOWN)
    if misses:
        lines += ["", "Most wrong, held-out questions not shown:"]
    for miss in misses:
        lines.append(f"{miss.question_id} {miss.question} [{miss.source}]")
        lines.append(f"  expected: {' | '.join(miss.expected) or 'silent'}")
        lines.append(f"  shown: {' | '.join(miss.shown) or 'silent'}")
    return "".join(f"{visible(line)}\n" for line in lines)


def bench_text(rows: Sequence[BenchRow]) -> str:
    """A line for each measured figure: set, metric, ours, number of questions, the published figure."""
    cells = [
        (row.set, row.metric, measured(row.value, row.low, row.high), f"n={row.n}", row.published or "")
        for row in rows
    ]
    return "".join(f"{line}\n" for line in columns(cells))


def columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows as lines, their cells padded to equal widths; all rows have the same number of cells."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
