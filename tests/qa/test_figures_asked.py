"""Figures as answers to one question: other words for the same thing, other things, copies, dates and totals."""

from datetime import date

import pytest

from index import Article
from index.articles import article_id
from qa.answer import Quote, SourceReport
from qa.figures import extract_figures
from qa.question import understand
from qa.verdict import compare


def report(name, text, *answers, published=None, copy_of=None):
    """A source that answers with the sentences around `answers`, or a copy, or a silent one."""
    article = Article(article_id(name + text), name, text, name, published=published)
    if copy_of is not None:
        return SourceReport(article, "copy", 0.0, copy_of=copy_of.article.id)
    if not answers:
        return SourceReport(article, "silent", 0.1)
    quotes = []
    for answer in answers:
        at = text.index(answer)
        start = text.rfind(". ", 0, at) + 2 if ". " in text[:at] else 0
        end = text.find(". ", at) + 1 or len(text)
        quotes.append(Quote.cut(article, start, end, score=0.9, answer=(at, at + len(answer))))
    return SourceReport(article, "answers", 0.9, tuple(quotes))


def asked(question, *reports):
    return compare(understand(question), reports)


def members(found, place=0):
    return [found.figures[m].figure.text for m in found.groups[place].members]


@pytest.mark.parametrize(
    ("question", "left", "right", "verdict"),
    [
        (
            "What is the price of Project Oak?",
            ("The scheme costs $210m.", "$210m"),
            ("Its price is $210m.", "$210m"),
            "agree",
        ),
        (
            "What sum does a family get?",
            ("Each household will receive €5,000.", "€5,000"),
            ("The state promises €5,000 to each family.", "€5,000"),
            "agree",
        ),
        (
            "How many people were killed?",
            ("Nine miners were killed.", "Nine"),
            ("The toll is 14 dead.", "14 dead"),
            "differ",
        ),
        (
            "How many people were hurt?",
            ("Some 46 of us were hurt.", "46 of us"),
            ("Injured: 46", "46"),
            "agree",
        ),
        (
            "How many people are missing?",
            ("Missing: 22", "22"),
            ("Some 22 people are missing.", "22 people"),
            "agree",
        ),
        (
            "How many jobs would go?",
            ("It would cost 900 jobs.", "900 jobs"),
            ("It would cost 320 posts.", "320 posts"),
            "differ",
        ),
    ],
)
def test_figures_in_short_answers_are_lined_up_though_their_nouns_differ(question, left, right, verdict):
    found = asked(question, report("a", *left), report("b", *right))
    assert found.verdict == verdict
    assert len(members(found)) == 2


@pytest.mark.parametrize(
    ("question", "left", "right"),
    [
        (
            "How many troops?",
            ("There are 10,000 troops.", "10,000"),
            ("It has 11,000 tonnes of grain.", "11,000 tonnes"),
        ),
        (
            "How many soldiers?",
            ("Some 40 soldiers were killed.", "40"),
            ("Some 90 soldiers were wounded.", "90"),
        ),
        (
            "How many soldiers?",
            ("Orla may send 4,000 soldiers.", "4,000"),
            ("Orla has sent 9,000 soldiers.", "9,000"),
        ),
        ("How many tanks?", ("Orla sent 40 tanks.", "40"), ("Orla sent 900 soldiers.", "900")),
        (
            "How many missiles?",
            ("They own 40 ballistic missiles.", "40"),
            ("They own 90 cruise missiles.", "90"),
        ),
        (
            "How many police officers were hurt?",
            ("Five officers were hurt.", "Five"),
            ("Nine rioters were hurt.", "Nine"),
        ),
    ],
)
def test_other_things_units_and_states_stay_apart_in_short_answers_too(question, left, right):
    found = asked(question, report("a", *left), report("b", *right))
    assert [group.verdict for group in found.groups] == ["single", "single"]


def test_the_main_group_counts_the_thing_asked_for_though_another_has_more_sources():
    found = asked(
        "How many tanks were sent?",
        report("a", "Orla sent 600 soldiers. It sent 40 tanks.", "40 tanks"),
        report("b", "Orla sent 700 soldiers.", "700"),
        report("c", "Orla sent 800 soldiers.", "800"),
    )
    assert members(found) == ["40"]
    assert found.verdict == "single"


def test_soldiers_are_no_answer_to_how_many_tanks():
    found = asked("How many tanks were sent?", report("a", "Orla sent 600 soldiers with boats.", "600"))
    assert found.verdict == "none"
    assert found.headline.startswith("No source gives a number of tanks.")
    assert "600 soldiers" in found.headline


def test_an_unlikely_noun_alone_is_no_proof_that_another_thing_is_counted():
    assert (
        asked("How many responders came?", report("a", "In all 1,950 helpers came.", "1,950")).verdict
        == "single"
    )


