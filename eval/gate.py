"""The gate: no change may make Everysource worse unseen.

A baseline keeps every question's share of every metric, so that a later run can be compared question by question.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from eval.errors import BaselineError
from eval.harness import Evaluation
from eval.intervals import Interval, Ratio, paired_difference
from eval.metrics import METRICS

FORMAT_VERSION = 1

_RENEW = "make it anew with `everysource eval --update-baseline`"


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier run: the hash of its gold set, and question id -> metric -> share."""

    gold_hash: str
    scores: dict[str, dict[str, Ratio]]

    @classmethod
    def of(cls, evaluation: Evaluation) -> Baseline:
        """The baseline that an evaluation makes."""
        return cls(
            evaluation.gold_hash(), {result.gold.id: dict(result.score) for result in evaluation.results}
        )

    @classmethod
    def load(cls, path: Path) -> Baseline:
        """Read a baseline file; raises BaselineError where it is missing, broken, or of another format version."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["version"] != FORMAT_VERSION:
                raise BaselineError(
                    f"{path}: format version {data['version']!r}, this is {FORMAT_VERSION}: {_RENEW}"
                )
            columns = data["metrics"]
            scores = {
                question: {name: Ratio(*pair) for name, pair in zip(columns, pairs, strict=True)}
                for question, pairs in data["questions"].items()
            }
            return cls(data["gold_sha256"], scores)
        except (
            OSError,
            UnicodeDecodeError,
            json.JSONDecodeError,
            KeyError,
            TypeError,
            ValueError,
            AttributeError,
        ) as error:
            raise BaselineError(f"{path}: no baseline can be read: {error!r}; {_RENEW}") from error

    def save(self, path: Path) -> None:
        """Write the baseline, one question a line, so that a change of it can be read in a diff."""
        rows = [
            f"  {json.dumps(question)}: {json.dumps([[made[name].numerator, made[name].denominator] for name in METRICS])}"
            for question, made in self.scores.items()
        ]
        head = f'{{"version": {FORMAT_VERSION}, "gold_sha256": {json.dumps(self.gold_hash)},\n "metrics": {json.dumps(METRICS)},\n'
        path.write_text(head + ' "questions": {\n' + ",\n".join(rows) + "\n }}\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class GateResult:
    """The verdict: `lines` say why, the last of them in one word; `exit_code` is 0 exactly when it passed."""

    failures: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing failed."""
        return not self.failures

    @property
    def exit_code(self) -> int:
        """0 when it passed, else 1."""
        return 0 if self.passed else 1

    @property
    def lines(self) -> tuple[str, ...]:
        """What was compared, what failed, and the verdict line."""
        verdict = "gate: passed" if self.passed else f"gate: FAILED ({len(self.failures)})"
        return (*self.notes, *(f"FAILED {failure}" for failure in self.failures), verdict)


def gate(evaluation: Evaluation, baseline: Baseline, *, seed: int = 0) -> GateResult:
    """Compare an evaluation with a baseline of the same questions.

    Fails when a quote is not what its article says, when the gold set is not the baseline's, and when a metric's
    paired 95% bootstrap interval (ours minus baseline's, the same resampled questions for both) lies below zero.
    """
    failures: list[str] = []
    notes: list[str] = []
    validity = evaluation.metrics()["quote_validity"]
    if validity.value is not None and validity.value < 1.0:
        failures.append(f"quote_validity is {validity.value:.4f} and must be 1")
    if evaluation.gold_hash() != baseline.gold_hash:
        failures.append(f"the gold set is not the one that the baseline was made of: {_RENEW}")
        return GateResult(tuple(failures), ())
    for name in METRICS:
        change = _change(evaluation, baseline, name, seed)
        if change.value is None or change.low is None or change.high is None:
            continue
        line = f"{name} {change.value:+.3f} [{change.low:+.3f}, {change.high:+.3f}] n={change.n}"
        (failures if change.high < 0.0 else notes).append(line)
    return GateResult(tuple(failures), tuple(notes))


def _change(evaluation: Evaluation, baseline: Baseline, name: str, seed: int) -> Interval:
    try:
        theirs = [baseline.scores[result.gold.id][name] for result in evaluation.results]
    except KeyError as error:
        raise BaselineError(f"the baseline lacks {error} for {name}: {_RENEW}") from error
    return paired_difference([result.score[name] for result in evaluation.results], theirs, seed=seed)
