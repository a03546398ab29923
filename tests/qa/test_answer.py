from datetime import date

import pytest

from index import Article
from index.articles import article_id
from qa.answer import Answer, Quote, Searched, SourceReport
from qa.errors import QuoteError

TEXT = "The dam broke at dawn. At least 14 people died, the mayor said."


def article(name="a.txt", text=TEXT):
    return Article(article_id(name + text), name, text, "Dam", outlet="Courier", published=date(2024, 3, 1))


def test_a_quote_is_cut_from_its_article_with_its_surroundings():
    source = article()
    quote = Quote.cut(source, 23, len(TEXT), score=0.9, answer=(23, 41))
    assert quote.text == source.text[quote.start : quote.end] == "At least 14 people died, the mayor said."
    assert quote.answer.text == "At least 14 people"
    assert quote.prefix == "The dam broke at dawn. "
    assert quote.suffix == ""


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (9, 3), (0, len(TEXT) + 1)])
def test_a_quote_outside_its_article_cannot_be_made(start, end):
    with pytest.raises(QuoteError, match=r"a\.txt"):
        Quote.cut(article(), start, end, score=0.5)


def test_a_short_answer_outside_its_quote_cannot_be_made():
    with pytest.raises(QuoteError, match="outside its quote"):
        Quote.cut(article(), 0, 22, score=0.5, answer=(10, 30))


def test_a_source_that_answers_needs_a_quote_and_a_silent_one_has_none():
    source = article()
    quote = Quote.cut(source, 0, 22, score=0.5)
    with pytest.raises(QuoteError):
        SourceReport(source, "answers", 0.5)
    with pytest.raises(QuoteError):
        SourceReport(source, "silent", 0.1, (quote,))
    with pytest.raises(QuoteError):
        SourceReport(source, "copy", 0.0)


def test_every_source_in_scope_must_be_reported_once():
    silent = SourceReport(article(), "silent", 0.1)
    with pytest.raises(QuoteError, match="1 reports for 2 sources"):
        Answer("q", "h", "none", (silent,), (), (), Searched(2, 1, 1, "g"))
    with pytest.raises(QuoteError, match="twice"):
        Answer("q", "h", "none", (silent, silent), (), (), Searched(2, 1, 1, "g"))


def test_json_names_what_the_contract_names():
    source = article()
    quoted = SourceReport(source, "answers", 0.93333, (Quote.cut(source, 0, 22, score=0.93333),))
    answer = Answer("q", "h", "single", (quoted,), (), (), Searched(1, 1, 1, "g"))
    data = answer.to_dict()
    assert list(data) == [
        "version",
        "question",
        "headline",
        "verdict",
        "sources",
        "figures",
        "groups",
        "searched",
    ]
    assert data["sources"][0] | {"quotes": None} == {
        "source": "a.txt",
        "id": source.id,
        "title": "Dam",
        "outlet": "Courier",
        "published": "2024-03-01",
        "status": "answers",
        "copy_of": None,
        "version_of": None,
        "changes": [],
        "score": 0.9333,
        "quotes": None,
    }
    assert set(data["sources"][0]["quotes"][0]) == {
        "start",
        "end",
        "text",
        "prefix",
        "suffix",
        "score",
        "answer",
        "said_by",
    }
    assert answer.counts() == {"answers": 1, "silent": 0, "copy": 0}
