"""Do the sources agree? Figures are lined up; where no number is asked for, short answers are compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from qa.answer import SourceReport, Verdict
from qa.comparison import Group, SourcedFigure, compare_short_answers, group_figures
from qa.figures import extract_figures
from qa.headline import answer_headline, number_headline
from qa.question import Question, Wanted

Similarity = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures of all quotes, in groups that count the same thing, the verdict over them, and it in words."""

    headline: str
    verdict: Verdict
    figures: tuple[SourcedFigure, ...] = ()
    groups: tuple[Group, ...] = ()


def compare(
    question: Question, reports: Sequence[SourceReport], *, similarity: Similarity | None = None
) -> Comparison:
    """What the sources' quotes say together. `similarity` of two short answers, -1 to 1, helps to tell rewordings."""
    if question.wanted is Wanted.NUMBER:
        figures = _figures(reports)
        groups = group_figures(figures, question.text)
        if groups:
            verdict: Verdict = groups[0].verdict
            return Comparison(number_headline(reports, figures, groups, verdict), verdict, figures, groups)
    comparable = question.wanted is not Wanted.YES_NO  # what is marked there is no yes and no no
    over_answers, differing = _compare_answers(reports, similarity, comparable=comparable)
    return Comparison(answer_headline(reports, over_answers, differing), over_answers)


def _figures(reports: Sequence[SourceReport]) -> tuple[SourcedFigure, ...]:
    """The figures of all quotes; dates are left to `as_of`, a day is no number of anything."""
    return tuple(
        SourcedFigure(report.article.id, place, figure, report.article.id)
        for report in reports
        for place, quote in enumerate(report.quotes)
        for figure in extract_figures(
            report.article.text, quote.start, quote.end, published=report.article.published
        )
        if figure.unit != "date"
    )


def _compare_answers(
    reports: Sequence[SourceReport], similarity: Similarity | None, *, comparable: bool
) -> tuple[Verdict, tuple[int, int] | None]:
    """The verdict over short answers, and the places of two reports that differ; what cannot be told is no conflict."""
    best = [
        (place, report.quotes[0].answer.text)
        for place, report in enumerate(reports)
        if report.quotes and report.quotes[0].answer
    ]
    if not best:
        return "none", None
    if len(best) == 1:
        return "single", None
    for (left, left_words), (right, right_words) in combinations(best, 2) if comparable else ():
        if compare_short_answers(left_words, right_words, similarity) == "different":
            return "differ", (left, right)
    return "agree", None
