"""Making gold: a question is asked, and the user accepts or corrects what each source is said to answer.

Nothing is read from or written to a terminal here: a Console is handed in.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Protocol

from eval.errors import GoldError
from eval.gold import (
    VERDICTS,
    GoldFigure,
    GoldQuestion,
    GoldQuote,
    SourceTruth,
    check_quotes,
    load_gold,
    numbered_lines,
)
from index import Article
from qa import Answer, SourceReport

SILENT = "-"


class Console(Protocol):
    """Where the user reads and answers."""

    def show(self, text: str) -> None:
        """Show a line or more."""

    def ask(self, prompt: str) -> str:
        """The user's line in reply, without its line break; empty where just Enter was pressed."""


def annotate(
    answer: Answer, console: Console, *, question_id: str, kind: str, tags: Sequence[str] = ()
) -> GoldQuestion:
    """The gold question that the user makes of an Answer, source by source and then the verdict.

    For each source that answers: Enter accepts what is shown, `-` makes it silent, and words copied from the article
    replace it. The silent ones are shown together: Enter accepts them, and a number names one that does answer.
    """
    proposals = {report.article.name: proposal(answer, report) for report in answer.sources}
    answering = [report for report in answer.sources if proposals[report.article.name].answers]
    silent = [report for report in answer.sources if report not in answering]
    truths = {report.article.name: review_source(answer, report, console) for report in answering}
    truths |= _silent(answer, silent, console)
    sources = {name: truths[name] for name in proposals}
    verdict = _verdict(answer, sum(truth.answers for truth in sources.values()), console)
    return GoldQuestion(question_id, answer.question, kind, sources, verdict, tuple(tags))


def review_source(answer: Answer, report: SourceReport, console: Console) -> SourceTruth:
    """The truth for one source, as the user accepts or corrects it; asks again until the words stand in the article."""
    proposed = proposal(answer, report)
    console.show(_described(answer, report, proposed))
    while True:
        said = console.ask(
            f"Enter = right, {SILENT} = silent, or the article's own words that answer: "
        ).strip()
        if not said and proposed.answers:
            return proposed
        if not said or said == SILENT:
            return SourceTruth(False)
        quotes = find_quotes(report.article, said)
        if quotes:
            return _corrected(quotes, answer, report, console)
        console.show(_not_there(said, report.article))


def _silent(answer: Answer, reports: Sequence[SourceReport], console: Console) -> dict[str, SourceTruth]:
    truths = {report.article.name: SourceTruth(False) for report in reports}
    if not reports:
        return truths
    console.show("Silent:")
    for number, report in enumerate(reports, start=1):
        console.show(f"  {number}: {report.article.name}")
    while said := console.ask("Enter = none of them answers, or the number of one that does: ").strip():
        if said.isdecimal() and 1 <= int(said) <= len(reports):
            report = reports[int(said) - 1]
            truths[report.article.name] = review_source(answer, report, console)
        else:
            console.show(f"{said!r} is none of the numbers 1 to {len(reports)}")
    return truths


def proposal(answer: Answer, report: SourceReport) -> SourceTruth:
    """What the Answer itself says of a source: its short answers (else whole quotes), and the figures inside them.

    A copy is proposed as silent where its original's words cannot be found in it.
    """
    by_id = {made.article.id: made for made in answer.sources}
    original = by_id.get(report.copy_of or report.article.id, report)
    spans = [quote.answer or quote for quote in original.quotes]
    if original is report:
        quotes = [GoldQuote(span.start, span.end, span.text) for span in spans]
    else:
        quotes = [found for span in spans for found in find_quotes(report.article, span.text)[:1]]
    kept = tuple(sorted(set(quotes), key=lambda quote: (quote.start, quote.end)))
    return SourceTruth(bool(kept), kept, _figures(answer, original, kept) if kept else ())


def find_quotes(article: Article, words: str) -> tuple[GoldQuote, ...]:
    """Every place where the article prints these very words, in order; overlapping places count once."""
    found: list[GoldQuote] = []
    start = article.text.find(words) if words else -1
    while start >= 0:
        found.append(GoldQuote(start, start + len(words), words))
        start = article.text.find(words, start + len(words))
    return tuple(found)


