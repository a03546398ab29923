from __future__ import annotations

import pytest

from eval.matching import exact_match, holds, normalise, token_f1


def test_normalise_drops_case_articles_punctuation_and_space() -> None:
    assert normalise("  The U.S.  had 1,000 \n soldiers; an army! ") == "us had 1000 soldiers army"


def test_exact_match_takes_any_of_the_truths() -> None:
    assert exact_match("the Denver Broncos.", ["Carolina", "Denver Broncos"]) == 1.0
    assert exact_match("Denver", ["Denver Broncos"]) == 0.0


def test_f1_counts_shared_tokens_once_each() -> None:
    # said 3 tokens, truth 4, shared 2 ("big" is there once only): 2 * 2 / 7
    assert token_f1("big big dog", ["big brown dog barks"]) == pytest.approx(4 / 7)
    assert token_f1("cat", ["dog", "cat food"]) == pytest.approx(2 / 3)


def test_nothing_matches_only_nothing() -> None:
    assert (token_f1("", [""]), exact_match("", [""])) == (1.0, 1.0)
    assert (token_f1("the", ["dog"]), token_f1("dog", [""]), token_f1("dog", [])) == (0.0, 0.0, 0.0)


def test_an_answer_is_held_as_whole_tokens() -> None:
    assert holds("It killed 1,200 people.", "1200 people")
    assert not holds("It killed 1,200 people.", "200 people")
    assert not holds("anything", "the")
