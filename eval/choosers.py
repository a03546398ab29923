"""Ways of choosing the sources that answer, side by side: cosine, a cross-encoder, our reader alone, the whole decision.

`python -m eval.choosers --gold examples/gold.jsonl examples/articles [--cross-encoder NAME_OR_FOLDER]`
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sentence_transformers import CrossEncoder

from eval.gold import GoldQuestion, load_gold
from eval.harness import HELD_OUT
from eval.intervals import Ratio, interval
from index import Article, Collection, Passage, SentenceTransformerEmbedder
from qa.assistant import Assistant
from qa.question import understand
from qa.retrieval import Candidates, candidates

Scored = list[tuple[Article, Passage, float]]
Chooser = Callable[[str, Sequence[Article], Candidates], Scored]


@dataclass(frozen=True, slots=True)
class Choice:
    """One source of one question: its best passage's score, whether that passage holds the truth, whether it answers."""

    question: GoldQuestion
    score: float
    right: bool
    answers: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One way of choosing: its threshold, F1 on both parts of a gold set, and the seconds a question takes."""

    name: str
    threshold: float
    tuned_f1: str
    held_out_f1: str
    seconds: float


def choose(
    chooser: Chooser, assistant: Assistant, golds: Sequence[GoldQuestion]
) -> tuple[list[Choice], float]:
    """The best passage of every source for every question, by `chooser`, and the seconds that it took for each."""
    copies = assistant.collection.copies()
    articles = [article for article in assistant.collection.articles() if article.id not in copies]
    made: list[Choice] = []
    spent = 0.0
    for gold in golds:
        found = candidates(assistant.collection, gold.question, articles, None, budget=assistant.budget)
        begun = time.perf_counter()
        scored = chooser(gold.question, articles, found)
        spent += time.perf_counter() - begun
        best: dict[str, tuple[Article, Passage, float]] = {}
        for article, passage, score in scored:
            if article.id not in best or score > best[article.id][2]:
                best[article.id] = (article, passage, score)
        for article, passage, score in best.values():
            truth = gold.sources[article.name]
            right = any(passage.start <= quote.start and quote.end <= passage.end for quote in truth.quotes)
            made.append(Choice(gold, score, right, truth.answers))
    return made, spent / max(1, len(golds))


def by_cosine(question: str, articles: Sequence[Article], found: Candidates) -> Scored:
    """The passage's cosine with the question."""
    return [
        (article, hit.passage, hit.dense) for article in articles for hit in found.hits.get(article.id, ())
    ]


def by_cross_encoder(model: CrossEncoder) -> Chooser:
    """A reranker's score of question and passage."""

    def score(question: str, articles: Sequence[Article], found: Candidates) -> Scored:
        work = by_cosine(question, articles, found)
        pairs = [(question, article.text[passage.start : passage.end]) for article, passage, _ in work]
        scores = model.predict(pairs, show_progress_bar=False)
        return [
            (article, passage, float(score))
            for (article, passage, _), score in zip(work, scores, strict=True)
        ]

    return score


def by_reading(assistant: Assistant, *, decide: bool) -> Chooser:
    """The reader's answerability alone, or the probability of the whole decision."""

    def score(question: str, articles: Sequence[Article], found: Candidates) -> Scored:
        read = assistant.read(understand(question), articles, found)
        return [
            (
                one.article,
                one.seen.passage,
                max(one.probabilities, default=0.0) if decide else one.reading.answerable,
            )
            for one in read
        ]

    return score


def f1(choices: Sequence[Choice], threshold: float) -> list[Ratio]:
    """For each question, what F1 is the ratio of: twice the sources rightly claimed, over those claimed and true."""
    return [
        Ratio(
            2.0 * sum(one.right for one in of if one.score >= threshold),
            float(sum(one.score >= threshold for one in of) + sum(one.answers for one in of)),
        )
        for of in _by_question(choices)
    ]


def _by_question(choices: Sequence[Choice]) -> Iterator[list[Choice]]:
    questions: dict[str, list[Choice]] = {}
    for one in choices:
        questions.setdefault(one.question.id, []).append(one)
    yield from questions.values()


def compare(name: str, choices: Sequence[Choice], seconds: float) -> Row:
    """The threshold that is best on the questions not held out, and F1 with it on both parts."""
    tuned = [one for one in choices if HELD_OUT not in one.question.tags]
    held_out = [one for one in choices if HELD_OUT in one.question.tags]
    limits = np.unique([one.score for one in tuned])
    best = max(limits, key=lambda limit: interval(f1(tuned, limit), resamples=1).value or 0.0)
    return Row(name, float(best), _shown(f1(tuned, best)), _shown(f1(held_out, best)), seconds)


def _shown(ratios: Sequence[Ratio]) -> str:
    found = interval(ratios)
    if found.value is None or found.low is None or found.high is None:
        return "-"
    return f"{found.value:.2f} [{found.low:.2f}, {found.high:.2f}]"


def main() -> None:
    """Prints the table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m eval.choosers", description=__doc__)
    parser.add_argument("--gold", nargs=2, type=Path, required=True, metavar=("GOLD", "ARTICLES"))
    parser.add_argument("--cross-encoder", help="a reranker of sentence-transformers, by name or folder")
    options = parser.parse_args()
    gold_path, articles = options.gold
    with (
        tempfile.TemporaryDirectory() as folder,
        Collection.create(Path(folder) / "c", embedder=SentenceTransformerEmbedder(None)) as collection,
    ):
        collection.add([articles])
        golds = load_gold(gold_path, {article.name: article for article in collection.articles()})
        assistant = Assistant(collection)
        ways: dict[str, Chooser] = {"cosine": by_cosine}
        if options.cross_encoder:
            ways["cross-encoder"] = by_cross_encoder(CrossEncoder(options.cross_encoder, device="cpu"))
        ways["our reader alone"] = by_reading(assistant, decide=False)
        ways["the whole decision"] = by_reading(assistant, decide=True)
        rows = [compare(name, *choose(chooser, assistant, golds)) for name, chooser in ways.items()]
    lines = [
        "| way of choosing | threshold | F1, tuned on | F1, held out | s/question |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.name} | {row.threshold:.2f} | {row.tuned_f1} | {row.held_out_f1} | {row.seconds:.2f} |"
        for row in rows
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
