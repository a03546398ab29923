"""Two short answers to one question: two wordings of one thing, or two things? A fitted probability says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from qa.figures.likeness import Similarity
from qa.logistic import logistic
from qa.wordnet import Relation, related

COEFFICIENTS = Path(__file__).parent / "rewording.json"
FEATURES = ("alike", "question_alone", "same_sense", "senses_apart")
LONGEST = 8
"""Words of a short answer that are still compared: the model was fitted on answers of up to eight."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """Weights of a logistic regression over FEATURES; from `different` on two answers name two things, to `same` one."""

    weights: tuple[float, ...]
    intercept: float
    different: float
    same: float

    def probability(self, features: tuple[float, ...]) -> float:
        """The probability, 0 to 1, that the two answers name different things."""
        return logistic(self.weights, features, self.intercept)


def rewording_features(question: str, left: str, right: str, similarity: Similarity) -> tuple[float, ...]:
    """How alike the answers are behind the question, how alike each is to the question alone, and what their senses say."""
    ours, theirs = f"{question} {left}", f"{question} {right}"
    relation = related(left, right)
    return (
        similarity(ours, theirs),
        min(similarity(question, ours), similarity(question, theirs)),
        float(relation is Relation.SAME),
        float(relation in {Relation.APART, Relation.OPPOSITE}),
    )


@cache
def fitted_rewording(path: Path = COEFFICIENTS) -> Rewording:
    """The model fitted by `python -m eval.fit_rewording`."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Rewording(
        tuple(stored["weights"][name] for name in FEATURES),
        stored["intercept"],
        stored["different"],
        stored["same"],
    )
