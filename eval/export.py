"""The same results in others' forms, so that outside tools can check ours: TREC run and qrels, and a BEIR folder.

A document is a source, by its article's id; a question's ranking is the order in which its Answer lists the sources.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import ir_measures

from eval.harness import Evaluation, QuestionResult
from eval.intervals import Interval, Ratio, interval

RUN_TAG = "everysource"
MEASURES = ("nDCG@10", "R@5", "R@10", "RR@10", "AP", "P@1")

Run = Mapping[str, Mapping[str, float]]
Qrels = Mapping[str, Mapping[str, int]]


def run_of(results: Iterable[QuestionResult]) -> dict[str, dict[str, float]]:
    """Question id -> article id -> score; scores fall with the Answer's order, so that ties cannot be re-sorted."""
    return {
        result.gold.id: {report.article.id: float(-rank) for rank, report in enumerate(result.answer.sources)}
        for result in results
    }


def qrels_of(results: Iterable[QuestionResult]) -> dict[str, dict[str, int]]:
    """Question id -> article id -> 1 where the source answers, 0 where it is silent."""
    made: dict[str, dict[str, int]] = {}
    for result in results:
        ids = {report.article.name: report.article.id for report in result.answer.sources}
        made[result.gold.id] = {ids[name]: int(truth.answers) for name, truth in result.gold.sources.items()}
    return made


def ranking_metrics(qrels: Qrels, run: Run, measures: Sequence[str] = MEASURES) -> dict[str, list[Ratio]]:
    """Each measure, named as ir_measures spells it, of every question that has a relevant document, in qrels' order.

    A question that the run does not hold counts as 0.
    """
    asked = [question for question, judged in qrels.items() if any(judged.values())]
    parsed = {name: ir_measures.parse_measure(name) for name in measures}
    kept = {question: dict(qrels[question]) for question in asked}
    ranked = {question: dict(run[question]) for question in asked if run.get(question)}
    values = {
        (str(made.measure), made.query_id): made.value
        for made in ir_measures.iter_calc(parsed.values(), kept, ranked)
    }
    return {
        name: [Ratio(float(values.get((str(measure), question), 0.0)), 1.0) for question in asked]
        for name, measure in parsed.items()
    }


def source_ranking(evaluation: Evaluation) -> dict[str, Interval]:
    """How well the Answers rank the answering sources above the silent ones, over the questions that some source answers."""
    metrics = ranking_metrics(qrels_of(evaluation.results), run_of(evaluation.results))
    return {name: interval(ratios, seed=evaluation.seed) for name, ratios in metrics.items() if ratios}


def write_trec(evaluation: Evaluation, folder: Path) -> tuple[Path, Path]:
    """Write `run.trec` and `qrels.trec` into `folder`, made where it is missing; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    run, qrels = folder / "run.trec", folder / "qrels.trec"
    run.write_text("".join(_run_lines(run_of(evaluation.results))), encoding="utf-8")
    qrels.write_text(
        "".join(
            f"{_word(question)} 0 {article} {relevance}\n"
            for question, judged in qrels_of(evaluation.results).items()
            for article, relevance in judged.items()
        ),
        encoding="utf-8",
    )
    return run, qrels


def write_beir(evaluation: Evaluation, folder: Path) -> Path:
    """Write `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv` as BEIR lays them out (Thakur et al. 2021); returns the folder."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    articles = {
        report.article.id: report.article for result in evaluation.results for report in result.answer.sources
    }
    _write_lines(
        folder / "corpus.jsonl",
        ({"_id": made.id, "title": made.title, "text": made.text} for made in articles.values()),
    )
    _write_lines(
        folder / "queries.jsonl",
        ({"_id": made.gold.id, "text": made.gold.question} for made in evaluation.results),
    )
    rows = [
        f"{question}\t{article}\t{relevance}\n"
        for question, judged in qrels_of(evaluation.results).items()
        for article, relevance in judged.items()
        if relevance
    ]
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\n" + "".join(rows), encoding="utf-8"
    )
    return folder


def _run_lines(run: Run) -> Iterable[str]:
    for question, scores in run.items():
        for rank, (article, score) in enumerate(scores.items(), start=1):
            yield f"{_word(question)} Q0 {article} {rank} {score} {RUN_TAG}\n"


def _word(identifier: str) -> str:
    # TREC's columns are split at white space.
    return "_".join(identifier.split())


def _write_lines(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
