"""Do the sources agree? Figures are lined up; where no number is asked for, short answers are compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.answer import Quote, SourceReport, Verdict
from qa.answer_comparison import NEAR_BEST, compare_answers, told_apart
from qa.comparison import Group, SourcedFigure, counts_asked, group_figures
from qa.figures import Figure, extract_figures
from qa.figures.asked import Asked, asked_of, asks_amount, is_beside
from qa.figures.conversion import in_one_unit
from qa.figures.lexicon import UNITS
from qa.figures.likeness import Similarity
from qa.headline import answer_headline, number_headline, other_headline
from qa.question import Question, Wanted


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
    """What the sources' quotes say together. `similarity` of two short answers, -1 to 1, helps to tell rewordings.

    Where figures are asked for and none counts the thing asked for, the verdict is `none`, whatever they say.
    """
    asked = asked_of(question.text)
    quoted = _figures(reports, asked)
    if (
        question.wanted is Wanted.NUMBER
        or asks_amount(question.text)
        or _are_figures(question, reports, quoted)
    ):
        figures = _asked_for(quoted, question, similarity)
        copies = _copied(reports, figures)
        groups = group_figures(
            figures, question.text, similarity=similarity, copies=copies, versions=_versions(reports)
        )
        if groups:
            number = question.wanted is Wanted.NUMBER
            if number and not counts_asked(figures, groups[0], question.text):
                return Comparison(other_headline(reports, figures, groups, asked), "none", figures, groups)
            if (number and not _answered_by_date(reports, figures)) or any(
                figures[member].answers for member in groups[0].members
            ):
                verdict = groups[0].verdict
                headline = number_headline(reports, figures, groups, verdict, asked)
                return Comparison(headline, verdict, figures, groups)
    over_answers, difference = compare_answers(question, reports, _versions(reports), similarity)
    told = () if difference is not None else told_apart(question, reports, similarity)
    return Comparison(answer_headline(reports, over_answers, difference, told), over_answers)


def _answered_by_date(reports: Sequence[SourceReport], figures: Sequence[SourcedFigure]) -> bool:
    """Whether the short answers hold a date and no number ("until 2030"): then no number beside them answers."""
    if any(sourced.answers for sourced in figures):
        return False
    answers = [report.quotes[0].answer for report in reports if report.quotes]
    return any(f.unit == "date" for answer in answers if answer for f in extract_figures(answer.text))


def _figures(reports: Sequence[SourceReport], asked: Asked) -> tuple[SourcedFigure, ...]:
    """The figures of all quotes, measures that answer in one unit; dates are left to `as_of`, a day is no number."""
    found = tuple(
        SourcedFigure(
            report.article.id,
            place,
            figure,
            report.article.id,
            answers=_answers(figure, quote, report.quotes),
        )
        for report in reports
        for place, quote in enumerate(report.quotes)
        for figure in extract_figures(
            report.article.text, quote.start, quote.end, published=report.article.published
        )
        if figure.unit != "date"
    )
    measures = iter(in_one_unit([sourced.figure for sourced in found if sourced.answers], asked.unit))
    return tuple(replace(sourced, figure=next(measures)) if sourced.answers else sourced for sourced in found)


def _are_figures(
    question: Question, reports: Sequence[SourceReport], figures: Sequence[SourcedFigure]
) -> bool:
    """Whether most sources answer with a figure, though the question names no number ("arrests at the match?")."""
    if question.wanted is not Wanted.DESCRIPTION:
        return False
    quoted = {report.article.id: report for report in reports if report.quotes}
    with_figure: set[str] = set()
    for sourced in figures:
        report, (start, end) = quoted[sourced.source], _extent(sourced.figure)
        answer = report.quotes[0].answer
        if (
            sourced.quote == 0
            and sourced.answers
            and answer
            and not _describes(sourced.figure, report.article.text)
            and 2 * (end - start) >= answer.end - answer.start
        ):
            with_figure.add(sourced.source)
    return 2 * len(with_figure) > len(quoted)


def _describes(figure: Figure, text: str) -> bool:
    """Whether a number is tied to its noun and describes another thing ("a three-storey warehouse", "a two-week strike")."""
    tied = re.search(r"[-‑](\w+)$", figure.text)
    unit = tied is not None and tied[1].lower() not in UNITS and not tied[1].isdigit()
    return unit or re.match(r"[-‑]\w", text[figure.end :]) is not None


def _asked_for(
    figures: tuple[SourcedFigure, ...], question: Question, similarity: Similarity | None
) -> tuple[SourcedFigure, ...]:
    """Without those that stand beside an answer and are of another kind; all of them where none is of the kind."""
    asked = asked_of(question.text)
    units = {sourced.figure.unit for sourced in figures if sourced.answers}
    chosen = tuple(
        sourced
        for sourced in figures
        if sourced.answers
        or (sourced.figure.unit in units and sourced.figure.unit is not None)
        or not is_beside(sourced.figure, asked, similarity)
    )
    return chosen or figures


def _answers(figure: Figure, quote: Quote, quotes: Sequence[Quote]) -> bool:
    """Whether a figure, with its unit and what it counts, touches the short answer of one of the best quotes."""
    if quote.answer is None or quote.score < NEAR_BEST * max(other.score for other in quotes):
        return False
    start, end = _extent(figure)
    return start < quote.answer.end and quote.answer.start < end


def _extent(figure: Figure) -> tuple[int, int]:
    """Where a figure starts and ends, with its unit and what it counts."""
    spans = [figure.part(name) for name in ("number", "qualifier", "extra")]
    behind = figure.part("counts")
    if behind is not None and 0 <= behind.start - figure.end <= 3:
        spans.append(behind)
    start = min([figure.start, *(span.start for span in spans if span)])
    return start, max([figure.end, *(span.end for span in spans if span)])


def _copied(reports: Sequence[SourceReport], figures: Sequence[SourcedFigure]) -> dict[str, int]:
    """How many copies each source has that print all the figures quoted from it."""
    words: dict[str, set[str]] = {}
    for sourced in figures:
        words.setdefault(sourced.source, set()).add(sourced.figure.text)
    counted: dict[str, int] = {}
    for report in reports:
        if report.copy_of in words and all(text in report.article.text for text in words[report.copy_of]):
            counted[report.copy_of] = counted.get(report.copy_of, 0) + 1
    return counted


def _versions(reports: Sequence[SourceReport]) -> dict[str, str]:
    """Which earlier article each report's own brings up to date, by id; only dates show which came first."""
    dated = {report.article.id for report in reports if report.article.published is not None}
    return {
        report.article.id: report.version_of
        for report in reports
        if report.version_of is not None and {report.version_of, report.article.id} <= dated
    }
