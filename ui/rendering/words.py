"""Words that every rendering shares: who printed it, where it stands, what was counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index import Article
    from qa import Answer, SourceReport
    from qa.comparison import Group, SourcedFigure
    from qa.figures.model import Figure

VERDICTS = {
    "agree": "they agree",
    "differ": "they differ",
    "explained": "they differ, and the text explains it",
    "single": "a single source",
    "none": "no source answers",
}


def byline(article: Article) -> str:
    """Who printed the article and when: "Continental Wire, 2024-03-04"; its name where no outlet is known."""
    published = article.published.isoformat() if article.published else None
    return ", ".join(filter(None, (article.outlet or article.name, published)))


def heading(article: Article) -> str:
    """Who printed it, when, and under which title, where it has one of its own."""
    return one_line(f"{byline(article)}: {article.title}" if article.has_own_title else byline(article))


def place(article: Article, start: int, end: int) -> str:
    """Where an excerpt stands, in the form that `everysource show` takes: "name:start-end"."""
    return f"{article.name}:{start}-{end}"


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def number(value: float) -> str:
    """The number with thousands separated, without a needless ".0"."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def compact(value: float) -> str:
    """The number in few characters: "12,000", "2.5 million", "3 billion"."""
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:,.4g} {name}"
    return number(round(value, 4))


def amount(low: float, high: float, unit: str | None = None) -> str:
    """One value or a range with its unit: "9", "40 to 60", "1.2 EUR", "2024-03-04" for the unit `date`."""
    if unit == "date":
        values, unit = (_day(low), _day(high)), None
    else:
        values = (number(low), number(high))
    span = values[0] if low == high else f"{values[0]} to {values[1]}"
    return f"{span} {unit}" if unit else span


def bounded(figure: Figure) -> str:
    """A figure as its value or range with its unit, and on which side it is open: "at least 9 persons"."""
    side = {"min": "at least ", "max": "at most ", "approx": "about "}.get(figure.bound, "")
    return f"{side}{amount(figure.low, figure.high, figure.unit)}"


def _day(value: float) -> str:
    return re.sub(r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", str(int(value)))


def figures_by_quote(answer: Answer) -> dict[tuple[str, int], list[SourcedFigure]]:
    """The figures of every quote, by article id and the quote's place among its source's quotes."""
    found: dict[tuple[str, int], list[SourcedFigure]] = {}
    for sourced in answer.figures:
        found.setdefault((sourced.source, sourced.quote), []).append(sourced)
    return found


def group_of(answer: Answer) -> dict[int, int]:
    """The number of the group that each figure belongs to, by the figure's place in `answer.figures`."""
    return {member: place for place, group in enumerate(answer.groups) for member in group.members}


def group_title(group: Group) -> str:
    """What a group counts, how wide its figures lie and what follows: "deaths (confirmed): 9 to 31, they differ"."""
    counts = f"{group.counts} ({group.state})" if group.state else group.counts
    sources = f"{plural(group.sources, 'source')}, {group.independent} independent"
    title = f"{counts}: {amount(group.low, group.high, group.unit)}, {VERDICTS[group.verdict]} ({sources})"
    return f"{title}; {group.reason}" if group.reason else title


def details(sourced: SourcedFigure) -> str:
    """Who gives a figure and as of when, after its own words: "at least nine (officials; as of Monday)"."""
    figure = sourced.figure
    worded = figure.qualifier and figure.qualifier not in figure.text
    words = f"{figure.qualifier} {figure.text}" if worded else figure.text
    said = [figure.said_by, f"as of {figure.as_of}" if figure.as_of else None]
    known = "; ".join(filter(None, said))
    return one_line(f"{words} ({known})" if known else words)


def counted(sourced: SourcedFigure) -> str:
    """What a figure counts and in what state, in the article's own words: " · Russian soldiers · wounded"."""
    figure = sourced.figure
    told = [figure.counts, figure.state if figure.state != figure.counts else None]
    return "".join(f" · {one_line(part)}" for part in told if part)


def plural(count: int, noun: str) -> str:
    """The count with its noun: "1 source", "2 sources"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def tally(answer: Answer) -> str:
    """The sources in scope and what became of them; the three counts add up to the first."""
    counts = answer.counts()
    read = f"{answer.searched.read:,} of {plural(answer.searched.passages, 'passage')} read"
    return (
        f"{plural(answer.searched.sources, 'source')} in scope = {counts['answers']} answering + "
        f"{counts['silent']} silent + {plural(counts['copy'], 'copy').replace('copys', 'copies')}; {read}"
    )


def silent(answer: Answer) -> tuple[SourceReport, ...]:
    """The reports of the sources that do not answer."""
    return tuple(report for report in answer.sources if report.status == "silent")


def versions(answer: Answer) -> Iterator[tuple[SourceReport, str, str]]:
    """The reports of newer versions, each with the name of the one before (its id out of scope) and its new figures."""
    names = {report.article.id: report.article.name for report in answer.sources}
    for report in answer.sources:
        if report.version_of is not None:
            figures = ", ".join(f"{change.before} → {change.after}" for change in report.changes)
            yield report, names.get(report.version_of, report.version_of), figures


def copies(answer: Answer) -> Iterator[tuple[SourceReport, str]]:
    """The reports of copies, each with the name of the source that it repeats (its id where that is out of scope)."""
    names = {report.article.id: report.article.name for report in answer.sources}
    for report in answer.sources:
        if report.copy_of is not None:
            yield report, names.get(report.copy_of, report.copy_of)
