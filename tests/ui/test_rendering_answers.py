import csv
import io
import json
from html.parser import HTMLParser

import pytest
from conftest import HARBOUR, hostile_answer, make_answer, make_article
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qa import Answer, Quote, SourceReport
from ui import TextStyle, answer_csv, answer_json, answer_markdown, answer_text
from ui.rendering.csv_rows import protected
from ui.rendering.words import amount

RENDERINGS = [answer_text, answer_markdown, answer_csv, answer_json]
TERMINAL_TRICKS = "\x1b]0;owned\x07\x9b31m\u202eevil\u2069"


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("render", RENDERINGS)
def test_every_source_is_named(answer: Answer, render) -> None:
    page = render(answer).replace("\\", "")
    assert all(report.article.name in page for report in answer.sources)


def test_the_counts_add_up_in_words(answer: Answer) -> None:
    assert "4 sources in scope = 2 answering + 1 silent + 1 copy; 7 of 9 passages read" in answer_text(answer)


def test_a_quote_shows_its_short_answer_its_place_and_who_says_so(answer: Answer) -> None:
    page = answer_text(answer)
    assert "killed «nine people» on Monday" in page
    assert f"a-harbour.md:0-{HARBOUR.index(' Two')} · said by officials" in page
    assert "d-reprint.md (of a-harbour.md)" in page


def test_figures_that_count_the_same_stand_under_one_another(answer: Answer) -> None:
    page = answer_text(answer)
    assert "deaths: 9 to 14, they differ (2 sources, 2 independent)" in page
    assert " 9  Harbour News, 2024-05-06: nine (officials; as of Monday)" in page
    assert "14  The Gazette, 2024-05-07: Fourteen (Anna Lund)" in page


@pytest.mark.parametrize(
    ("low", "high", "unit", "words"),
    [
        (12000, 12000, None, "12,000"),
        (40, 60, "persons", "40 to 60 persons"),
        (1.5, 1.5, "EUR", "1.5 EUR"),
        (20240304, 20240304, "date", "2024-03-04"),
        (20240301, 20240331, "date", "2024-03-01 to 2024-03-31"),
    ],
)
def test_an_amount_in_words(low: float, high: float, unit: str | None, words: str) -> None:
    assert amount(low, high, unit) == words


def test_colour_and_folding_only_where_asked_for(answer: Answer) -> None:
    assert "\x1b[1m" in answer_text(answer, TextStyle(colour=True))
    assert "\x1b" not in answer_text(answer)
    folded = answer_text(answer, TextStyle(width=40))
    assert max(len(line) for line in folded.splitlines()) <= 40


@pytest.mark.parametrize("render", RENDERINGS)
def test_no_control_character_of_an_article_reaches_a_terminal(render) -> None:
    article = make_article("plain.md", "safe text")
    quote = Quote.cut(article, 0, 9, score=0.5, said_by=TERMINAL_TRICKS)
    page = render(make_answer([SourceReport(article, "answers", 0.5, (quote,))]))
    if render is answer_csv:
        assert rows_of(page)[0]["said_by"] == TERMINAL_TRICKS
    else:
        assert not set(page) & set(TERMINAL_TRICKS) - set("]0;owned31mevil")


def test_csv_has_a_row_for_every_figure_and_every_other_source(answer: Answer) -> None:
    rows = rows_of(answer_csv(answer))
    assert [(row["source"], row["status"], row["figure"], row["low"]) for row in rows] == [
        ("a-harbour.md", "answers", "nine", "9"),
        ("b-gazette.md", "answers", "Fourteen", "14"),
        ("c-recipes.md", "silent", "", ""),
        ("d-reprint.md", "copy", "", ""),
    ]
    assert rows[0]["quote"] == HARBOUR[int(rows[0]["start"]) : int(rows[0]["end"])]
    assert rows[3]["copy_of"] == "a-harbour.md"


def test_csv_says_which_source_is_a_newer_version_and_what_changed(updated: Answer) -> None:
    told = {row["source"]: (row["version_of"], row["changes"]) for row in rows_of(answer_csv(updated))}
    assert told["b-gazette.md"] == ("a-harbour.md", "nine people → Fourteen people")
    assert set(told.values()) == {("", ""), told["b-gazette.md"]}


def test_csv_has_a_row_for_every_quote_where_there_is_no_figure() -> None:
    rows = rows_of(answer_csv(hostile_answer("plain words")))
    assert [row["quote"] for row in rows] == ["plain words"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_spreadsheet_never_runs_a_cell(start: str) -> None:
    assert protected(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


def test_numbers_stay_numbers_in_a_cell() -> None:
    assert protected(-5) == -5
    assert rows_of(answer_csv(hostile_answer("=1+1 is two")))[0]["quote"] == "'=1+1 is two"


def test_json_is_the_answers_own(answer: Answer) -> None:
    assert json.loads(answer_json(answer)) == answer.to_dict()


MARKUP = [
    "<script>alert(1)</script>",
    "**bold** [link](http://example.org)",
    "| a | b |\n| - | - |",
    "# head",
    "- item",
    "1. item",
    "<img src=x onerror=alert(1)>",
    "`code` $x$ ${7*7} {{7*7}}",
    "&lt;b&gt;",
    "http://example.org www.example.org a@example.org",
]
MARKUP_OF_AN_ANSWER = {"h1", "h2", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "blockquote"}


@pytest.mark.parametrize("text", MARKUP)
def test_markdown_shows_markup_of_an_article_as_it_is(text: str) -> None:
    assert shown_markup(hostile_answer(text)) <= MARKUP_OF_AN_ANSWER


@given(st.text(min_size=2).filter(lambda text: text.strip() == text and text.isprintable()))
def test_markdown_never_gains_an_element_from_an_article(text: str) -> None:
    assert shown_markup(hostile_answer(text)) <= MARKUP_OF_AN_ANSWER


def shown_markup(answer: Answer) -> set[str]:
    """The elements of the page that a Markdown reader makes of an answer."""
    seen: set[str] = set()

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            seen.add(tag)

    Parser().feed(MarkdownIt("gfm-like", {"linkify": False}).render(answer_markdown(answer)))
    return seen
