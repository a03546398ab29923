"""Fits the model that tells two wordings of one answer from two answers, and says how it does on pairs held out.

`python -m eval.fit_rewording --out qa/rewording.json`
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.preprocessing import StandardScaler

import qa.training
from eval.fitting import unscaled
from index.embedding import SentenceTransformerEmbedder
from qa.rewording import COEFFICIENTS, FEATURES, rewording_features

log = logging.getLogger("eval.fit_rewording")

PAIRS = Path(qa.training.__file__).parent / "data" / "short_answers.tsv"
DIFFERENT, SAME = 0.9, 0.95
"""Each threshold is the least strict with this precision on the pairs fitted on, judged by nine tenths of the others: where two
answers are said to be one, and are not, a conflict is hidden."""
FOLDS = 10
REPEATS = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two short answers to one question, whether they name different things, and whether they are fitted on."""

    question: str
    left: str
    right: str
    different: bool
    fit: bool


def load_pairs(path: Path = PAIRS) -> list[Pair]:
    """The pairs of a file: question, two answers, "same" or "different", "fit" or "held_out", apart by tabs."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Pair(question, left, right, truth == "different", part == "fit")
            for question, left, right, truth, part in rows
        ]


def fit(pairs: Sequence[Pair], out: Path) -> None:
    """Fit on the pairs for it, write weights and thresholds, and log the figures of the pairs held out."""
    embedder = SentenceTransformerEmbedder()
    vector = cache(lambda text: embedder.embed([text])[0])

    def similarity(left: str, right: str) -> float:
        return float(vector(left) @ vector(right))

    features = np.array([rewording_features(p.question, p.left, p.right, similarity) for p in pairs])
    truth, fitted = np.array([p.different for p in pairs]), np.array([p.fit for p in pairs])
    scaler = StandardScaler().fit(features[fitted])
    scaled, model = scaler.transform(features), LogisticRegression()
    unseen = _cross_validated(model, scaled[fitted], truth[fitted])
    different = _threshold(truth[fitted], unseen, DIFFERENT)
    same = 1 - _threshold(~truth[fitted], 1 - unseen, SAME)
    model.fit(scaled[fitted], truth[fitted])
    weights, intercept = unscaled(model, scaler)
    stored = {
        "weights": {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)},
        "intercept": round(intercept, 4),
        "different": round(different, 2),
        "same": round(same, 2),
    }
    out.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    _report("fitted on, each judged by the others", truth[fitted], unseen, different, same)
    if not fitted.all():
        judged = model.predict_proba(scaled[~fitted])[:, 1]
        _report("held out", truth[~fitted], judged, different, same)


def _cross_validated(
    model: LogisticRegression, features: NDArray[np.float64], truth: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Each pair's probability by models that were not fitted on it: the mean over divisions into folds."""
    folds = (StratifiedKFold(FOLDS, shuffle=True, random_state=seed) for seed in range(REPEATS))
    judged = [cross_val_predict(model, features, truth, cv=cv, method="predict_proba")[:, 1] for cv in folds]
    mean: NDArray[np.float64] = np.mean(judged, axis=0)
    return mean


def _threshold(truth: NDArray[np.bool_], scores: NDArray[np.float64], wanted: float) -> float:
    """The least score from which on the share `wanted` is true."""
    order = np.argsort(-scores)
    precision = np.cumsum(truth[order]) / np.arange(1, len(order) + 1)
    return float(scores[order][np.flatnonzero(precision >= wanted)[-1]])


def _report(
    name: str, truth: NDArray[np.bool_], scores: NDArray[np.float64], different: float, same: float
) -> None:
    """Log the area under the ROC curve, and precision and recall of both judgements."""
    log.info("%s, %d pairs: area under the ROC curve %.3f", name, len(truth), roc_auc_score(truth, scores))
    for what, told, true in (
        ("different", scores >= different, truth),
        ("same", scores <= same, ~truth),
    ):
        log.info("  %s: precision %.2f, recall %.2f", what, true[told].mean(), told[true].mean())


def main() -> None:
    """Read the arguments of the command line."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--pairs", type=Path, default=PAIRS, help="a file of pairs instead of the project's own"
    )
    parser.add_argument("--out", type=Path, default=COEFFICIENTS)
    arguments = parser.parse_args()
    fit(load_pairs(arguments.pairs), arguments.out)


if __name__ == "__main__":
    main()
