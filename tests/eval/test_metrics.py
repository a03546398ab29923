from __future__ import annotations

from dataclasses import replace

import pytest
from made_answers import ARTICLES, answer, figures_of, gold, quote

from eval import METRICS, GoldFigure, Ratio, SourceTruth, score
from eval.metrics import shown_by_source

ASKED = "How many people were hurt?"
TRUTH = gold(
    ASKED, {"a.txt": ["12 people"], "b.txt": ["15 injured people"], "d.txt": ["12 people"]}, verdict="differ"
)
A_RIGHT = quote("a.txt", "The mayor said 12 people were hurt.", "12 people")
B_RIGHT = quote("b.txt", "Police counted 15 injured people on Monday.", "15")


def test_everything_right() -> None:
    d_right = quote("d.txt", "As the mayor put it, 12 people were hurt.", "12 people were hurt")
    made = score(
        TRUTH, answer(ASKED, {"a.txt": [A_RIGHT], "b.txt": [B_RIGHT], "d.txt": [d_right]}, verdict="differ")
    )
    assert set(made) == set(METRICS)
    assert made["source_f1"] == Ratio(6, 6)
    assert made["quote_f1"] == Ratio(6, 6)
    assert made["silent_f1"] == Ratio(2, 2)
    # "15" is no span that holds "15 injured people", and shares 1 of 1 and 3 tokens: F1 is 2 * 1 / 4.
    assert made["short_answer_found"] == Ratio(3, 3)
    assert made["answer_em"] == Ratio(1, 3)
    assert made["answer_f1"].numerator == pytest.approx(1 + 0.5 + 2 * 2 / 6)
    assert made["verdict_accuracy"] == Ratio(1, 1)
    assert made["abstention_precision"] == made["abstention_recall"] == Ratio(0, 0)


def test_a_wrong_quote_of_an_answering_source_counts_for_the_source_and_not_for_the_quote() -> None:
    wrong, extra = quote("a.txt", "Trams were halted."), quote("c.txt", "It was sunny.")
    made = score(TRUTH, answer(ASKED, {"a.txt": [wrong], "b.txt": [B_RIGHT], "c.txt": [extra]}))
    # answering: a, b right, c false, d missed
    assert (made["source_precision"], made["source_recall"], made["source_f1"]) == (
        Ratio(2, 3),
        Ratio(2, 3),
        Ratio(4, 6),
    )
    assert (made["quote_precision"], made["quote_recall"], made["quote_f1"]) == (
        Ratio(1, 3),
        Ratio(1, 3),
        Ratio(2, 6),
    )
    assert made["silent_f1"] == Ratio(0, 2)
    assert made["verdict_accuracy"] == Ratio(0, 1)


def test_a_quote_must_hold_the_truth_whole_but_any_of_a_sources_quotes_may() -> None:
    cut_off = quote("b.txt", "15 injured")
    assert score(TRUTH, answer(ASKED, {"b.txt": [cut_off]}))["quote_recall"] == Ratio(0, 3)
    both = answer(ASKED, {"b.txt": [cut_off, B_RIGHT]})
    assert score(TRUTH, both)["quote_recall"] == Ratio(1, 3)


def test_a_copy_is_counted_like_its_original() -> None:
    made = score(
        TRUTH,
        answer(ASKED, {"a.txt": [A_RIGHT], "b.txt": [B_RIGHT]}, copies={"d.txt": "a.txt"}, verdict="differ"),
    )
    assert made["source_f1"] == Ratio(6, 6)
    assert made["quote_f1"] == Ratio(6, 6)
    assert made["short_answer_found"] == Ratio(3, 3)


def test_a_copy_with_another_figure_than_its_original_is_a_miss() -> None:
    made = score(TRUTH, answer(ASKED, {"b.txt": [B_RIGHT]}, copies={"d.txt": "b.txt"}))
    assert made["source_precision"] == Ratio(2, 2)
    assert made["quote_recall"] == Ratio(1, 3)


def test_a_copy_whose_original_is_silent_or_out_of_scope_is_silent() -> None:
    assert score(TRUTH, answer(ASKED, {}, copies={"d.txt": "a.txt"}))["source_recall"] == Ratio(0, 3)
    outside = answer(ASKED, {}, copies={"d.txt": "a.txt"}, names=["c.txt", "d.txt"])
    assert shown_by_source(outside)["d.txt"].quotes == ()


def test_abstention() -> None:
    nobody = gold("What is the mayor's name?", {}, verdict="none")
    silent = score(nobody, answer("What is the mayor's name?", {}, verdict="none"))
    assert silent["abstention_precision"] == silent["abstention_recall"] == Ratio(1, 1)
    assert silent["source_f1"] == Ratio(0, 0)
    spoke = score(nobody, answer("What is the mayor's name?", {"a.txt": [A_RIGHT]}))
    assert (spoke["abstention_precision"], spoke["abstention_recall"]) == (Ratio(0, 0), Ratio(0, 1))
    kept_silent = score(TRUTH, answer(ASKED, {}, verdict="none"))
    assert (kept_silent["abstention_precision"], kept_silent["abstention_recall"]) == (
        Ratio(0, 1),
        Ratio(0, 0),
    )


def test_a_quote_that_its_article_does_not_say_is_caught() -> None:
    told = answer(ASKED, {"a.txt": [A_RIGHT, quote("a.txt", "Trams were halted.")]})
    assert score(TRUTH, told)["quote_validity"] == Ratio(2, 2)
    forged = replace(A_RIGHT, text="The mayor said 90 people were hurt.")
    assert score(TRUTH, answer(ASKED, {"a.txt": [forged, A_RIGHT]}))["quote_validity"] == Ratio(1, 2)
    moved = replace(A_RIGHT, article_id=ARTICLES["b.txt"].id)
    assert score(TRUTH, answer(ASKED, {"a.txt": [moved]}))["quote_validity"] == Ratio(0, 1)


def test_figures_are_compared_by_source_and_value() -> None:
    wanted = {
        name: SourceTruth(
            True, TRUTH.sources[name].quotes, (GoldFigure(value, value, "persons", "injured", None),)
        )
        for name, value in (("a.txt", 12.0), ("b.txt", 14.0))
    }
    asked = replace(TRUTH, sources={**TRUTH.sources, **wanted})
    told = answer(
        ASKED, {"a.txt": [A_RIGHT], "b.txt": [B_RIGHT]}, figures=[*figures_of("a.txt"), *figures_of("b.txt")]
    )
    made = score(asked, told)
    # 12 is right, 15 is not 14.
    assert (made["figure_precision"], made["figure_recall"]) == (Ratio(1, 2), Ratio(1, 2))
    assert score(TRUTH, told)["figure_precision"] == Ratio(0, 0)


def test_sources_that_the_gold_does_not_name_are_not_scored() -> None:
    narrow = gold(ASKED, {"a.txt": ["12 people"]}, names=["a.txt", "c.txt"])
    made = score(narrow, answer(ASKED, {"a.txt": [A_RIGHT], "b.txt": [B_RIGHT]}))
    assert made["source_precision"] == Ratio(1, 1)
