"""CoQEx (Ghosh et al. 2022): count questions, asked of the web snippets that a search engine gave for each.

Every snippet is a source. A count is right when it lies within a tenth of the gold count, the paper's relaxed match.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from eval.bench.files import read_json, read_text, sample
from eval.bench.rows import BenchRow, rows_of
from eval.bench.running import Bench, Document
from eval.intervals import Ratio
from qa import Answer

NAME = "coqex"
PARTS = (
    ("count_lcquadv2.csv", "count_lcquadv2_bing_v1.json"),
    ("natural_questions.csv", "natural_questions_bing_v1.json"),
)
TOLERANCE = 0.1
METRICS = ("coverage", "best_count_relaxed", "count_shown")


@dataclass(frozen=True, slots=True)
class CountQuestion:
    """A count question, its snippets, and the gold count."""

    question: str
    documents: tuple[Document, ...]
    count: float


def run(bench: Bench) -> list[BenchRow]:
    """Shares of the questions: any figure shown, the best source's first figure right, any figure shown right.

    `best_count_relaxed` is over the questions that get a figure, as the paper's precision is; `count_shown` over all.
    """
    metrics: dict[str, list[Ratio]] = {name: [] for name in METRICS}
    seconds: list[float] = []
    for row in sample(load(bench), bench.limit, bench.seed):
        answer, taken = bench.ask_once(row.documents, row.question)
        seconds.append(taken)
        best = first_count(answer)
        shown = any(is_near(row.count, sourced.figure.low, sourced.figure.high) for sourced in answer.figures)
        metrics["coverage"].append(Ratio(best is not None, 1))
        metrics["best_count_relaxed"].append(
            Ratio(best is not None and is_near(row.count, *best), best is not None)
        )
        metrics["count_shown"].append(Ratio(shown, 1))
    return rows_of(NAME, metrics, seed=bench.seed, seconds=seconds)


def load(bench: Bench) -> list[CountQuestion]:
    """The questions of both parts that have a gold count and snippets, in the files' order."""
    made: list[CountQuestion] = []
    for questions, snippets in PARTS:
        texts: dict[str, dict[str, None]] = {}
        for paragraph in read_json(bench.folder(NAME) / snippets)["data"][0]["paragraphs"]:
            if paragraph["context"].strip():
                texts.setdefault(paragraph["qas"][0]["question"], {})[paragraph["context"]] = None
        for row in csv.DictReader(io.StringIO(read_text(bench.folder(NAME) / questions))):
            found = texts.get(row["query"], {})
            documents = tuple(Document(f"snippet-{place}", text) for place, text in enumerate(found, start=1))
            if documents and row["answer_norm"].strip():
                made.append(CountQuestion(row["query"], documents, float(row["answer_norm"])))
    return made


def first_count(answer: Answer) -> tuple[float, float] | None:
    """Low and high of the first figure of the best source that gives one."""
    for report in answer.answering:
        for sourced in answer.figures:
            if sourced.source == report.article.id:
                return sourced.figure.low, sourced.figure.high
    return None


def is_near(count: float, low: float, high: float) -> bool:
    """Whether a figure's range, widened by a tenth of the gold count, holds the gold count."""
    return low - TOLERANCE * abs(count) <= count <= high + TOLERANCE * abs(count)