def test_copies_are_counted_as_outlets_and_not_as_voices():
    first = report("a", "Some 45 people died.", "45")
    found = asked(
        "How many people died?",
        first,
        report("b", "Some 45 people died!", copy_of=first),
        report("c", "Some 54 people died!", copy_of=first),
        report("d", "In all 45 people died.", "45"),
    )
    assert (found.groups[0].sources, found.groups[0].independent) == (3, 2)
    assert "3 outlets, 2 independent" in found.headline


def test_a_copy_makes_no_second_voice():
    first = report("a", "Some 45 people died.", "45")
    found = asked("How many people died?", first, report("b", "Some 45 people died!", copy_of=first))
    assert found.verdict == "single"
    assert "2 outlets, 1 independent" in found.headline


def test_a_growing_toll_is_explained_by_the_days_of_publication():
    found = asked(
        "How many people were killed?",
        report("a", "Nine people were killed.", "Nine", published=date(2024, 3, 4)),
        report("b", "The flood killed 14 people.", "14", published=date(2024, 3, 5)),
    )
    assert found.verdict == "explained"
    assert "Nine as of 2024-03-04, 14 as of 2024-03-05" in found.headline


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            ("The flood killed 60 people.", date(2024, 3, 4)),
            ("The flood killed 14 people.", date(2024, 3, 5)),
        ),
        (("Orla may send 60 soldiers.", date(2024, 3, 4)), ("Orla may send 140 soldiers.", date(2024, 3, 5))),
        (
            ("The flood killed 14 people.", date(2024, 3, 4)),
            ("The flood killed 60 people.", date(2024, 3, 4)),
        ),
    ],
)
def test_days_of_publication_explain_no_falling_toll_and_nothing_that_is_not_tallied(left, right):
    found = asked(
        "How many people or soldiers?",
        *(
            report(name, text, text.split()[2], published=day)
            for name, (text, day) in zip("ab", (left, right), strict=True)
        ),
    )
    assert found.verdict == "differ"


def test_parts_that_a_source_adds_up_explain_a_total():
    found = asked(
        "How many jobs would go?",
        report("a", "The union says 900 jobs would go.", "900 jobs"),
        report("b", "The firm says 320 jobs would go.", "320 jobs"),
        report("c", "The firm takes 320 jobs, and 580 jobs go elsewhere, 900 jobs in all.", "320 jobs"),
    )
    assert found.verdict == "explained"
    assert "320 and 580 are parts of 900" in found.headline


def test_each_voice_of_a_source_is_held_against_the_other_sources():
    found = asked(
        "What does a day of the strike cost?",
        report(
            "a",
            "Traders say that it costs $30m a day. The ministry says that it costs $12m a day.",
            "$30m a day",
            "$12m a day",
        ),
        report("b", "The strike costs $12m a day.", "$12m a day"),
    )
    assert found.verdict == "differ"


def test_a_month_that_is_asked_for_leaves_figures_of_other_months_out():
    found = asked(
        "How many people fled in October 2023?",
        report("a", "In October 2023, 300 people fled.", "300"),
        report("b", "In November 2023, 900 people fled.", "900"),
    )
    assert members(found) == ["300"]
    assert found.verdict == "single"


def test_a_figure_of_another_month_alone_is_no_answer():
    found = asked("How many people fled in October?", report("a", "In May 2023, 900 people fled.", "900"))
    assert found.verdict == "none"


def test_figures_are_lined_up_by_date():
    found = asked(
        "How many people fled?",
        report("a", "On 7 May 2023, 900 people fled.", "900"),
        report("b", "On 5 May 2023, 300 people fled.", "300"),
        report("c", "On 6 May 2023, 500 people fled.", "500"),
    )
    assert members(found) == ["300", "500", "900"]
    assert found.verdict == "explained"


def test_a_vague_number_is_worded_as_the_article_words_it():
    found = asked("How many troops?", report("a", "Orla sends thousands of troops.", "thousands"))
    assert "thousands of troops" in found.headline


def test_a_source_with_a_figure_of_another_state_still_gives_a_figure():
    found = asked(
        "How many troops?",
        report("a", "Orla may send 4,000 troops.", "4,000"),
        report("b", "Orla may send 5,000 troops.", "5,000"),
        report("c", "Orla has sent 9,000 troops.", "9,000"),
    )
    assert found.headline.startswith("3 of 3 sources give a figure.")
    assert len(members(found)) == 2


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            'Ada Lund runs the charity River Aid. She has been there for years. "Some 40 people died," she said.',
            "Ada Lund",
        ),
        ("The Traders' Association disagrees. It puts the loss at $30m a day.", "Traders' Association"),
        ("Officials met on Monday. They said 40 ships were lost.", "Officials"),
        ("Some 40 ships were lost, its director, Ada Lund, said.", "director, Ada Lund"),
        ("The transport ministry's number is $12m.", "transport ministry"),
        ("She said that 40 ships were lost.", None),
        ("Last week the government raised its estimate from 400 to 650 homes.", None),
    ],
)
def test_a_speaker_is_a_name_and_never_a_pronoun(text, speaker):
    found = [f for f in extract_figures(text) if f.unit != "date"]
    assert found[0].said_by == speaker
