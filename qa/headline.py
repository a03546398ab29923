"""The answer's headline: plain words made from the data by templates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import SourceReport, Verdict
from qa.comparison import Group, SourcedFigure, speaking
from qa.figures import Figure, Span
from qa.figures.asked import Asked, counts_other

SHORT_CHARACTERS = 90
COUNTS_CHARACTERS = 40
NEAR_CHARACTERS = 12
MOST_APART = 2
SHOWN_APART = 3
_NOBODY = re.compile(
    r"(?:no (?!(?:more|less|fewer|longer|doubt|figures?|numbers?|details|comment)\b)|nobody\b|none\b|no-one\b|zero\b)",
    re.I,
)
# "No one knows how many died", "no one was badly hurt", "nobody else": not that there is nobody.
_NOT_NOBODY = re.compile(
    r"(?:no one|nobody|none|no-one|no)\s(?:(?:has|had|have|was|were|is|are|would|will|could|can)\s)*(?:else|yet|know[ns]?|knew|"
    r"say|said|claim\w*|seriously|badly|gravely|critically|severely|life-threatening|serious|major|other|further)\b",
    re.I,
)
# How a headline words the states in which a thing is told to be as well.
_STATES = {
    "present": "sent or there", "planned": "planned or possible", "training": "in training", "killed": "killed",
    "wounded": "wounded", "missing": "missing", "casualty": "killed or wounded", "captive": "held", "displaced": "displaced",
    "withdrawn": "withdrawn", "recruited": "recruited",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sources whose words differ, and the words that show it: short answers, or quotes."""

    left: SourceReport
    left_words: str
    right: SourceReport
    right_words: str


def number_headline(
    reports: Sequence[SourceReport],
    figures: Sequence[SourcedFigure],
    groups: Sequence[Group],
    verdict: Verdict,
    asked: Asked,
) -> str:
    """How many sources give a figure, whether they agree, and the ends of the spread with who says so."""
    by_id = {report.article.id: report for report in reports}
    main = set(groups[0].members)
    giving = {
        s.source
        for i, s in enumerate(figures)
        if i in main or (s.answers and not counts_other(s.figure, asked))
    }
    opening = f"{_of(len(giving), reports)} {'gives' if len(giving) == 1 else 'give'} a figure."
    said = _said(figures, groups[0], verdict, by_id)
    others = [_said_too(figures, group, groups[0], by_id) for group in groups[1:] if group.independent > 1]
    apart = _apart(figures, groups[0], giving, by_id) if verdict == "single" else ""
    return " ".join(
        [
            opening,
            said,
            *filter(None, [apart, _none(reports, giving)]),
            *[words for words in others if words][:2],
        ]
    )


def _apart(
    figures: Sequence[SourcedFigure], main: Group, giving: set[str], by_id: dict[str, SourceReport]
) -> str:
    """The answers of up to two more sources that give a figure that the one of the headline is not held against."""
    told = {figures[index].source for index in main.members}
    left = {s.source: s for s in reversed(figures) if s.answers and s.source in giving - told}
    words = [_figure(left[source], by_id) for source in by_id if source in left]
    return f"Not compared with it: {'; '.join(words[:MOST_APART])}." if words else ""


def _none(reports: Sequence[SourceReport], giving: set[str]) -> str:
    """The answers of up to two sources that give no figure because they say that there is nobody or nothing."""
    words = [
        _short(report)
        for report in reports
        if report.status == "answers" and report.article.id not in giving
        and (answer := report.quotes[0].answer) is not None and _NOBODY.match(answer.text)
        and not _NOT_NOBODY.match(report.article.text, answer.start)
    ]  # fmt: skip
    return f"None at all, by their words: {'; '.join(words[:MOST_APART])}." if words else ""


def _said_too(
    figures: Sequence[SourcedFigure], group: Group, main: Group, by_id: dict[str, SourceReport]
) -> str:
    """What several sources say beside the figure asked for: one that they share, or the same thing in another state."""
    if group.verdict == "agree":
        return f"{group.sources} say {figures[group.members[0]].figure.text}."
    alike = group.counts == main.counts and group.unit == main.unit and group.state != main.state
    if group.verdict != "differ" or not alike or group.state not in _STATES:
        return ""
    members = speaking([figures[index] for index in group.members])
    return f"Of those {_STATES[group.state]} they differ too: {_spread(members, by_id)}."


def _said(
    figures: Sequence[SourcedFigure], main: Group, verdict: Verdict, by_id: dict[str, SourceReport]
) -> str:
    members = speaking([figures[index] for index in main.members])
    lowest, highest = _ends(members)
    spread = _spread(members, by_id)
    if verdict == "differ":
        return f"They differ: {spread}{_outlets(main)}."
    if verdict == "explained":
        return f"They differ, and it is explained ({main.reason}): {spread}{_outlets(main)}."
    if verdict == "agree":
        return (
            f"They agree: {_figure(highest, by_id)}{_outlets(main) or f', {main.independent} independent'}."
        )
    same = (lowest.figure.low, lowest.figure.high) == (highest.figure.low, highest.figure.high)
    ends = [lowest] if same else [lowest, highest]
    return f"One source says: {' and '.join(_figure(end, by_id) for end in ends)}{_outlets(main)}."


