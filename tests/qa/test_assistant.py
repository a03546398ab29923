import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from index import Article, Collection, Scope
from index.articles import article_id
from qa import Assistant, QuestionError
from qa.assistant import copies_in_scope
from qa.reading import default_reader
from qa.retrieval import MOST_PER_SOURCE, candidates

ARTICLES = Path(__file__).parents[2] / "examples" / "articles"
QUESTIONS = (
    "How many people were killed when the Hollin dam failed?",
    "Who ordered the evacuation?",
    "Why did the dam fail?",
    "What did the union say?",
    "How many penguins live in the city zoo of Oslo?",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo") / "collection"


@pytest.fixture(scope="module")
def collection(folder):
    with Collection.create(folder) as made:
        made.add([ARTICLES])
        yield made


@pytest.fixture(scope="module")
def answers(collection):
    assistant = Assistant(collection)
    return {question: assistant.ask(question) for question in QUESTIONS}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_source_is_accounted_for_once(answers, question):
    counts = answers[question].counts()
    assert sum(counts.values()) == 14
    assert counts["copy"] == 1
    assert len({report.article.name for report in answers[question].sources}) == 14


def test_a_question_that_names_outlets_asks_each_of_them_its_own_part(collection):
    question = (
        "Does the Varnby Courier say how many people were injured by the wave in Varnby, while the Structural Review "
        "explains why the spillway gate was not repaired?"
    )
    answering = {report.article.outlet: report for report in Assistant(collection).ask(question).answering}
    assert "Varnby Courier" in answering
    marked = [quote.answer.text for quote in answering["Varnby Courier"].quotes if quote.answer]
    assert any("83" in answer for answer in marked)
    assert set(answering) <= {"Varnby Courier", "The Structural Review"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_and_short_answer_is_verbatim(answers, question):
    for report in answers[question].sources:
        text = report.article.text
        for quote in report.quotes:
            assert text[quote.start : quote.end] == quote.text
            assert text[quote.start - len(quote.prefix) : quote.start] == quote.prefix
            assert text[quote.end : quote.end + len(quote.suffix)] == quote.suffix
            if quote.answer:
                assert text[quote.answer.start : quote.answer.end] == quote.answer.text
                assert quote.start <= quote.answer.start < quote.answer.end <= quote.end
    for sourced in answers[question].figures:
        article = next(r.article for r in answers[question].sources if r.article.id == sourced.source)
        assert article.text[sourced.figure.start : sourced.figure.end] == sourced.figure.text


def test_sources_that_differ_over_a_figure_are_all_quoted(answers):
    answer = answers["How many people were killed when the Hollin dam failed?"]
    assert answer.verdict == "differ"
    assert len(answer.answering) >= 4
    assert "differ" in answer.headline


def test_beside_a_sure_answer_a_doubtful_one_of_the_same_source_is_not_quoted(answers):
    quotes = [quote for report in answers[QUESTIONS[0]].answering for quote in report.quotes]
    assert "at least nine" in {quote.answer.text for quote in quotes}
    assert not any("1987" in quote.text for quote in quotes)


def test_a_copy_names_its_original_and_is_not_quoted(answers):
    answer = answers["How many people were killed when the Hollin dam failed?"]
    (copy,) = (report for report in answer.sources if report.status == "copy")
    original = next(report for report in answer.sources if report.article.id == copy.copy_of)
    assert (original.article.name, copy.article.name) == ("01-continental-wire.md", "03-capital-herald.md")
    assert copy.quotes == ()


def test_no_source_answers_is_said_plainly(answers):
    answer = answers[QUESTIONS[-1]]
    assert answer.verdict == "none"
    assert answer.counts() == {"answers": 0, "silent": 13, "copy": 1}
    assert answer.headline.startswith("No source answers this. 13 read")


def test_a_second_run_gives_the_same_bytes(folder, answers):
    with Collection.open(folder) as again:
        assistant = Assistant(again, reader=default_reader())
        for question in reversed(QUESTIONS):
            first, second = answers[question].to_dict(), assistant.ask(question).to_dict()
            assert json.dumps(second, ensure_ascii=False) == json.dumps(first, ensure_ascii=False)


def test_answers_over_many_sources_are_soon_forgotten(collection, monkeypatch):
    assistant = Assistant(collection)
    monkeypatch.setattr("qa.recent.SOURCES_KEPT", 2 * len(collection.articles()))
    asked = ["Who resigned?", "How many people died?", "When did it happen?"]
    first, *_, last = [assistant.ask(question) for question in asked]
    assert assistant.ask(asked[2]) is last
    again = assistant.ask(asked[0])
    assert again is not first and again == first


def test_answers_of_one_generation_share_the_articles(collection):
    assistant = Assistant(collection)
    texts = [
        {id(report.article) for report in assistant.ask(question).sources}
        for question in ("Who resigned?", "How many people died?")
    ]
    assert texts[0] == texts[1]


def test_a_question_asked_again_is_answered_at_once(collection):
    assistant = Assistant(collection)
    steps = []
    first = assistant.ask("Who resigned?")
    assert assistant.ask("Who resigned?", on_step=steps.append) is first
    assert steps == []
    narrower = assistant.ask("Who resigned?", Scope(outlets=("Varnby Courier",)))
    assert narrower.searched.sources == 1


def test_new_articles_are_heard_though_the_question_was_asked_before(tmp_path):
    def told(name, number):
        text = f"{name}. The fire in the old mill killed {number} people, the mayor said on Monday."
        return Article(article_id(text), name, text, name)

    with Collection.create(tmp_path / "c") as made:
        assistant = Assistant(made)
        for count, number in enumerate((12, 19), start=1):
            made.add_articles([told(f"{number}.txt", number)])
            assert assistant.ask("How many people did the fire kill?").searched.sources == count


def test_a_narrower_scope_reports_just_its_sources(collection):
    answer = Assistant(collection).ask(
        "How many people were killed when the Hollin dam failed?", Scope(outlets=("Varnby Courier",))
    )
    assert [report.article.name for report in answer.sources] == ["02-varnby-courier.md"]
    assert answer.searched.sources == 1


def test_every_sources_best_passage_is_read_and_further_ones_where_they_are_worth_it(collection):
    question, articles = QUESTIONS[0], collection.articles()
    found = candidates(collection, question, articles, None)
    assert set(found.hits) == {article.id for article in articles}
    best = {}
    for hit in collection.search(question, limit=400):
        best.setdefault(hit.passage.article_id, hit.passage)
    assert {key: hits[0].passage for key, hits in found.hits.items()} == best
    assert max(map(len, found.hits.values())) == MOST_PER_SOURCE
    assert found.total < collection.passage_count() * 2 / 3


def test_more_is_read_of_a_source_that_stands_alone(tmp_path):
    text = "\n\n".join(
        f"In week {week} the dam let {week * 70} tonnes of water through. " * 8 for week in range(12)
    )
    with Collection.create(tmp_path / "one") as alone:
        alone.add_articles([Article(article_id(text), "log.txt", text, "Log of the dam")])
        found = candidates(alone, "How much water did the dam let through?", alone.articles(), None)
        assert found.total == alone.passage_count() > MOST_PER_SOURCE


def test_a_small_budget_still_accounts_for_every_source(collection):
    answer = Assistant(collection, budget=3).ask("How many people were killed when the Hollin dam failed?")
    assert answer.searched.read == 3
    assert sum(answer.counts().values()) == 14


def test_steps_are_told_in_order(collection):
    steps = []
    Assistant(collection).ask("Who resigned?", on_step=steps.append)
    assert list(Counter(step.name for step in steps)) == ["searching", "reading", "comparing"]
    reading = [step for step in steps if step.name == "reading"]
    assert reading[0].done == 0 and reading[-1].done == reading[-1].total


def test_the_steps_of_reading_count_who_answers_so_far(collection):
    steps = []
    answer = Assistant(collection).ask(QUESTIONS[0], on_step=steps.append)
    reading = [step for step in steps if step.name == "reading"]
    counts = [step.answering for step in reading]
    assert counts[0] == 0 and counts == sorted(counts)
    assert counts[-1] == answer.counts()["answers"] > 0
    assert {step.sources for step in reading} == {len(answer.sources) - answer.counts()["copy"]}


def test_an_empty_question_and_an_empty_scope_are_errors(collection):
    with pytest.raises(QuestionError, match="empty"):
        Assistant(collection).ask("  ")
    with pytest.raises(QuestionError, match="no source is in scope"):
        Assistant(collection).ask("How many died?", Scope(since=date(2031, 1, 1)))


def printed(name, day=None):
    return Article(article_id(name), name, f"{name} text", name, published=day)


def test_where_the_original_is_out_of_scope_its_earliest_copy_stands_for_it():
    late, early = printed("b.txt", date(2024, 3, 2)), printed("c.txt", date(2024, 3, 1))
    copies = {late.id: "0" * 16, early.id: "0" * 16}
    assert copies_in_scope([late, early], copies) == {late.id: early.id}
