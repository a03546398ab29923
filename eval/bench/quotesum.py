"""QuoteSum (Schuster et al. 2024): Wikipedia passages that each answer a question in their own way.

Every passage is a source with a short answer of its own. The set's rows repeat a question once a summary; each
question is asked once, of its passages alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from eval.bench.files import read_lines, sample
from eval.bench.rows import BenchRow, rows_of
from eval.bench.running import Bench, Document
from eval.intervals import Ratio
from eval.matching import holds, token_f1
from eval.metrics import FOUND_F1, Shown, quote_validity, shown_by_source

NAME = "quotesum"
MOST_SOURCES = 8


@dataclass(frozen=True, slots=True)
class QuoteSumQuestion:
    """A question and its passages with the short answer that each gives, by document name."""

    question: str
    documents: tuple[Document, ...]
    answers: dict[str, str]


def run(bench: Bench) -> list[BenchRow]:
    """Shares of the sources: found to answer, own short answer quoted, own short answer marked."""
    names = ("source_recall", "answer_quoted", "answer_marked", "answer_found", "quote_validity")
    metrics: dict[str, list[Ratio]] = {name: [] for name in names}
    seconds: list[float] = []
    for row in sample(load(bench), bench.limit, bench.seed):
        answer, taken = bench.ask_once(row.documents, row.question)
        seconds.append(taken)
        seen = [(shown, row.answers[name]) for name, shown in shown_by_source(answer).items()]
        quoted = [any(holds(quote.text, truth) for quote in shown.quotes) for shown, truth in seen]
        marked = [is_marked(shown, truth) for shown, truth in seen]
        metrics["source_recall"].append(Ratio(sum(bool(shown.quotes) for shown, _ in seen), len(seen)))
        metrics["answer_quoted"].append(Ratio(sum(quoted), len(seen)))
        metrics["answer_marked"].append(Ratio(sum(marked), len(seen)))
        metrics["answer_found"].append(
            Ratio(sum(a or b for a, b in zip(quoted, marked, strict=True)), len(seen))
        )
        metrics["quote_validity"].append(quote_validity(answer))
    return rows_of(NAME, metrics, seed=bench.seed, seconds=seconds)


def load(bench: Bench) -> list[QuoteSumQuestion]:
    """The distinct questions of `quotesum.jsonl` in the file's order."""
    rows = {row["qid"]: row for row in reversed(read_lines(bench.folder(NAME) / "quotesum.jsonl"))}
    made: list[QuoteSumQuestion] = []
    for row in reversed(rows.values()):
        places = [place for place in range(1, MOST_SOURCES + 1) if row[f"source{place}"]]
        documents = tuple(
            Document(f"source-{place}", row[f"source{place}"], row[f"title{place}"]) for place in places
        )
        answers = {f"source-{place}": row[f"short_ans_{place}"] for place in places}
        made.append(QuoteSumQuestion(row["question"], documents, answers))
    return made


def is_marked(shown: Shown, truth: str) -> bool:
    """Whether a marked short answer shares at least half of its tokens (F1) with the true one."""
    return any(
        token_f1(quote.answer.text, [truth]) >= FOUND_F1 for quote in shown.quotes if quote.answer is not None
    )
