import pytest

from index import Article
from index.articles import article_id
from qa.figures.asked import asked_of, asks_for_all
from qa.quoting import MarkedSpan, further_quotes, quotes

TEXT = (
    "Some 3,000 troops were sent to Orla. The minister plans to send 12,000 soldiers more, reports said. "
    "It was cold. Another 3,000 troops were sent there. The army bought 40 lorries. "
    "Orla recruits 500 new soldiers each month. Most troops were tired."
)


@pytest.fixture
def article():
    return Article(article_id(TEXT), "a.txt", TEXT, "Orla")


def further(article, question):
    made = quotes(article, [MarkedSpan(5, 10, 0.9, 0, len(TEXT))])
    return [quote.text for quote in further_quotes(article, [(0, len(TEXT), 0.2)], asked_of(question), made)]


def test_other_numbers_of_the_thing_asked_for_are_quoted_once_each(article):
    assert further(article, "how many troops were reported?") == [
        "The minister plans to send 12,000 soldiers more, reports said.",
        "Orla recruits 500 new soldiers each month.",
    ]


def test_where_a_state_is_asked_for_other_states_are_not_quoted(article):
    assert further(article, "how many soldiers were recruited?") == [
        "Orla recruits 500 new soldiers each month."
    ]


@pytest.mark.parametrize(
    ("question", "every"),
    [
        ("how many troops were reported?", True),
        ("How many soldiers were killed?", True),
        ("How many troops did Orla send?", False),
        ("How many people were killed?", False),
        ("How many troops guard the old bridge?", False),
        ("Who sent troops?", False),
    ],
)
def test_every_number_is_wanted_only_where_nothing_else_is_named(question, every):
    assert asks_for_all(asked_of(question)) == every


@pytest.mark.parametrize(
    ("marked", "answer"),
    [
        ('fell asleep,"', "fell asleep"),
        ('"He fell asleep', "He fell asleep"),
        ('"He fell asleep,"', '"He fell asleep,"'),
        ("(a guard)", "(a guard)"),
        ("(a guard", "a guard"),
        ("Lund (a guard) said,", "Lund (a guard) said"),
    ],
)
def test_marks_of_the_sentence_around_a_short_answer_are_not_part_of_it(marked, answer):
    text = '"He fell asleep," Lund (a guard) said, at noon.'
    at = text.index(marked)
    article = Article(article_id(text), "a.txt", text, "Orla")
    made = quotes(article, [MarkedSpan(at, at + len(marked), 0.9, 0, len(text))])
    assert made[0].answer is not None
    assert made[0].answer.text == answer
    assert article.text[made[0].answer.start : made[0].answer.end] == answer


def test_a_yes_goes_on_over_the_but_of_its_sentence():
    text = "The vote was free but took place on an uneven field. So it was."
    article = Article(article_id(text), "a.txt", text, "Orla")
    span = MarkedSpan(0, len("The vote was free"), 0.9, 0, len(text))
    (whole,), (short,) = quotes(article, [span], with_but=True), quotes(article, [span])
    assert whole.answer is not None and short.answer is not None
    assert whole.answer.text == "The vote was free but took place on an uneven field"
    assert short.answer.text == "The vote was free"
