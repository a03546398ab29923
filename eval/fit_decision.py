"""Fits the decision that separates answering from silent sources, on developers' sets alone.

`python -m eval.fit_decision --gold examples/gold.jsonl examples/articles dev --out qa/decision.json`
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from eval.fitting import unscaled
from eval.gold import load_gold
from index import Collection
from index.embedding import Embedder, SentenceTransformerEmbedder
from qa.assistant import Assistant
from qa.decision import FEATURES, Decision, Evidence, evidence_matrix
from qa.question import understand
from qa.retrieval import candidates

log = logging.getLogger("eval.fit_decision")

THRESHOLDS = np.arange(0.10, 0.91, 0.01)
SHARES = np.arange(0.1, 0.91, 0.1)
TOLERANCE = 0.03
"""How much of the mean, less than its error, may be given up for a lower share: a source left out is worse than one too many."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The best span of one passage read for one question: what speaks for it, and whether the passage holds the truth."""

    set_name: str
    question: str
    source: str
    evidence: Evidence
    right: bool
    source_answers: bool


def judge_gold(path: Path, articles: Path, tag: str, embedder: Embedder) -> Iterator[Judged]:
    """The passages read for the gold questions that carry `tag`."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Collection.create(Path(folder) / "c", embedder=embedder) as collection,
    ):
        collection.add([articles])
        by_name = {article.name: article for article in collection.articles()}
        assistant = Assistant(collection, decision=UNDECIDED)
        for gold in load_gold(path, by_name):
            if tag in gold.tags:
                truths = {
                    by_name[name].id: [(quote.start, quote.end) for quote in truth.quotes]
                    for name, truth in gold.sources.items()
                }
                yield from _judge(assistant, str(path), gold.id, gold.question, truths)


UNDECIDED = Decision((0.0,) * len(FEATURES), 0.0, 0.5, 0.5)


def _judge(
    assistant: Assistant,
    set_name: str,
    key: str,
    question: str,
    truths: dict[str, list[tuple[int, int]]],
) -> Iterator[Judged]:
    asked = understand(question)
    articles = [article for article in assistant.collection.articles() if article.id in truths]
    found = candidates(assistant.collection, asked.text, articles, None, budget=assistant.budget)
    for read in assistant.read(asked, articles, found):
        place, spans = read.seen.passage, truths[read.article.id]
        right = any(place.start <= start and end <= place.end for start, end in spans)
        if read.evidence:
            yield Judged(set_name, key, read.article.id, read.evidence[0], right, bool(spans))


def fit(judged: Sequence[Judged]) -> Decision:
    """Logistic regression over all passages read, and the lowest share and threshold near the best mean over the sets.

    Averaged are the F1 of sources that answer with the right passage, and that of questions that nobody answers.
    """
    features = evidence_matrix([one.evidence for one in judged])
    labels = np.array([one.right for one in judged])
    names = list(dict.fromkeys(one.set_name for one in judged))
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(scaler.transform(features), labels)
    slope, intercept = unscaled(model, scaler)
    undecided = Decision(tuple(round(float(weight), 5) for weight in slope), round(intercept, 5), 0.5, 0.5)
    sets = {name: _likeliest(judged, undecided, name) for name in names}
    tried = [
        replace(undecided, threshold=round(float(threshold), 2), share=round(float(share), 1))
        for share in SHARES
        for threshold in THRESHOLDS
    ]
    means = [float(np.mean([_scores(found, decision) for found in sets.values()])) for decision in tried]
    best = next(
        decision for decision, mean in zip(tried, means, strict=True) if mean >= max(means) - TOLERANCE
    )
    for name, found in sets.items():
        log.info("%s: F1 %.3f of sources, %.3f of questions without an answer", name, *_scores(found, best))
    return best


def _likeliest(
    judged: Iterable[Judged], decision: Decision, set_name: str
) -> dict[str, dict[str, tuple[float, bool, bool]]]:
    """By question and source: the highest probability, whether that passage is right, whether the source answers."""
    best: dict[str, dict[str, tuple[float, bool, bool]]] = {}
    for one in judged:
        if one.set_name == set_name:
            candidate = (decision.probability(one.evidence), one.right, one.source_answers)
            sources = best.setdefault(one.question, {})
            known = sources.get(one.source, (-1.0, False, False))
            sources[one.source] = max(known, candidate, key=lambda item: item[0])
    return best


def _scores(
    questions: dict[str, dict[str, tuple[float, bool, bool]]], decision: Decision
) -> tuple[float, float]:
    """F1 of the sources that are claimed to answer, and of the questions that nobody is claimed to answer."""
    claimed = right = true = silent = rightly = unanswered = 0
    for sources in questions.values():
        least = decision.least(max(probability for probability, _, _ in sources.values()))
        chosen = [item for item in sources.values() if item[0] >= least]
        claimed, right = claimed + len(chosen), right + sum(item[1] for item in chosen)
        true += sum(item[2] for item in sources.values())
        nobody = not any(item[2] for item in sources.values())
        silent, unanswered = silent + (not chosen), unanswered + nobody
        rightly += nobody and not chosen
    return 2 * right / max(1, claimed + true), 2 * rightly / max(1, silent + unanswered)


def main() -> None:
    """Command line of the fit."""
    parser = argparse.ArgumentParser(prog="python -m eval.fit_decision", description=__doc__)
    parser.add_argument("--gold", nargs=3, action="append", default=[], metavar=("GOLD", "ARTICLES", "TAG"))
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    embedder = SentenceTransformerEmbedder(None)
    judged = [
        one
        for gold, articles, tag in options.gold
        for one in judge_gold(Path(gold), Path(articles), tag, embedder)
    ]
    decision = fit(judged)
    stored = {
        "weights": dict(zip(FEATURES, decision.weights, strict=True)),
        "intercept": decision.intercept,
        "threshold": decision.threshold,
        "share": decision.share,
        "fitted_on": [f"{gold} ({tag})" for gold, _, tag in options.gold],
    }
    options.out.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
