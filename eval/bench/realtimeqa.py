"""RealTime QA 2022 (Kasai et al. 2023): a weekly news quiz, asked of the articles that a search saved that week.

EM and F1 compare the best source's first short answer with the right choice's words. A question is numeric when
its answer holds a digit. Questions of weeks for which no article was saved are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import numpy as np

from eval.bench.files import read_lines
from eval.bench.rows import BenchRow, rows_of
from eval.bench.running import Bench, Document, first_answer, timed_ask
from eval.intervals import Ratio
from eval.matching import exact_match, holds, token_f1
from qa import Answer

NAME = "realtimeqa"
PUBLISHED = {
    "EM": "0.415 (GPT-3 with search)", "F1": "0.505 (GPT-3 with search)",
    "EM (numeric)": "0.291 (GPT-3 with search)", "F1 (numeric)": "0.393 (GPT-3 with search)",
}  # fmt: skip
METRICS = (
    "EM",
    "F1",
    "EM (numeric)",
    "F1 (numeric)",
    "best_quote_holds_answer",
    "a_quote_holds_answer",
    "answered",
)


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """A question, its answer, its week as the first part of its id, and the articles that were saved for itself."""

    question: str
    answer: str
    week: str
    saved: tuple[str, ...]

    @property
    def numeric(self) -> bool:
        """Whether the answer holds a digit."""
        return bool(re.search(r"\d", self.answer))


def run(bench: Bench) -> list[BenchRow]:
    """EM and F1 of the best short answer, numeric questions apart; and where one of the articles holds the answer, its quoting."""
    questions, articles = load(bench)
    metrics: dict[str, list[Ratio]] = {name: [] for name in METRICS}
    seconds: list[float] = []
    indexed: list[Document] = []
    for week, asked in by_week(questions, bench.limit, bench.seed).items():
        documents = bench.thinned(articles[week], {name for question in asked for name in question.saved})
        if not documents:
            continue
        indexed += documents
        with bench.collection(documents) as collection:
            assistant = bench.assistant(collection)
            for question in asked:
                answer, taken = timed_ask(assistant, question.question)
                seconds.append(taken)
                present = any(holds(document.text, question.answer) for document in documents)
                _score(metrics, question, answer, present)
    return rows_of(
        bench.named(NAME, indexed),
        metrics,
        seed=bench.seed,
        seconds=seconds,
        published=bench.comparable(PUBLISHED),
    )


def load(bench: Bench) -> tuple[list[QuizQuestion], dict[str, list[Document]]]:
    """The questions of 2022 in the file's order, and for each week the articles that the search had saved."""
    folder = bench.folder(NAME)
    rows = read_lines(folder / "questions_2022.jsonl")
    saved = {row["doc_id"]: row for row in read_lines(folder / "docs_2022.jsonl.gz") if row["text"].strip()}
    questions = [
        QuizQuestion(row["question"], row["answer"], _week(row), tuple(row["gcs_doc_ids"])) for row in rows
    ]
    ids: dict[str, dict[str, None]] = {}
    for row in rows:
        ids.setdefault(_week(row), {}).update(dict.fromkeys(row["gcs_doc_ids"]))
    return questions, {
        week: [_document(saved[one]) for one in found if one in saved] for week, found in ids.items()
    }


def by_week(questions: Sequence[QuizQuestion], limit: int | None, seed: int) -> dict[str, list[QuizQuestion]]:
    """The questions by week, or `limit` of them from as few weeks, drawn by `seed`, as hold that many."""
    weeks: dict[str, list[QuizQuestion]] = {}
    for question in questions:
        weeks.setdefault(question.week, []).append(question)
    if limit is None:
        return weeks
    order = np.random.default_rng(seed).permutation(sorted(weeks)).tolist()
    chosen: dict[str, list[QuizQuestion]] = {}
    for week in order:
        room = limit - sum(map(len, chosen.values()))
        if room > 0:
            chosen[week] = weeks[week][:room]
    return chosen


def _score(metrics: Mapping[str, list[Ratio]], question: QuizQuestion, answer: Answer, present: bool) -> None:
    best = answer.answering[0].quotes if answer.answering else ()
    said = first_answer(best)
    match, f1 = exact_match(said, [question.answer]), token_f1(said, [question.answer])
    top = bool(best) and holds(best[0].text, question.answer)
    anywhere = any(
        holds(quote.text, question.answer) for report in answer.answering for quote in report.quotes
    )
    numeric = question.numeric
    values = (
        (match, 1), (f1, 1), (match * numeric, numeric), (f1 * numeric, numeric),
        (top and present, present), (anywhere and present, present), (bool(best), 1),
    )  # fmt: skip
    for name, (numerator, denominator) in zip(METRICS, values, strict=True):
        metrics[name].append(Ratio(numerator, denominator))


def _week(row: Mapping[str, str]) -> str:
    return row["question_id"].split("_")[0]


def _document(row: Mapping[str, str | None]) -> Document:
    year, month, day = (int(part) for part in (row["publish_date"] or "1/1/1").split("/"))
    return Document(
        str(row["doc_id"]), str(row["text"]), str(row["title"] or ""), outlet=urlsplit(str(row["url"])).hostname,
        published=date(year, month, day) if year > 1 else None, url=str(row["url"]),
    )  # fmt: skip
