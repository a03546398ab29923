"""One measured figure beside the published one, and the table of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from eval.intervals import Ratio, interval


@dataclass(frozen=True, slots=True)
class BenchRow:
    """A metric of a public set: value with its 95% interval over `n` questions, and the median seconds of one.

    `published` is the figure to beat and whose it is; it is None where none was measured in the same way.
    """

    set: str
    metric: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    seconds_per_question: float | None
    published: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON values."""
        return asdict(self)


def rows_of(
    name: str,
    metrics: Mapping[str, Sequence[Ratio]],
    *,
    seed: int,
    seconds: Sequence[float] = (),
    published: Mapping[str, str] | None = None,
) -> list[BenchRow]:
    """A row for each metric of a set, in order; the time is the median of `seconds`, None where nothing was timed."""
    median = float(np.median(seconds)) if seconds else None
    made: list[BenchRow] = []
    for metric, ratios in metrics.items():
        measured = interval(ratios, seed=seed)
        known = (published or {}).get(metric)
        made.append(
            BenchRow(name, metric, measured.value, measured.low, measured.high, measured.n, median, known)
        )
    return made


def table(rows: Iterable[BenchRow]) -> str:
    """The rows as a Markdown table."""
    head = "| set | metric | ours [95% interval] | n | s/question | published |\n| --- | --- | --- | ---: | ---: | --- |\n"
    return head + "".join(_line(row) for row in rows)


def _line(row: BenchRow) -> str:
    value = "-" if row.value is None else f"{row.value:.3f}"
    if row.low is not None and row.high is not None:
        value += f" [{row.low:.3f}, {row.high:.3f}]"
    seconds = "-" if row.seconds_per_question is None else f"{row.seconds_per_question:.3f}"
    cells = (row.set, row.metric, value, str(row.n), seconds, row.published or "")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
