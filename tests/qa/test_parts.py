from qa.parts import part_questions
from qa.question import understand

OUTLETS = ("The Courier", "Harbour Week")


def parts(text):
    return {
        outlet: [part.text for part in found]
        for outlet, found in part_questions(understand(text), OUTLETS).items()
    }


def test_each_outlet_is_asked_what_stands_beside_its_name():
    asked = "Does The Courier say that the dam burst at dawn, while Harbour Week blames the spillway gate?"
    assert parts(asked) == {
        "The Courier": ["Does The Courier say that the dam burst at dawn,"],
        "Harbour Week": ["while Harbour Week blames the spillway gate?"],
    }


def test_a_part_with_no_subject_of_its_own_asks_nothing():
    asked = "Which minister resigned after the dam burst at dawn, as reported by both The Courier and Harbour Week?"
    assert "Harbour Week" not in parts(asked)
    dated = "What changed between the article that Harbour Week published on March 4, 2024, and the flood at Varnby bridge?"
    assert parts(dated) == {}


def test_a_question_about_one_outlet_alone_or_none_is_asked_whole():
    assert parts("What does Harbour Week say about the dock strike at Anselhaven?") == {}
    assert parts("Why did the dam burst?") == {}
