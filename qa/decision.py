"""One calibrated decision: the probability that a marked span answers the question."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from operator import attrgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import Article
from qa.logistic import logistic
from qa.question import Question, Wanted, content_stems, stems
from qa.reading import Reading, Window

COEFFICIENTS = Path(__file__).parent / "decision.json"

_KIND = {
    Wanted.NUMBER: re.compile(
        r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
        r"hundreds?|thousands?|millions?|billions?|dozens?|scores|half|third|quarter|none|no one|nobody)\b",
        re.IGNORECASE,
    ),
    Wanted.PERSON: re.compile(r"\b[A-Z][\w’'\-]+"),
    Wanted.PLACE: re.compile(r"\b[A-Z][\w’'\-]+"),
    Wanted.DATE: re.compile(
        r"\b(1[0-9]{3}|20[0-9]{2})\b|\b\d{1,2}(:\d\d|st|nd|rd|th)?\b|\b(january|february|march|april|may|june|july|august|september|october|"
        r"november|december|(mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|tonight|week|month|year|day|hour|minute|"
        r"morning|evening|night|afternoon|noon|midnight|dawn|dusk|spring|summer|autumn|fall|winter|century|decade)s?\b",
        re.IGNORECASE,
    ),
    Wanted.REASON: re.compile(
        r"\b(because|due|after|since|so that|to|caused?|owing|over|result|led|fear|blam)\w*\b", re.IGNORECASE
    ),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one marked span: its reading, both retrieval scores, and what of the question occurs around it.

    `span` is the reader's logit. `dense` is the passage's cosine, `lexical` the BM25 of the article's best passage
    as a share of the best of all: whether the article is on the subject. `names_missing` counts the question's
    names that neither the window nor the article's title, outlet, date and opening hold, `terms_missing` is the
    share of its content words. `wanted_kind` is 1 where the span looks like what is asked for (a number, a name, a
    date, a reason), `answer_words` is the span's length, at most 30.
    """

    span: float
    dense: float
    lexical: float
    names_missing: float
    terms_missing: float
    wanted_kind: float
    answer_words: float


FEATURES = tuple(field.name for field in fields(Evidence))
_VALUES = attrgetter(*FEATURES)

TEXTS_KEPT = 512
"""Windows, and beginnings of articles, whose words are remembered: the same are read for many questions."""


def weigh(
    question: Question,
    window: Window,
    reading: Reading,
    *,
    dense: float,
    lexical: float,
    known: frozenset[str],
) -> tuple[Evidence, ...]:
    """The evidence of each span of a reading; `known` are those of `known_stems`."""
    here = _window_stems(window.text) | known
    names = [stem for name in question.names for stem in stems(name)[:1]]
    missing = [term for term in question.terms if term not in here]
    pattern = _KIND.get(question.wanted)
    answers = [window.text[span.start : span.end] for span in reading.spans]
    return tuple(
        Evidence(
            span=min(max(span.score, -15.0), 15.0),
            dense=dense,
            lexical=lexical,
            names_missing=float(sum(name not in here for name in names)),
            terms_missing=len(missing) / len(question.terms) if question.terms else 0.0,
            wanted_kind=float(pattern is None or bool(pattern.search(answer))),
            answer_words=float(min(30, len(answer.split()))),
        )
        for span, answer in zip(reading.spans, answers, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Decision:
    """A logistic regression over Evidence, the least probability at which anyone answers, and how far others may fall behind.

    A question is answered where some span is at least as likely an answer as `threshold`; a source answers it where its
    likeliest span reaches this `share` of the likeliest of all.
    """

    weights: tuple[float, ...]
    intercept: float
    threshold: float
    share: float

    def probability(self, evidence: Evidence) -> float:
        """The probability, 0 to 1, that the span answers."""
        return logistic(self.weights, _VALUES(evidence), self.intercept)

    def least(self, best: float) -> float:
        """The probability that a span has to reach where the likeliest of all sources has `best`."""
        return self.share * best if best >= self.threshold else self.threshold


@cache
def fitted_decision(path: Path = COEFFICIENTS) -> Decision:
    """The decision fitted on the developers' sets by `python -m eval.fit_decision`."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Decision(
        tuple(stored["weights"][name] for name in FEATURES),
        stored["intercept"],
        stored["threshold"],
        stored["share"],
    )


def evidence_matrix(rows: list[Evidence]) -> NDArray[np.float64]:
    """Evidence as a matrix (rows, features), for fitting."""
    return np.array([_VALUES(row) for row in rows], dtype=np.float64)


def known_stems(article: Article) -> frozenset[str]:
    """The content stems of what an article takes for granted: title, outlet, date and its first 300 characters."""
    return _beginning_stems(f"{article.title} {article.imprint} {article.text[:300]}")


_beginning_stems = lru_cache(maxsize=TEXTS_KEPT)(content_stems)


@lru_cache(maxsize=TEXTS_KEPT)
def _window_stems(text: str) -> frozenset[str]:
    return frozenset(stems(text))