def free_id(path: Path, kind: str) -> str:
    """The first of kind-01, kind-02, ... that no question of the gold file has."""
    taken: set[object] = set()
    if path.exists():
        try:
            taken = {json.loads(line).get("id") for _, line in numbered_lines(path)}
        except (ValueError, AttributeError) as error:
            raise GoldError(
                f"{path}: is no gold file: {error}; mend it or name another with --gold"
            ) from error
    return next(name for number in count(1) if (name := f"{kind}-{number:02d}") not in taken)


def check_room(path: Path, question_id: str, articles: Sequence[Article]) -> None:
    """Raise GoldError where a question of this id cannot be added to the gold file: to be told before it is judged."""
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise GoldError(f"{path}: cannot be written: check that its folder is there, and your permissions")
    if path.exists() and path.stat().st_size:
        known = load_gold(path, {article.name: article for article in articles})
        if question_id in {question.id for question in known}:
            raise GoldError(f"{path}: id {question_id!r} is there already: choose another")


def append_gold(path: Path, question: GoldQuestion, articles: Sequence[Article]) -> None:
    """Add a question to a gold file, made where it is missing, after checking it and the whole file.

    Raises GoldError for a wrong offset or source, for an id that the file has already, and for a file that is broken.
    """
    check_quotes(question, {article.name: article for article in articles})
    check_room(path, question.id, articles)
    gap = "" if not path.exists() or path.read_bytes()[-1:] in (b"", b"\n") else "\n"
    with path.open("a", encoding="utf-8") as file:
        file.write(gap + json.dumps(question.to_dict(), ensure_ascii=False) + "\n")


def _corrected(
    first: tuple[GoldQuote, ...], answer: Answer, report: SourceReport, console: Console
) -> SourceTruth:
    chosen: list[GoldQuote] = []
    places = first
    while True:
        if places:
            chosen.append(_chosen(places, report.article, console))
        said = console.ask("Other words in it that answer too (Enter = none): ").strip()
        if not said:
            kept = tuple(sorted(set(chosen), key=lambda quote: (quote.start, quote.end)))
            return SourceTruth(True, kept, _figures(answer, report, kept))
        places = find_quotes(report.article, said)
        if not places:
            console.show(_not_there(said, report.article))


def _chosen(places: tuple[GoldQuote, ...], article: Article, console: Console) -> GoldQuote:
    if len(places) == 1:
        return places[0]
    for number, quote in enumerate(places, start=1):
        console.show(f"  {number}: {_surroundings(article, quote)}")
    while True:
        said = console.ask(f"Which place, 1 to {len(places)}: ").strip()
        if said.isdecimal() and 1 <= int(said) <= len(places):
            return places[int(said) - 1]
        console.show(f"{said!r} is none of the numbers 1 to {len(places)}")


def _figures(answer: Answer, report: SourceReport, quotes: Sequence[GoldQuote]) -> tuple[GoldFigure, ...]:
    inside = [
        sourced.figure for sourced in answer.figures
        if sourced.source == report.article.id
        and any(sourced.figure.text in quote.text for quote in quotes)
    ]  # fmt: skip
    made = [
        GoldFigure(figure.low, figure.high, figure.unit, figure.counts, figure.said_by) for figure in inside
    ]
    return tuple(dict.fromkeys(made))


def _verdict(answer: Answer, answering: int, console: Console) -> str:
    if not answering:
        return "none"
    offered = tuple(verdict for verdict in VERDICTS if verdict != "none")
    proposed = "single" if answering == 1 else answer.verdict if answer.verdict in offered else "agree"
    while True:
        said = console.ask(f"Verdict, one of {', '.join(offered)} (Enter = {proposed}): ").strip() or proposed
        if said in offered:
            return said
        console.show(f"{said!r} is no verdict")


def _described(answer: Answer, report: SourceReport, proposed: SourceTruth) -> str:
    """The source's quotes as they are shown, then what is proposed as proof."""
    original = next((made for made in answer.sources if made.article.id == report.copy_of), report)
    of = f", copy of {original.article.name}" if original is not report else ""
    lines = [f"{report.article.name}{of}"]
    lines += [f"  {' '.join(quote.text.split())}" for quote in original.quotes]
    lines.append(
        "  -> "
        + (" | ".join(repr(quote.text) for quote in proposed.quotes) if proposed.answers else "silent")
    )
    return "\n".join(lines)


def _not_there(said: str, article: Article) -> str:
    return f"{said!r} does not stand in {article.name}: copy the words as they are printed"


def _surroundings(article: Article, quote: GoldQuote) -> str:
    return " ".join(article.text[max(0, quote.start - 40) : quote.end + 40].split())
