"""What one Answer got right: for every metric, one question's share of it.

A **copy** is counted like its original: where an Answer reports a source as the copy of another, the original's
status and quotes stand for it, and are held against the copy's own truth. Offsets of two texts differ, so there the
words of the original's quotes are compared. A copy that printed another figure is therefore a miss, as it should be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from eval.gold import GoldQuestion, GoldQuote, SourceTruth
from eval.intervals import Ratio
from eval.matching import exact_match, token_f1
from qa import Answer, Quote, SourceReport

METRICS = (
    "source_precision", "source_recall", "source_f1", "silent_f1",
    "quote_precision", "quote_recall", "quote_f1", "quote_validity",
    "short_answer_found", "answer_em", "answer_f1", "figure_precision", "figure_recall",
    "abstention_precision", "abstention_recall", "verdict_accuracy",
)  # fmt: skip
FOUND_F1 = 0.5

Score = Mapping[str, Ratio]


@dataclass(frozen=True, slots=True)
class Shown:
    """What an Answer shows for one source; for a copy, `own` is false and the quotes are its original's."""

    quotes: tuple[Quote, ...]
    figures: tuple[tuple[float, float], ...]
    own: bool = True

    def proves(self, truth: SourceTruth) -> bool:
        """Whether one of the quotes holds a true span whole."""
        return any(self._holds(quote, proof) for quote in self.quotes for proof in truth.quotes)

    def finds(self, truth: SourceTruth) -> bool:
        """Whether a marked short answer holds a true span, or shares half of its tokens (F1) with one."""
        return any(
            self._marks(quote, proof) or token_f1(quote.answer.text, [proof.text]) >= FOUND_F1
            for quote in self.quotes if quote.answer is not None for proof in truth.quotes
        )  # fmt: skip

    def _holds(self, quote: Quote, proof: GoldQuote) -> bool:
        return quote.start <= proof.start and proof.end <= quote.end if self.own else proof.text in quote.text

    def _marks(self, quote: Quote, proof: GoldQuote) -> bool:
        marked = quote.answer
        if marked is None:
            return False
        return (
            marked.start <= proof.start and proof.end <= marked.end if self.own else proof.text in marked.text
        )


def shown_by_source(answer: Answer) -> dict[str, Shown]:
    """What is shown for each source by name, copies by way of their originals."""
    reports = {report.article.id: report for report in answer.sources}
    figures: dict[str, list[tuple[float, float]]] = {}
    for sourced in answer.figures:
        figures.setdefault(sourced.source, []).append((sourced.figure.low, sourced.figure.high))
    shown: dict[str, Shown] = {}
    for report in answer.sources:
        original = reports.get(report.copy_of or report.article.id)
        if original is not None:
            values = tuple(figures.get(original.article.id, ()))
            shown[report.article.name] = Shown(original.quotes, values, own=original is report)
        else:
            shown[report.article.name] = Shown((), (), own=False)
    return shown


def score(gold: GoldQuestion, answer: Answer) -> Score:
    """One question's share of every metric in METRICS; sources that the gold question does not name are not scored."""
    shown = shown_by_source(answer)
    pairs = [(truth, shown.get(name, Shown((), ()))) for name, truth in gold.sources.items()]
    return _sources(pairs) | _quotes(pairs) | _short_answers(pairs) | _figures(pairs) | {
        "quote_validity": quote_validity(answer),
        **_whole(gold, answer, any(seen.quotes for _, seen in pairs)),
    }  # fmt: skip


def quote_validity(answer: Answer) -> Ratio:
    """How many quotes, with their short answers, are what their article says at that place; anything below all is a fault."""
    valid = [_is_valid(report, quote) for report in answer.sources for quote in report.quotes]
    return Ratio(sum(valid), len(valid))


def _is_valid(report: SourceReport, quote: Quote) -> bool:
    text, marked = report.article.text, quote.answer
    return (
        quote.article_id == report.article.id
        and text[quote.start : quote.end] == quote.text
        and (marked is None or text[marked.start : marked.end] == marked.text)
    )


def _sources(pairs: list[tuple[SourceTruth, Shown]]) -> dict[str, Ratio]:
    seen = Counter((truth.answers, bool(shown.quotes)) for truth, shown in pairs)
    right, false, missed, silent = seen[True, True], seen[False, True], seen[True, False], seen[False, False]
    return {
        "source_precision": Ratio(right, right + false),
        "source_recall": Ratio(right, right + missed),
        "source_f1": Ratio(2 * right, 2 * right + false + missed),
        "silent_f1": Ratio(2 * silent, 2 * silent + false + missed),
    }


def _quotes(pairs: list[tuple[SourceTruth, Shown]]) -> dict[str, Ratio]:
    right = sum(shown.proves(truth) for truth, shown in pairs)
    reported, true = sum(bool(shown.quotes) for _, shown in pairs), sum(truth.answers for truth, _ in pairs)
    return {
        "quote_precision": Ratio(right, reported),
        "quote_recall": Ratio(right, true),
        "quote_f1": Ratio(2 * right, reported + true),
    }


def _short_answers(pairs: list[tuple[SourceTruth, Shown]]) -> dict[str, Ratio]:
    answering = [
        (shown, truth, [proof.text for proof in truth.quotes]) for truth, shown in pairs if truth.answers
    ]
    # As in SQuAD, EM and F1 judge the one answer that would be read first.
    first = [(_first_answer(shown), texts) for shown, _, texts in answering]
    return {
        "short_answer_found": Ratio(sum(shown.finds(truth) for shown, truth, _ in answering), len(answering)),
        "answer_em": Ratio(sum(exact_match(said, texts) for said, texts in first if said), len(answering)),
        "answer_f1": Ratio(sum(token_f1(said, texts) for said, texts in first if said), len(answering)),
    }


def _first_answer(shown: Shown) -> str:
    return next((quote.answer.text for quote in shown.quotes if quote.answer is not None), "")


def _figures(pairs: list[tuple[SourceTruth, Shown]]) -> dict[str, Ratio]:
    found = said = true = 0
    if any(truth.figures for truth, _ in pairs):
        for truth, shown in pairs:
            wanted, given = {(figure.low, figure.high) for figure in truth.figures}, set(shown.figures)
            found, said, true = found + len(wanted & given), said + len(given), true + len(wanted)
    return {"figure_precision": Ratio(found, said), "figure_recall": Ratio(found, true)}


def _whole(gold: GoldQuestion, answer: Answer, answered: bool) -> dict[str, Ratio]:
    nobody = not gold.answering
    right = nobody and not answered
    return {
        "abstention_precision": Ratio(right, not answered),
        "abstention_recall": Ratio(right, nobody),
        "verdict_accuracy": Ratio(answer.verdict == gold.verdict, 1),
    }
