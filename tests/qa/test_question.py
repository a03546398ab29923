import pytest

from qa.errors import QuestionError
from qa.question import MAX_CHARACTERS, Wanted, understand


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("how many troops were reported?", Wanted.NUMBER),
        ("Death toll?", Wanted.NUMBER),
        ("What was the cost of the repair?", Wanted.NUMBER),
        ("Since when has the port been closed?", Wanted.DATE),
        ("Which day did it burst?", Wanted.DATE),
        ("Where were families taken?", Wanted.PLACE),
        ("Who ordered the gates shut?", Wanted.PERSON),
        ("Why did the talks fail?", Wanted.REASON),
        ("What caused the breach?", Wanted.REASON),
        ("Did the minister resign?", Wanted.YES_NO),
        ("What did the union say about the offer?", Wanted.SAID),
        ("Describe the new bridge", Wanted.DESCRIPTION),
    ],
)
def test_the_kind_of_answer_is_recognised(text, wanted):
    assert understand(text).wanted is wanted


def test_names_are_capitalised_words_and_numbers_but_not_the_question_word():
    asked = understand("How many soldiers did Iran's army send to Kursk in 2024?")
    assert asked.names == ("iran", "kursk", "2024")


def test_a_name_that_opens_the_question_counts():
    assert understand("Austin said what?").names == ("austin",)


def test_terms_are_stems_of_content_words():
    assert understand("How many soldiers were deployed?").terms == ("soldier", "deploy")


@pytest.mark.parametrize("text", ["", "   ", "?!", "\n\t"])
def test_an_empty_question_is_refused_with_an_example(text):
    with pytest.raises(QuestionError, match="how many troops"):
        understand(text)


def test_an_overlong_question_is_refused_with_the_limit():
    with pytest.raises(QuestionError, match=str(MAX_CHARACTERS)):
        understand("why " * 400)
