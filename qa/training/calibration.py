"""The reader's own no-answer threshold, chosen on rows held aside from training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qa.question import stems
from qa.reading import Reader, Window
from qa.training.examples import WINDOW_CHARACTERS, Example, read_rows, to_example
from qa.training.written import event_examples, near_miss_examples

THRESHOLDS = np.arange(-4.0, 4.01, 0.1)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The threshold on `Reading.answerable` with the best mean score, and that score, with its two halves.

    The score of a row is the token F1 of the best span where the passage answers and is said to, 1 where it does
    not and is said not to, else 0 (SQuAD 2.0, arXiv 1806.03822).
    """

    threshold: float
    f1: float
    f1_answered: float
    right_unanswered: float


def held_aside(data: Path) -> list[Example]:
    """What nothing is trained on: the prepared files' own rows held aside, and a tenth of what was written for training."""
    return [
        *map(to_example, read_rows(data / "dev.jsonl.gz")),
        *event_examples(held_out=True),
        *near_miss_examples(data, held_out=True),
    ]


def calibrate(reader: Reader, examples: Sequence[Example]) -> Calibration:
    """Reads every example that fits one window."""
    examples = [example for example in examples if len(example.context) <= WINDOW_CHARACTERS]
    answerable, overlap = [], []
    for example in examples:
        (reading,) = reader.read(example.question, [Window(example.context, 0, len(example.context))])
        best = example.context[reading.spans[0].start : reading.spans[0].end] if reading.spans else ""
        answerable.append(reading.answerable)
        overlap.append(max((_token_f1(best, example.context[s:e]) for s, e in example.spans), default=0.0))
    return _best(
        np.array(answerable), np.array(overlap), np.array([example.answerable for example in examples])
    )


def _best(answerable: np.ndarray, overlap: np.ndarray, truth: np.ndarray) -> Calibration:
    scored = []
    for limit in THRESHOLDS:
        rows = np.where(truth, np.where(answerable >= limit, overlap, 0.0), answerable < limit)
        scored.append(
            Calibration(
                round(float(limit), 1),
                float(rows.mean()),
                float(rows[truth].mean()),
                float(rows[~truth].mean()),
            )
        )
    return max(scored, key=lambda calibration: (calibration.f1, -abs(calibration.threshold)))


def _token_f1(left: str, right: str) -> float:
    ours, theirs = _counted(stems(left)), _counted(stems(right))
    shared = len(ours & theirs)
    return 2 * shared / (len(ours) + len(theirs)) if shared else 0.0


def _counted(words: Sequence[str]) -> frozenset[tuple[str, int]]:
    return frozenset((word, words[:place].count(word)) for place, word in enumerate(words))
