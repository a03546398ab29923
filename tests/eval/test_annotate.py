from __future__ import annotations

from pathlib import Path

import pytest
from made_answers import ARTICLES, TEXTS, answer, figures_of, gold, quote

from eval import GoldError, annotate, append_gold, check_room, free_id, load_gold
from eval.annotate import find_quotes, proposal

ASKED = "How many people were hurt?"
A, B = (
    quote("a.txt", "The mayor said 12 people were hurt.", "12 people"),
    quote("b.txt", "The bridge is closed."),
)
TOLD = answer(ASKED, {"a.txt": [A], "b.txt": [B]}, copies={"d.txt": "a.txt"})


class Typist:
    """A console whose user types the given lines; it fails where more is asked."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)
        self.shown: list[str] = []

    def show(self, text: str) -> None:
        self.shown.append(text)

    def ask(self, prompt: str) -> str:
        return self.lines.pop(0)


def test_accept_correct_and_silence() -> None:
    # a accepted, b corrected, d (a copy) accepted; then the silent ones, and the verdict.
    user = Typist("", "15 injured people", "", "", "", "differ")
    made = annotate(TOLD, user, question_id="mine-1", kind="how_many", tags=["own"])
    assert user.lines == []
    assert {name: [proof.text for proof in truth.quotes] for name, truth in made.sources.items()} == {
        "a.txt": ["12 people"], "b.txt": ["15 injured people"], "c.txt": [], "d.txt": ["12 people"],
    }  # fmt: skip
    assert (made.verdict, made.tags, made.question) == ("differ", ("own",), ASKED)


def test_figures_inside_the_accepted_words_come_along() -> None:
    told = answer(ASKED, {"a.txt": [A]}, figures=figures_of("a.txt"))
    made = annotate(told, Typist("", "", ""), question_id="mine-1", kind="how_many")
    assert [(figure.low, figure.high) for figure in made.sources["a.txt"].figures] == [(12, 12)]
    assert made.verdict == "single"
    corrected = annotate(told, Typist("Trams were halted", "", "", ""), question_id="mine-2", kind="what")
    assert corrected.sources["a.txt"].figures == ()


def test_a_silent_source_that_answers_is_named_by_its_number() -> None:
    told = answer(ASKED, {"a.txt": [A]})
    # a accepted; of the silent b, c and d the first answers, and there is no fourth; then the verdict.
    user = Typist("", "4", "1", "15 injured people", "", "", "differ")
    made = annotate(told, user, question_id="mine-1", kind="how_many")
    assert user.lines == []
    assert made.answering == ("a.txt", "b.txt")
    assert any("'4' is none of the numbers 1 to 3" in text for text in user.shown)


def test_every_quote_of_a_source_is_shown_before_it_is_judged() -> None:
    user = Typist("", "", "", "", "differ")
    annotate(TOLD, user, question_id="mine-1", kind="how_many")
    shown = "\n".join(user.shown)
    assert A.text in shown and B.text in shown
    assert "d.txt, copy of a.txt" in shown


def test_words_that_the_article_does_not_print_are_asked_for_again() -> None:
    user = Typist("", "fifteen people", "15 injured", "", "", "", "single?", "differ")
    made = annotate(TOLD, user, question_id="mine-1", kind="how_many")
    assert made.sources["b.txt"].quotes[0].text == "15 injured"
    assert any("'fifteen people' does not stand in b.txt" in text for text in user.shown)
    assert any("'single?' is no verdict" in text for text in user.shown)


def test_everything_silent_needs_no_verdict() -> None:
    user = Typist("-", "-", "-", "")
    made = annotate(TOLD, user, question_id="mine-1", kind="how_many")
    assert (made.verdict, made.answering) == ("none", ())


def test_a_place_is_chosen_where_words_stand_twice_and_others_are_added() -> None:
    told = answer(ASKED, {"a.txt": [quote("a.txt", "12 people")], "d.txt": [quote("d.txt", "12 people")]})
    made = annotate(
        told, Typist("", "s", "2", "12 people", "", "", "agree"), question_id="mine-1", kind="how_many"
    )
    places = [TEXTS["d.txt"].index("s"), TEXTS["d.txt"].index("12 people")]
    second = TEXTS["d.txt"].index("s", places[0] + 1)
    assert [proof.start for proof in made.sources["d.txt"].quotes] == sorted([second, places[1]])


def test_a_copy_that_lacks_its_originals_words_is_proposed_as_silent() -> None:
    told = answer(
        ASKED, {"a.txt": [quote("a.txt", "The mayor said 12 people were hurt.")]}, copies={"d.txt": "a.txt"}
    )
    copy = next(report for report in told.sources if report.article.name == "d.txt")
    assert not proposal(told, copy).answers


def test_find_quotes_gives_every_place_and_none_for_nothing() -> None:
    assert [found.start for found in find_quotes(ARTICLES["a.txt"], "were ")] == [25, 42]
    assert find_quotes(ARTICLES["a.txt"], "") == ()


def test_appended_lines_load_again_and_a_repeated_id_changes_nothing(tmp_path: Path) -> None:
    path, articles = tmp_path / "gold.jsonl", list(ARTICLES.values())
    first, second = (
        gold(ASKED, {"a.txt": ["12 people"]}),
        gold("Where?", {"c.txt": ["the park"]}, question_id="q-2"),
    )
    append_gold(path, first, articles)
    path.write_text(path.read_text().rstrip("\n"))
    append_gold(path, second, articles)
    assert load_gold(path, ARTICLES) == (first, second)
    before = path.read_bytes()
    with pytest.raises(GoldError, match="'q-2' is there already"):
        append_gold(path, second, articles)
    with pytest.raises(GoldError, match="not in the collection"):
        append_gold(path, gold("Who?", {"a.txt": ["mayor"]}, question_id="q-3"), articles[1:])
    assert path.read_bytes() == before


def test_a_question_that_cannot_be_added_is_told_before_it_is_judged(tmp_path: Path) -> None:
    path, articles = tmp_path / "gold.jsonl", list(ARTICLES.values())
    check_room(path, "q-1", articles)
    append_gold(path, gold(ASKED, {"a.txt": ["12 people"]}), articles)
    check_room(path, "q-2", articles)
    with pytest.raises(GoldError, match="'q-1' is there already"):
        check_room(path, "q-1", articles)
    with pytest.raises(GoldError, match="check that its folder is there"):
        check_room(tmp_path / "nowhere" / "gold.jsonl", "q-1", articles)


def test_the_next_free_id_skips_those_that_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    assert free_id(path, "who") == "who-01"
    append_gold(path, gold(ASKED, {"a.txt": ["12 people"]}, question_id="who-01"), list(ARTICLES.values()))
    assert (free_id(path, "who"), free_id(path, "when")) == ("who-02", "when-01")
    path.write_text("no gold")
    with pytest.raises(GoldError, match="is no gold file"):
        free_id(path, "who")
