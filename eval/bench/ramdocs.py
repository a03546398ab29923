"""RAMDocs (Wang et al. 2025): documents that answer, misinform, or are noise, for ambiguous questions.

Each document is a source and is judged by what it says itself: one that misinforms answers too, with its wrong
answer; a noise document must be silent.
"""

from __future__ import annotations

from dataclasses import dataclass

from eval.bench.files import read_lines, sample
from eval.bench.rows import BenchRow, rows_of
from eval.bench.running import Bench, Document, first_answer
from eval.intervals import Ratio
from eval.matching import exact_match, token_f1
from eval.metrics import shown_by_source

NAME = "ramdocs"


@dataclass(frozen=True, slots=True)
class RamDocsQuestion:
    """A question, its documents, and by document name the answer that it gives (None: noise)."""

    question: str
    documents: tuple[Document, ...]
    answers: dict[str, str | None]


def run(bench: Bench) -> list[BenchRow]:
    """Per document: EM and F1 of its best short answer, share of noise left silent; over documents: answering F1."""
    names = (
        "document_EM",
        "document_F1",
        "noise_abstention",
        "source_precision",
        "source_recall",
        "source_f1",
    )
    metrics: dict[str, list[Ratio]] = {name: [] for name in names}
    seconds: list[float] = []
    for row in sample(load(bench), bench.limit, bench.seed):
        answer, taken = bench.ask_once(row.documents, row.question)
        seconds.append(taken)
        shown = shown_by_source(answer)
        truths = {name: truth for name, truth in row.answers.items() if truth is not None}
        said = {name: first_answer(shown[name].quotes) for name in truths}
        metrics["document_EM"].append(
            Ratio(sum(exact_match(said[name], [truth]) for name, truth in truths.items()), len(truths))
        )
        metrics["document_F1"].append(
            Ratio(sum(token_f1(said[name], [truth]) for name, truth in truths.items()), len(truths))
        )
        noise = [bool(shown[name].quotes) for name, truth in row.answers.items() if truth is None]
        right, false = sum(bool(shown[name].quotes) for name in truths), sum(noise)
        metrics["noise_abstention"].append(Ratio(len(noise) - false, len(noise)))
        metrics["source_precision"].append(Ratio(right, right + false))
        metrics["source_recall"].append(Ratio(right, len(truths)))
        metrics["source_f1"].append(Ratio(2 * right, right + false + len(truths)))
    return rows_of(NAME, metrics, seed=bench.seed, seconds=seconds)


def load(bench: Bench) -> list[RamDocsQuestion]:
    """The questions of `ramdocs.jsonl` in the file's order."""
    made: list[RamDocsQuestion] = []
    for row in read_lines(bench.folder(NAME) / "ramdocs.jsonl"):
        found = [(f"document-{place}", document) for place, document in enumerate(row["documents"], start=1)]
        documents = tuple(Document(name, document["text"]) for name, document in found)
        answers = {
            name: None if document["type"] == "noise" else str(document["answer"]) for name, document in found
        }
        made.append(RamDocsQuestion(row["question"], documents, answers))
    return made
