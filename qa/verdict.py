"""Do the sources agree? Figures are lined up; where no number is asked for, short answers are compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from qa.answer import Quote, SourceReport, Verdict
from qa.comparison import Group, SourcedFigure, counts_asked, group_figures
from qa.contradiction import contradicts
from qa.figures import Figure, extract_figures
from qa.figures.agreement import allows
from qa.figures.asked import asked_of, asks_amount, is_beside
from qa.figures.conversion import in_one_unit
from qa.figures.lexicon import UNITS
from qa.figures.likeness import answers_alike
from qa.figures.states import state_class
from qa.headline import SHOWN_APART, Difference, answer_headline, number_headline, other_headline
from qa.question import Question, Wanted
from qa.several import allows_several
from qa.short_answers import are_opposite, compare_short_answers

Similarity = Callable[[str, str], float]

NEAR_BEST = 0.8
LIKELY = 0.25
"""Short answers are said to differ only where each is at least this likely to be one."""
_BESIDE_A_DAY = re.compile(
    r"\b(?:before|after|until|till|since|from|by|within|ago|later|earlier|overnight|night|midnight|early)\b",
    re.I,
)


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
    quoted = _figures(reports)
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
            number, asked = question.wanted is Wanted.NUMBER, asked_of(question.text)
            if number and not counts_asked(figures, groups[0], question.text):
                return Comparison(other_headline(reports, figures, groups, asked), "none", figures, groups)
            if number or any(figures[member].answers for member in groups[0].members):
                verdict = groups[0].verdict
                headline = number_headline(reports, figures, groups, verdict, asked)
                return Comparison(headline, verdict, figures, groups)
    over_answers, difference = _compare_answers(question, reports, similarity)
    told = () if difference is not None else _told_apart(question, reports, similarity)
    return Comparison(answer_headline(reports, over_answers, difference, told), over_answers)


def _figures(reports: Sequence[SourceReport]) -> tuple[SourcedFigure, ...]:
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
    measures = iter(in_one_unit([sourced.figure for sourced in found if sourced.answers]))
    return tuple(replace(sourced, figure=next(measures)) if sourced.answers else sourced for sourced in found)


def _are_figures(
    question: Question, reports: Sequence[SourceReport], figures: Sequence[SourcedFigure]
) -> bool:
    """Whether most sources answer with a figure, though the question names no number ("arrests at the match?")."""
    if question.wanted is not Wanted.DESCRIPTION:
        return False
    answers = {report.article.id: report.quotes[0].answer for report in reports if report.quotes}
    report_of = {report.article.id: report for report in reports}
    with_figure: set[str] = set()
    for sourced in figures:
        answer, (start, end) = answers[sourced.source], _extent(sourced.figure)
        if (
            sourced.quote == 0
            and sourced.answers
            and answer
            and not _describes(sourced.figure, report_of[sourced.source].article.text)
            and 2 * (end - start) >= answer.end - answer.start
        ):
            with_figure.add(sourced.source)
    return 2 * len(with_figure) > len(answers)


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


def _compare_answers(
    question: Question, reports: Sequence[SourceReport], similarity: Similarity | None
) -> tuple[Verdict, Difference | None]:
    """The verdict over short answers, and two that differ; what cannot be told is no conflict.

    Two that stand in versions of one story are explained by the update.
    """
    answering = [report for report in reports if report.quotes and report.quotes[0].answer]
    if not answering:
        return "none", None
    if len(answering) == 1:
        return "single", None
    versions = _versions(reports)
    updated: Difference | None = None
    # Where several answers are true, meanings show no conflict, and need not be looked at.
    meanings = None if allows_several(question.text) else similarity
    for left, right in combinations(answering, 2):
        difference = _difference(question, left, right, meanings)
        if difference is None:
            continue
        if not _same_story(left.article.id, right.article.id, versions):
            return "differ", difference
        updated = updated or difference
    return ("explained", updated) if updated else ("agree", None)


def _difference(
    question: Question, left: SourceReport, right: SourceReport, similarity: Similarity | None
) -> Difference | None:
    """Short answers that differ, or two quotes of which one denies what the other says; None for neither.

    What is marked for a yes/no question is seldom a yes or a no, so that only a denial tells such answers apart.
    """
    ours, theirs = left.quotes[0].answer, right.quotes[0].answer
    likely = min(report.quotes[0].score for report in (left, right)) >= LIKELY
    if likely and ours is not None and theirs is not None:
        if question.wanted is Wanted.YES_NO:
            differ = are_opposite(ours.text, theirs.text) or _none_beside_some(left, right)
        else:
            alike = compare_short_answers(ours.text, theirs.text, similarity, question.text)
            differ = alike == "different" or (
                alike != "same" and question.wanted is Wanted.DATE and _other_days(left, right)
            )
        if differ:
            return Difference(left, ours.text, right, theirs.text)
    for a in _near_best(left.quotes):
        for b in _near_best(right.quotes):
            if contradicts(a.text, b.text):
                return Difference(left, a.text, right, b.text)
    return None


def _told_apart(
    question: Question, reports: Sequence[SourceReport], similarity: Similarity | None
) -> tuple[SourceReport, ...]:
    """The first sources of which none says the same as another, as far as words tell; none of them for yes or no."""
    if question.wanted is Wanted.YES_NO:
        return ()
    found: list[SourceReport] = []
    for report in reports:
        if report.quotes and not any(_says_same(question, other, report, similarity) for other in found):
            found.append(report)
        if len(found) == SHOWN_APART:
            break
    return tuple(found)


def _says_same(
    question: Question, left: SourceReport, right: SourceReport, similarity: Similarity | None
) -> bool:
    ours, theirs = left.quotes[0].answer, right.quotes[0].answer
    return (
        ours is not None
        and theirs is not None
        and compare_short_answers(ours.text, theirs.text, similarity, question.text) == "same"
    )


def _none_beside_some(left: SourceReport, right: SourceReport) -> bool:
    """Whether one source's first quote says that nobody was killed or hurt and the other's that some were."""
    ours, theirs = (
        [
            f
            for f in extract_figures(r.article.text, r.quotes[0].start, r.quotes[0].end)
            if state_class(f.state)
        ]
        for r in (left, right)
    )
    return any(
        (a.high == 0) != (b.high == 0) and answers_alike(a, b, None, named=True) for a in ours for b in theirs
    )


def _other_days(left: SourceReport, right: SourceReport) -> bool:
    """Whether two short answers name days that cannot be the same, each read from the day its article was printed."""
    ours, theirs = _days(left), _days(right)
    return bool(ours and theirs) and not any(allows(a, b) for a in ours for b in theirs)


def _days(report: SourceReport) -> list[Figure]:
    """The dates in a source's first short answer; none where it only says that it was before, after or in the night of one."""
    article, answer = report.article, report.quotes[0].answer
    if answer is None or _BESIDE_A_DAY.search(answer.text):
        return []
    found = extract_figures(article.text, answer.start, answer.end, published=article.published)
    return [figure for figure in found if figure.unit == "date"]


def _near_best(quotes: Sequence[Quote]) -> list[Quote]:
    return [quote for quote in quotes if quote.score >= NEAR_BEST * quotes[0].score]


def _same_story(left: str, right: str, versions: dict[str, str]) -> bool:
    """Whether one article brings the other, or an earlier version of it, up to date."""
    return left in _earlier(right, versions) or right in _earlier(left, versions)


def _earlier(article: str, versions: dict[str, str]) -> list[str]:
    found: list[str] = []
    while (before := versions.get(article)) is not None and before not in found:
        found.append(before)
        article = before
    return found
