from html import unescape

import pytest
from conftest import hostile_answer, make_answer, make_article
from hypothesis import given
from hypothesis import strategies as st
from pages import HOSTILE, Page

from qa import Answer, Quote
from ui.rendering.html import Span, anchor, article_anchor, article_view, block_quote, marked, source_table


def printable(least: int = 1) -> st.SearchStrategy[str]:
    return st.text(min_size=least).filter(lambda text: text.isprintable() and text.strip())


@given(st.data())
def test_marking_changes_no_character_and_covers_each_span(data: st.DataObject) -> None:
    text = data.draw(printable())
    bounds = st.integers(0, len(text)).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start, len(text)))
    )
    drawn = data.draw(st.sets(bounds.filter(lambda pair: pair[0] < pair[1]), max_size=5))
    spans = [Span(start, end, f"q-{start}-{end}") for start, end in drawn]
    page = Page(marked(text, spans))
    assert page.text == text
    assert not page.open
    assert sorted(page.ids) == sorted(str(span.anchor) for span in spans)
    covered = {place for start, end in drawn for place in range(start, end)}
    assert page.marked == "".join(character for place, character in enumerate(text) if place in covered)


def test_a_span_outside_the_text_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"3-9 .* 5 characters"):
        marked("short", [Span(3, 9)])


def test_a_citation_leads_to_the_mark_in_its_article(answer: Answer) -> None:
    for report in answer.answering:
        page = Page(article_view(report.article, report.quotes))
        for quote in report.quotes:
            assert f"#{page.ids[1]}" in Page(block_quote(report, quote)).links
            assert page.marked == quote.text
            assert page.ids == [
                article_anchor(report.article.id),
                anchor(quote.article_id, quote.start, quote.end),
            ]


def test_a_quote_cited_twice_is_one_mark(answer: Answer) -> None:
    report = answer.answering[0]
    assert len(Page(article_view(report.article, report.quotes * 2)).ids) == 2


def test_every_source_has_its_row_and_a_copy_follows_its_original(answer: Answer) -> None:
    table = source_table(answer)
    names = ["Harbour News", "Evening Mail", "The Gazette", "c&#45;recipes.md"]
    places = [table.index(f'<th scope="row"><bdi>{name}</bdi></th>') for name in names]
    assert places == sorted(places)
    assert table.count("<tr") == 1 + len(answer.sources)


def test_a_newer_version_and_the_one_before_name_each_other(updated: Answer) -> None:
    rows = [row.partition("</tr>")[0] for row in unescape(source_table(updated)).split("<tr ")[1:]]
    (newer,) = (row for row in rows if "The Gazette" in row and "newer than" in row)
    assert "newer than Harbour News, 2024-05-06: nine people → Fourteen people" in newer
    (older,) = (row for row in rows if "older than The Gazette, 2024-05-07" in row)
    assert older != newer
    alone = make_answer([updated.answering[1]])
    assert "newer than an article out of scope" in source_table(alone)


def test_a_source_whose_article_is_on_the_page_leads_to_it(answer: Answer) -> None:
    silent = answer.sources[2].article
    assert f"#{article_anchor(silent.id)}" in Page(source_table(answer, [silent.id])).links
    assert f"#{article_anchor(silent.id)}" not in Page(source_table(answer)).links


@pytest.mark.parametrize("text", HOSTILE)
def test_an_articles_markup_is_shown_and_never_obeyed(text: str) -> None:
    answer = hostile_answer(text)
    report = answer.answering[0]
    page = Page(article_view(report.article, report.quotes))
    assert text in page.text
    assert set(page.tags) <= {"details", "summary", "bdi", "p", "div", "mark", "strong"}
    quoted = block_quote(report, report.quotes[0]) + source_table(answer)
    assert "\n" not in quoted
    for sign in ("${", "{{", "**", "$$", "](", "<script", "<img", "<svg"):
        assert sign not in quoted


def test_overlapping_quotes_of_one_article_all_have_their_anchor() -> None:
    article = make_article("x.md", "abcdefghij")
    quotes = [Quote.cut(article, start, end, score=0.5) for start, end in ((0, 6), (3, 9), (3, 6))]
    page = Page(article_view(article, quotes))
    assert len(page.ids) == 4
    assert page.marked == "abcdefghi"
