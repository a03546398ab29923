"""Answers made by hand from real articles, and one small collection that the commands and the chat share."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import settings

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

from index import Article, Change
from index.articles import article_id
from qa import Answer, Quote, Searched, SourceReport
from qa.comparison import Group, SourcedFigure
from qa.figures.model import Figure
from ui.cli import main

# How long an example takes says more about the machine than about the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

HARBOUR = "The fire at the harbour killed nine people on Monday, officials said. Two warehouses burned down."
GAZETTE = "Fourteen people died in the harbour fire, mayor Anna Lund said. Firefighters came late."
RECIPES = "Bake the bread for forty minutes and let it cool. Serve it with butter."


def make_article(
    name: str, text: str, title: str = "", outlet: str | None = None, published: date | None = None
) -> Article:
    return Article(article_id(text), name, text, title or name, outlet, None, published)


def make_quote(article: Article, text: str, short: str | None = None, said_by: str | None = None) -> Quote:
    start = article.text.index(text)
    answer = None
    if short:
        begin = article.text.index(short, start)
        answer = (begin, begin + len(short))
    return Quote.cut(article, start, start + len(text), score=0.9, answer=answer, said_by=said_by)


def make_figure(article: Article, text: str, value: float, **facts: str | None) -> Figure:
    start = article.text.index(text)
    given = {
        "qualifier": None,
        "unit": None,
        "counts": "deaths",
        "state": None,
        "said_by": None,
        "as_of": None,
    } | facts
    return Figure(
        start=start,
        end=start + len(text),
        text=text,
        low=value,
        high=value,
        bound="exact",
        as_of_resolved=False,
        negated=False,
        parts=(),
        **given,
    )


def make_answer(
    reports: list[SourceReport], figures: tuple[SourcedFigure, ...] = (), groups: tuple[Group, ...] = ()
) -> Answer:
    verdict = "differ" if groups else "single" if any(report.quotes for report in reports) else "none"
    return Answer(
        "How many people died?",
        "2 of 4 sources give a figure.",
        verdict,
        tuple(reports),
        figures,
        groups,
        Searched(len(reports), 9, 7, "generation"),
    )


def hostile_answer(text: str) -> Answer:
    """An answer in which an article's text, its name's title and its outlet all are `text`."""
    article = make_article("hostile.md", text, title=text, outlet=text)
    quote = Quote.cut(article, 0, len(text), score=0.9, answer=(0, max(1, len(text) // 2)), said_by=text)
    return make_answer([SourceReport(article, "answers", 0.9, (quote,))])


@pytest.fixture
def answer() -> Answer:
    """Two sources give figures that differ, one is silent, one a copy."""
    first = make_article("a-harbour.md", HARBOUR, "Fire at the harbour", "Harbour News", date(2024, 5, 6))
    second = make_article("b-gazette.md", GAZETTE, "Fourteen dead", "The Gazette", date(2024, 5, 7))
    third = make_article("c-recipes.md", RECIPES, "Bread")
    fourth = make_article(
        "d-reprint.md", HARBOUR + " Reprinted.", "Fire at the harbour", "Evening Mail", date(2024, 5, 7)
    )
    nine = make_quote(first, HARBOUR[: HARBOUR.index(" Two")], "nine people", "officials")
    fourteen = make_quote(second, GAZETTE[: GAZETTE.index(" Fire")], "Fourteen people", "Anna Lund")
    figures = (
        SourcedFigure(
            first.id, 0, make_figure(first, "nine", 9, said_by="officials", as_of="Monday"), first.id
        ),
        SourcedFigure(second.id, 0, make_figure(second, "Fourteen", 14, said_by="Anna Lund"), second.id),
    )
    groups = (
        Group(
            counts="deaths",
            unit=None,
            state=None,
            verdict="differ",
            low=9,
            high=14,
            sources=2,
            independent=2,
            members=(0, 1),
            reason=None,
        ),
    )
    reports = [
        SourceReport(first, "answers", 0.9, (nine,)),
        SourceReport(second, "answers", 0.8, (fourteen,)),
        SourceReport(third, "silent", 0.1),
        SourceReport(fourth, "copy", 0.0, copy_of=first.id),
    ]
    return make_answer(reports, figures, groups)


@pytest.fixture
def updated(answer: Answer) -> Answer:
    """The same, its second source being a newer version of the first."""
    first, second, *others = answer.sources
    change = Change("nine people", "Fourteen people", 0, 11, 0, 15, True)
    newer = replace(second, version_of=first.article.id, changes=(change,))
    return replace(answer, sources=(first, newer, *others))


@pytest.fixture(scope="session")
def articles_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles as files."""
    folder = tmp_path_factory.mktemp("articles")
    head = '---\ntitle: "Fire at the harbour"\noutlet: Harbour News\npublished: 2024-05-06\n---\n'
    (folder / "a-harbour.md").write_text(head + HARBOUR, encoding="utf-8")
    (folder / "b-gazette.md").write_text(
        head.replace("Harbour News", "The Gazette") + GAZETTE, encoding="utf-8"
    )
    (folder / "c-recipes.txt").write_text(RECIPES, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def collection_folder(articles_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection of the three articles, made by the command line; tests only read it."""
    folder = tmp_path_factory.mktemp("collection") / "news"
    made = CliRunner().invoke(main, ["--collection", str(folder), "index", str(articles_folder)])
    assert made.exit_code == 0, made.output
    return folder