def _ends(members: Sequence[SourcedFigure]) -> tuple[SourcedFigure, SourcedFigure]:
    return (
        min(members, key=lambda sourced: (sourced.figure.low, sourced.source)),
        max(members, key=lambda sourced: (sourced.figure.high, sourced.source)),
    )


def _spread(members: Sequence[SourcedFigure], by_id: dict[str, SourceReport]) -> str:
    lowest, highest = (_figure(end, by_id) for end in _ends(members))
    return f"from {lowest} to {highest}"


def _outlets(group: Group) -> str:
    """How many outlets print the figures, where some are copies: "; 4 outlets, 2 independent"."""
    if group.sources == group.independent:
        return ""
    return f"; {group.sources} outlets, {group.independent} independent"


def other_headline(
    reports: Sequence[SourceReport], figures: Sequence[SourcedFigure], groups: Sequence[Group], asked: Asked
) -> str:
    """That no source gives the figure that is asked for, and what the nearest one counts instead."""
    by_id = {report.article.id: report for report in reports}
    nearest = next(
        (figures[m] for m in groups[0].members if figures[m].answers), figures[groups[0].members[0]]
    )
    wanted = f"a number of {asked.noun}" if asked.noun else "the figure that is asked for"
    return f"No source gives {wanted}. The nearest counts something else: {_figure(nearest, by_id)}."


def answer_headline(
    reports: Sequence[SourceReport],
    verdict: Verdict,
    difference: Difference | None,
    told_apart: Sequence[SourceReport] = (),
) -> str:
    """How many sources answer, and the short answer, the two that differ, or those that words do not tell to be one."""
    answering = [report for report in reports if report.status == "answers"]
    if not answering:
        return f"No source answers this. {_silent(reports)}"
    opening = f"{_of(len(answering), reports)} {'answers' if len(answering) == 1 else 'answer'}."
    if difference is not None:
        left = _quoted(difference.left, difference.left_words)
        right = _quoted(difference.right, difference.right_words)
        explained = ", and it is explained (the article was updated)" if verdict == "explained" else ""
        return f"{opening} They differ{explained}: {left}; {right}."
    if verdict == "single":
        return f"{opening} One source says: {_short(answering[0])}."
    if len(answering) > 1:
        return f"{opening} {_unopposed(answering, told_apart)}"
    return f"{opening} {_short(answering[0])}."


def _unopposed(answering: Sequence[SourceReport], told_apart: Sequence[SourceReport]) -> str:
    """Several answers without a conflict: all in other words the same, or up to SHOWN_APART that words do not tell to be."""
    if len(told_apart) == 1:
        return f"They agree: {_short(told_apart[0])}."
    shown = "; ".join(_short(report) for report in told_apart)
    more = " and others" if len(told_apart) == SHOWN_APART < len(answering) else ""
    return f"No conflict between their answers is found: {shown}{more}."


def outlet_name(report: SourceReport) -> str:
    """The outlet where it is known, else the source's name."""
    return report.article.outlet or report.article.name


def _of(count: int, reports: Sequence[SourceReport]) -> str:
    copies = sum(report.status == "copy" for report in reports)
    among = f"{count} of {len(reports)} source{'s' if len(reports) != 1 else ''}"
    return f"{among} ({copies} {'is a copy' if copies == 1 else 'are copies'})" if copies else among


def _silent(reports: Sequence[SourceReport]) -> str:
    silent = sum(report.status == "silent" for report in reports)
    copies = len(reports) - silent
    return f"{silent} read, all silent" + (
        f"; {copies} {'is a copy' if copies == 1 else 'are copies'}." if copies else "."
    )


def _figure(sourced: SourcedFigure, by_id: dict[str, SourceReport]) -> str:
    report = by_id[sourced.source]
    figure = sourced.figure
    speaker = f", {figure.said_by}" if figure.said_by else ""
    denied = ", denied" if figure.negated else ""
    return f"{_cut(_worded(figure, report.article.text))} ({outlet_name(report)}{speaker}{denied})"


def _worded(figure: Figure, text: str) -> str:
    """The figure with its qualifier and what it counts, in the article's own words where they stand together."""
    words, counts = figure.text, figure.part("counts")
    if counts and len(counts.text) <= COUNTS_CHARACTERS:
        if 0 <= counts.start - figure.end <= NEAR_CHARACTERS and "\n" not in text[figure.start : counts.end]:
            words = text[figure.start : counts.end]
        elif figure.unit in {None, "persons"} and counts.text not in words and not _is_label(counts, text):
            words = f"{words} {counts.text}"
    words = re.sub(r"(?<=\d) and (?=\d)", " to ", words)
    return f"{figure.qualifier} {words}" if figure.qualifier and figure.qualifier not in words else words


def _is_label(counts: Span, text: str) -> bool:
    """Whether counted words are the label of a list ("Missing: 22") rather than a noun of a sentence."""
    return text[counts.end : counts.end + 1] in {":", ","} and text[counts.start].isupper()


def _short(report: SourceReport) -> str:
    best = report.quotes[0]
    return _quoted(report, best.answer.text if best.answer else best.text)


def _quoted(report: SourceReport, words: str) -> str:
    return f"“{_cut(words)}” ({outlet_name(report)})"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHORT_CHARACTERS else text[:SHORT_CHARACTERS].rsplit(" ", 1)[0] + " …"
