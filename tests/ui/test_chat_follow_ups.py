"""What a short question means after another, what is offered, and links that open an answer again."""

from datetime import date
from urllib.parse import parse_qs

import pytest

from index import Scope
from qa import Answer
from ui.chat.conversation import Inquiry, Turn
from ui.chat.followups import understood
from ui.chat.links import inquiry_of, link
from ui.chat.suggestions import offered

ASKED = Inquiry("How many people died in the harbour fire?", "News")


class Query(dict):
    def getlist(self, key: str) -> list[str]:
        return self.get(key, [])


def follow(answer: Answer, typed: str, scope: Scope | None = None) -> Inquiry:
    articles = [report.article for report in answer.sources]
    return understood(typed, Inquiry(typed, "News", scope or Scope()), Turn(ASKED, answer=answer), articles)


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("and who said that?", "Who said how many people died in the harbour fire?"),
        ("Says who?", "Who said how many people died in the harbour fire?"),
        ("who said fourteen?", "Who said fourteen deaths?"),
        ("And when was that?", "When was that: people died in the harbour fire?"),
        ("why?", "Why: people died in the harbour fire?"),
        ("what about children?", "How many people died in the harbour fire, children?"),
    ],
)
def test_a_follow_up_carries_its_subject_over(answer: Answer, typed: str, question: str) -> None:
    inquiry = follow(answer, typed)
    assert inquiry.question == question
    assert inquiry.carried
    assert inquiry.as_typed() == Inquiry(typed, "News")


@pytest.mark.parametrize(
    "typed", ["Who is the mayor of the town?", "How many warehouses burned down?", "Was anyone arrested?"]
)
def test_a_question_that_stands_for_itself_stays(answer: Answer, typed: str) -> None:
    assert follow(answer, typed) == Inquiry(typed, "News")


@pytest.mark.parametrize("typed", ["only before January 0001", "only after December 9999"])
def test_days_that_no_calendar_has_narrow_nothing(answer: Answer, typed: str) -> None:
    assert follow(answer, typed).scope == Scope()


@pytest.mark.parametrize(
    ("typed", "scope"),
    [
        ("only since May", Scope(since=date(2024, 5, 1))),
        ("and after 7 May?", Scope(since=date(2024, 5, 7))),
        ("and after April?", Scope(since=date(2024, 5, 1))),
        ("only before May", Scope(until=date(2024, 4, 30))),
        ("before 7 May 2024", Scope(until=date(2024, 5, 6))),
        ("until May", Scope(until=date(2024, 5, 31))),
        ("until 2024-05-06", Scope(until=date(2024, 5, 6))),
        ("what about the Gazette?", Scope(outlets=("The Gazette",))),
        ("and Harbour News?", Scope(outlets=("Harbour News",))),
    ],
)
def test_a_follow_up_can_narrow_the_scope(answer: Answer, typed: str, scope: Scope) -> None:
    inquiry = follow(answer, typed)
    assert (inquiry.question, inquiry.scope) == (ASKED.question, scope)
    assert inquiry.as_typed().scope == Scope()


def test_nothing_is_carried_over_from_a_question_without_an_answer(answer: Answer) -> None:
    asked = Inquiry("and who said that?", "News")
    assert understood(asked.question, asked, None, ()) == asked
    assert understood(asked.question, asked, Turn(ASKED, problem="Stopped."), ()) == asked


def test_the_data_suggest_what_to_ask_next(answer: Answer) -> None:
    made = {one.label: one.inquiry for one in offered((Turn(ASKED, answer=answer),))}
    assert made["Who said Fourteen?"].question == "Who said Fourteen deaths?"
    assert made["Only since 2024-05-07"].scope == Scope(since=date(2024, 5, 7))
    assert made["Only Harbour News"].scope == Scope(outlets=("Harbour News",))


def test_what_was_understood_otherwise_can_be_asked_as_typed(answer: Answer) -> None:
    first, *_ = offered((Turn(follow(answer, "and who said that?"), answer=answer),))
    assert first.inquiry == Inquiry("and who said that?", "News")


def test_a_link_opens_the_same_question_in_the_same_scope() -> None:
    scope = Scope(
        sources=("a&b=c.md", "ü #1"), outlets=("The Gazette",), since=date(2024, 5, 1), until=date(2024, 6, 1)
    )
    inquiry = Inquiry("who <said> 50% & 'more'?", "My news", scope)
    assert inquiry_of(Query(parse_qs(link(inquiry).removeprefix("?"))), "other") == inquiry
    assert inquiry_of(Query(), "other") is None
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        inquiry_of(Query(q=["who?"], since=["soon"]), "other")
