"""Answers made by hand, of real articles and checked quotes, so that every count can be worked out on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eval import GoldQuestion, GoldQuote, SourceTruth
from index import Article
from index.articles import article_id
from qa import Answer, Quote, Searched, SourceReport
from qa.comparison import SourcedFigure
from qa.figures import extract_figures

TEXTS = {
    "a.txt": "The mayor said 12 people were hurt. Trams were halted.",
    "b.txt": "Police counted 15 injured people on Monday. The bridge is closed.",
    "c.txt": "A festival opened in the park. It was sunny.",
    "d.txt": "As the mayor put it, 12 people were hurt. Trams stood still.",
}


def article(name: str, text: str) -> Article:
    return Article(article_id(text), name, text, name)


ARTICLES = {name: article(name, text) for name, text in TEXTS.items()}


def quote(name: str, words: str, short: str | None = None, score: float = 0.9) -> Quote:
    made = ARTICLES[name]
    start = made.text.index(words)
    place = None if short is None else made.text.index(short, start)
    marked = None if place is None or short is None else (place, place + len(short))
    return Quote.cut(made, start, start + len(words), score=score, answer=marked)


def figures_of(name: str) -> list[SourcedFigure]:
    made = ARTICLES[name]
    return [
        SourcedFigure(made.id, 0, figure, made.id)
        for figure in extract_figures(made.text)
        if figure.unit != "date"
    ]


def answer(
    question: str, quotes: Mapping[str, Sequence[Quote]], *, copies: Mapping[str, str] | None = None, verdict: str = "single",
    names: Sequence[str] = tuple(TEXTS), figures: Sequence[SourcedFigure] = (),
) -> Answer:  # fmt: skip
    copies = copies or {}
    reports: list[SourceReport] = []
    for name in names:
        shown = tuple(quotes.get(name, ()))
        if name in copies:
            reports.append(SourceReport(ARTICLES[name], "copy", 0.0, copy_of=ARTICLES[copies[name]].id))
        else:
            reports.append(
                SourceReport(ARTICLES[name], "answers" if shown else "silent", 0.9 if shown else 0.1, shown)
            )
    order = {"answers": 0, "silent": 1, "copy": 2}
    reports.sort(key=lambda report: order[report.status])
    return Answer(
        question, "headline", verdict, tuple(reports), tuple(figures), (), Searched(len(reports), 9, 9, "1")
    )  # type: ignore[arg-type]


def gold_quote(name: str, words: str) -> GoldQuote:
    start = TEXTS[name].index(words)
    return GoldQuote(start, start + len(words), words)


def gold(
    question: str, truths: Mapping[str, Sequence[str]], *, question_id: str = "q-1", verdict: str = "single",
    tags: Sequence[str] = ("dev",), names: Sequence[str] = tuple(TEXTS),
) -> GoldQuestion:  # fmt: skip
    proofs = {name: tuple(gold_quote(name, words) for words in truths.get(name, ())) for name in names}
    sources = {name: SourceTruth(name in truths, proofs[name]) for name in names}
    return GoldQuestion(question_id, question, "how_many", sources, verdict, tuple(tags))
