"""A gold set asked of an Assistant: every metric with its interval, slices, and the worst misses."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import numpy as np

from eval.errors import GoldError
from eval.gold import GoldQuestion
from eval.intervals import Interval, interval
from eval.metrics import METRICS, Score, score, shown_by_source
from index import Article, Collection, Scope
from qa import Answer, Assistant

FORMAT_VERSION = 1
HELD_OUT = "held_out"


@dataclass(frozen=True, slots=True)
class Miss:
    """One source got wrong: the true spans (none: it is silent) and the quotes that were shown."""

    question_id: str
    question: str
    source: str
    expected: tuple[str, ...]
    shown: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The miss as JSON values."""
        return {
            "id": self.question_id, "question": self.question, "source": self.source,
            "expected": list(self.expected), "shown": list(self.shown),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """A gold question, the Answer it got, its score, and the seconds that the answer took."""

    gold: GoldQuestion
    answer: Answer
    score: Score
    seconds: float

    def misses(self) -> tuple[Miss, ...]:
        """The sources got wrong: answering without a quote that proves it, or quoted while silent."""
        shown = shown_by_source(self.answer)
        found: list[Miss] = []
        for name, truth in self.gold.sources.items():
            seen = shown.get(name)
            quotes = tuple(quote.text for quote in seen.quotes) if seen else ()
            right = bool(seen and seen.proves(truth)) if truth.answers else not quotes
            if not right:
                expected = tuple(quote.text for quote in truth.quotes)
                found.append(Miss(self.gold.id, self.gold.question, name, expected, quotes))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The results of every question in order; metrics, slices and misses are read off them."""

    results: tuple[QuestionResult, ...]
    seed: int = 0

    def metrics(self) -> dict[str, Interval]:
        """Every metric of METRICS with its 95% bootstrap interval."""
        return _metrics(self.results, self.seed)

    def by_kind(self) -> dict[str, dict[str, Interval]]:
        """The metrics of each kind of question apart."""
        kinds = sorted({result.gold.kind for result in self.results})
        return {
            kind: _metrics([result for result in self.results if result.gold.kind == kind], self.seed)
            for kind in kinds
        }

    def by_tag(self) -> dict[str, dict[str, Interval]]:
        """The metrics of the questions with each tag apart; a question counts under each of its tags."""
        tags = sorted({tag for result in self.results for tag in result.gold.tags})
        return {
            tag: _metrics([result for result in self.results if tag in result.gold.tags], self.seed)
            for tag in tags
        }

    def seconds(self) -> tuple[float, float]:
        """Median and 95th percentile of the seconds a question took."""
        taken = [result.seconds for result in self.results]
        return float(np.median(taken)), float(np.percentile(taken, 95))

    def worst(self, limit: int = 10, *, show_held_out: bool = False) -> tuple[Miss, ...]:
        """The misses of the questions with most of them.

        Questions tagged `held_out` stay unseen unless asked for: who reads their misses begins to fit them.
        """
        open_results = [
            result for result in self.results if show_held_out or HELD_OUT not in result.gold.tags
        ]
        ordered = sorted((result.misses() for result in open_results), key=len, reverse=True)
        return tuple(miss for misses in ordered for miss in misses)[:limit]

    def gold_hash(self) -> str:
        """SHA-256 of the questions with their truth; it changes whenever a comparison with older results would mislead."""
        rows = sorted((result.gold.to_dict() for result in self.results), key=lambda row: str(row["id"]))
        return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """The evaluation as versioned JSON values."""
        median, p95 = self.seconds()
        return {
            "version": FORMAT_VERSION, "questions": len(self.results), "gold_sha256": self.gold_hash(), "seed": self.seed,
            "metrics": _metrics_dict(self.metrics()), "seconds": {"median": median, "p95": p95},
            "by_kind": {kind: _metrics_dict(metrics) for kind, metrics in self.by_kind().items()},
            "by_tag": {tag: _metrics_dict(metrics) for tag, metrics in self.by_tag().items()},
            "worst": [miss.to_dict() for miss in self.worst()],
        }  # fmt: skip


def evaluate(
    assistant: Assistant,
    gold: Sequence[GoldQuestion],
    *,
    seed: int = 0,
    on_question: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Ask every gold question of the sources that it names, and score the Answers.

    `on_question(done, total)` hears of progress. Raises GoldError where there is no question, or one names a source
    that the collection does not hold.
    """
    if not gold:
        raise GoldError("there is no question to ask: the gold set is empty")
    report = on_question or (lambda done, total: None)
    names = articles_by_name(assistant.collection)
    everything = {article.id for article in names.values()}
    # Loading the models is no part of a question's time.
    assistant.ask(gold[0].question)
    results: list[QuestionResult] = []
    for done, question in enumerate(gold):
        report(done, len(gold))
        unknown = [name for name in question.sources if name not in names]
        if unknown:
            raise GoldError(
                f"question {question.id!r} names {unknown}, not in the collection: index these articles first"
            )
        wanted = {names[name].id for name in question.sources}
        scope = None if wanted == everything else Scope(sources=tuple(sorted(wanted)))
        begin = time.perf_counter()
        answer = assistant.ask(question.question, scope)
        results.append(QuestionResult(question, answer, score(question, answer), time.perf_counter() - begin))
    report(len(gold), len(gold))
    return Evaluation(tuple(results), seed)


def articles_by_name(collection: Collection) -> dict[str, Article]:
    """The collection's articles by the names that a gold file may use: their own, or the file's where only one has it."""
    articles = collection.articles()
    named = {article.name: article for article in articles}
    files: dict[str, list[Article]] = {}
    for article in articles:
        files.setdefault(PurePath(article.name).name, []).append(article)
    return {name: found[0] for name, found in files.items() if len(found) == 1} | named


def _metrics(results: Iterable[QuestionResult], seed: int) -> dict[str, Interval]:
    scores = [result.score for result in results]
    return {name: interval([made[name] for made in scores], seed=seed) for name in METRICS}


def _metrics_dict(metrics: Mapping[str, Interval]) -> dict[str, Any]:
    return {
        name: {"value": made.value, "low": made.low, "high": made.high, "n": made.n}
        for name, made in metrics.items()
    }
