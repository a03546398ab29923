"""The answer's headline: plain words made from the data by templates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answer import SourceReport, Verdict
from qa.comparison import Group, SourcedFigure

SHORT_CHARACTERS = 90
COUNTS_CHARACTERS = 40


def number_headline(
    reports: Sequence[SourceReport],
    figures: Sequence[SourcedFigure],
    groups: Sequence[Group],
    verdict: Verdict,
) -> str:
    """How many sources give a figure, whether they agree, and the ends of the spread with who says so."""
    by_id = {report.article.id: report for report in reports}
    giving = {figure.source for figure in figures}
    main = groups[0]
    members = [figures[index] for index in main.members]
    lowest = min(members, key=lambda sourced: (sourced.figure.low, sourced.source))
    highest = max(members, key=lambda sourced: (sourced.figure.high, sourced.source))
    opening = f"{_of(len(giving), reports)} {'gives' if len(giving) == 1 else 'give'} a figure."
    if verdict == "differ":
        said = f"They differ: from {_figure(lowest, by_id)} to {_figure(highest, by_id)}."
    elif verdict == "explained":
        said = f"They differ, and it is explained ({main.reason}): from {_figure(lowest, by_id)} to {_figure(highest, by_id)}."
    elif verdict == "agree":
        said = f"They agree: {_figure(highest, by_id)}, {main.independent} independent."
    else:
        spread = (
            _figure(lowest, by_id)
            if main.low == main.high
            else f"from {_figure(lowest, by_id)} to {_figure(highest, by_id)}"
        )
        said = f"One source says: {spread}."
    others = [
        f"{group.sources} say {figures[group.members[0]].figure.text}."
        for group in groups[1:]
        if group.verdict == "agree" and group.sources > 1
    ]
    return " ".join([opening, said, *others[:2]])


def answer_headline(
    reports: Sequence[SourceReport], verdict: Verdict, differing: tuple[int, int] | None
) -> str:
    """How many sources answer, and the short answer, or the two answers that differ; `differing` are places in `reports`."""
    answering = [report for report in reports if report.status == "answers"]
    if not answering:
        return f"No source answers this. {_silent(reports)}"
    opening = f"{_of(len(answering), reports)} {'answers' if len(answering) == 1 else 'answer'}."
    if verdict == "differ" and differing is not None:
        left, right = (_short(reports[place]) for place in differing)
        return f"{opening} They differ: {left}; {right}."
    if verdict == "single":
        return f"{opening} One source says: {_short(answering[0])}."
    if len(answering) > 1:
        return f"{opening} No conflict between their answers is found. First: {_short(answering[0])}."
    return f"{opening} {_short(answering[0])}."


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
    figure = sourced.figure
    words = re.sub(r"(?<=\d) and (?=\d)", " to ", figure.text)
    if figure.qualifier and figure.qualifier not in words:
        words = f"{figure.qualifier} {words}"
    if figure.counts and len(figure.counts) <= COUNTS_CHARACTERS and figure.counts not in words:
        words = f"{words} {figure.counts}"
    speaker = f", {figure.said_by}" if figure.said_by else ""
    return f"{_cut(words)} ({outlet_name(by_id[sourced.source])}{speaker})"


def _short(report: SourceReport) -> str:
    best = report.quotes[0]
    words = _cut(best.answer.text if best.answer else best.text)
    return f"“{words}” ({outlet_name(report)})"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHORT_CHARACTERS else text[:SHORT_CHARACTERS].rsplit(" ", 1)[0] + " …"
