"""Short answers and quotes of a question for no number: one that differs from another, and those not told to be one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations

from qa.answer import Quote, SourceReport, Verdict
from qa.contradiction import affirms, contradicts
from qa.figures import Figure, extract_figures
from qa.figures.agreement import allows
from qa.figures.likeness import Similarity, answers_alike
from qa.figures.states import state_class
from qa.headline import SHOWN_APART, Difference
from qa.question import Question, Wanted
from qa.several import allows_several
from qa.short_answers import are_opposite, compare_short_answers

NEAR_BEST = 0.8
LIKELY = 0.25
"""Short answers are said to differ only where each is at least this likely to be one."""
_BESIDE_A_DAY = re.compile(
    r"\b(?:before|after|until|till|since|from|by|within|ago|later|earlier|overnight|night|midnight|early)\b",
    re.I,
)


def compare_answers(
    question: Question,
    reports: Sequence[SourceReport],
    versions: Mapping[str, str],
    similarity: Similarity | None,
) -> tuple[Verdict, Difference | None]:
    """The verdict over short answers, and two that differ; what cannot be told is no conflict.

    Two that stand in versions of one story are explained by the update.
    """
    answering = [report for report in reports if report.quotes and report.quotes[0].answer]
    if not answering:
        return "none", None
    if len(answering) == 1:
        return "single", None
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
            yes_and_no = question.wanted is Wanted.YES_NO and {
                affirms(question.text, a.text),
                affirms(question.text, b.text),
            } == {True, False}
            if yes_and_no or contradicts(a.text, b.text):
                return Difference(left, a.text, right, b.text)
    return None


def told_apart(
    question: Question, reports: Sequence[SourceReport], similarity: Similarity | None
) -> tuple[SourceReport, ...]:
    """The first sources of which none says the same as another, as far as words tell; for yes or no, the very same."""
    if question.wanted is Wanted.YES_NO:
        similarity = None  # "was hurt" and "was not hurt" mean much the same to an embedding.
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


def _same_story(left: str, right: str, versions: Mapping[str, str]) -> bool:
    """Whether one article brings the other, or an earlier version of it, up to date."""
    return left in _earlier(right, versions) or right in _earlier(left, versions)


def _earlier(article: str, versions: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    while (before := versions.get(article)) is not None and before not in found:
        found.append(before)
        article = before
    return found
