"""Evaluations and benchmarks as text in columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ui.rendering import words
from ui.rendering.text import visible

if TYPE_CHECKING:
    from eval import Evaluation, Interval
    from eval.bench import BenchRow

MISSES_SHOWN = 10
SLICE_METRICS = ("source_f1", "quote_f1", "short_answer_found", "figure_recall", "verdict_accuracy")
"""What is shown of each slice; JSON has every metric."""


def measured(value: float | None, low: float | None, high: float | None) -> str:
    """A value with its interval: "0.860 [0.790, 0.920]", "-" where nothing speaks of it."""
    if value is None:
        return "-"
    return f"{value:.3f}" if low is None or high is None else f"{value:.3f} [{low:.3f}, {high:.3f}]"


def evaluation_text(evaluation: Evaluation, misses: int = MISSES_SHOWN) -> str:
    """Every metric, the time of a question, slices by kind and tag, and the `misses` sources got most wrong."""
    metrics = [(name, _interval(made), f"n={made.n}") for name, made in evaluation.metrics().items()]
    lines = [words.plural(len(evaluation.results), "question"), *columns(metrics), _time(evaluation)]
    for title, slices in _slices(evaluation):
        lines += ["", *columns([(title, "n", *SLICE_METRICS), *slices])]
    worst = evaluation.worst(misses)
    if worst:
        lines += ["", "Most wrong, held-out questions not shown:"]
    for miss in worst:
        lines.append(f"{miss.question_id} {miss.question} [{miss.source}]")
        lines.append(f"  expected: {' | '.join(miss.expected) or 'silent'}")
        lines.append(f"  shown: {' | '.join(miss.shown) or 'silent'}")
    return "".join(f"{visible(line)}\n" for line in lines)


def evaluation_markdown(evaluation: Evaluation) -> str:
    """The metrics of all questions, then of every kind and tag, as Markdown tables."""
    metrics = [(name, _interval(made), str(made.n)) for name, made in evaluation.metrics().items()]
    tables = [markdown_table([("metric", "value [95% interval]", "n"), *metrics])]
    tables += [
        markdown_table([(title, "n", *SLICE_METRICS), *slices]) for title, slices in _slices(evaluation)
    ]
    return "\n".join([*tables, f"{_time(evaluation).capitalize()}.\n"])


def markdown_table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows, the first of them the head, as a Markdown table."""
    head, *body = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in rows]
    return head + "|" + " --- |" * len(rows[0]) + "\n" + "".join(body)


def _slices(evaluation: Evaluation) -> list[tuple[str, list[tuple[str, ...]]]]:
    return [
        (title, [_slice(name, metrics) for name, metrics in slices.items()])
        for title, slices in (("kind", evaluation.by_kind()), ("tag", evaluation.by_tag()))
        if slices
    ]


def _slice(name: str, metrics: Mapping[str, Interval]) -> tuple[str, ...]:
    # The verdict speaks of every question, so its count is that of the slice.
    return (
        name,
        str(metrics["verdict_accuracy"].n),
        *(_interval(metrics[metric]) for metric in SLICE_METRICS),
    )


def _time(evaluation: Evaluation) -> str:
    median, p95 = evaluation.seconds()
    return f"seconds per question: median {median:.2f}, 95% within {p95:.2f}"


def _interval(made: Interval) -> str:
    return measured(made.value, made.low, made.high)


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
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
