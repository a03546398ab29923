"""What is found: outlets that a question names, passages in their surroundings, and the text that is searched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hashing_embedder import HashingEmbedder
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Collection, PassageSettings, Scope, retrieval_text, split, widened
from index.articles import article_id
from index.hits import take_turns
from index.outlets import named_outlets
from index.reading import _best

OUTLETS = ("The Age", "The Verge", "Courier", "Varnby Courier")


def article(name: str, text: str, outlet: str | None = None, published: date | None = None) -> Article:
    return Article(
        article_id(text), name, text, name.removesuffix(".txt"), outlet=outlet, published=published
    )


def test_each_outlet_gets_the_part_of_the_question_about_it() -> None:
    question = "Does The Verge say that phones sell, while The Age, a paper, says that they do not?"
    assert [(part.outlet, part.words) for part in named_outlets(question, OUTLETS)] == [
        ("The Verge", "Does The Verge say that phones sell, "),
        ("The Age", "while The Age, a paper, says that they do not?"),
    ]


def test_the_longest_name_wins_and_case_and_whole_words_count() -> None:
    assert [part.outlet for part in named_outlets("What does the Varnby Courier say?", OUTLETS)] == [
        "Varnby Courier"
    ]
    assert named_outlets("Since the age of steam a courier came; The Agency said so.", OUTLETS) == ()
    assert named_outlets("Who came?", ()) == ()


@given(st.text(alphabet="ab, TheAgVrcoui", max_size=60), st.lists(st.sampled_from(OUTLETS), max_size=3))
def test_the_parts_are_the_question(words: str, named: list[str]) -> None:
    question = f" {words} and ".join(named)
    parts = named_outlets(question, OUTLETS)
    assert not parts or "".join(part.words for part in parts) == question
    assert all(part.outlet in part.words for part in parts)


def test_turns_are_taken_and_nothing_comes_twice() -> None:
    assert take_turns([[5, 1, 2], [1, 7]], [2, 9, 5]) == [5, 1, 7, 2, 9]
    assert take_turns([], [3, 1]) == [3, 1]


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Collection]:
    """Four articles on one subject, by three outlets."""
    strike, rain = "Dockers went on strike in the port.", "Rain fell on the port all week."
    made = [
        article("a.txt", f"{strike} Nobody worked.", "Harbour News"), article("b.txt", f"{strike} Ships waited.", "Harbour News"),
        article("c.txt", f"{rain} The dockers were wet.", "Gazette"), article("d.txt", f"{strike} Police watched.", "Mail"),
    ]  # fmt: skip
    with Collection.create(tmp_path / "press", embedder=HashingEmbedder()) as collection:
        collection.add_articles(made)
        yield collection


def test_named_outlets_take_turns_at_the_head_and_nobody_is_left_out(press: Collection) -> None:
    question = (
        "Did dockers go on strike in the port, as the Mail says, and does the Gazette report rain on it?"
    )
    found = [press.article(hit.passage.article_id).outlet for hit in press.search(question)]
    assert found[:2] == ["Mail", "Gazette"]
    assert sorted(map(str, found)) == ["Gazette", "Harbour News", "Harbour News", "Mail"]
    assert press.search(question) == press.search(question)


def test_a_named_outlet_out_of_scope_brings_nothing_in(press: Collection) -> None:
    hits = press.search("What does the Mail say of the strike?", scope=Scope(outlets=("Gazette",)))
    assert {press.article(hit.passage.article_id).outlet for hit in hits} == {"Gazette"}


def test_outlet_and_date_are_searched_as_a_question_words_them(press: Collection) -> None:
    dated = article("x.txt", "It rained.", "Gazette", date(2024, 3, 4))
    (passage,) = split(dated)
    assert retrieval_text(dated, passage) == "Gazette, March 4, 2024\nIt rained."
    best = max(press.search("gazette"), key=lambda hit: hit.lexical)
    assert press.article(best.passage.article_id).name == "c.txt"


def test_a_passage_is_widened_by_whole_neighbours_up_to_the_limit() -> None:
    told = article("n.txt", " ".join(f"Sentence number {place} is here." for place in range(12)))
    passages = split(told, PassageSettings(max_words=5, min_words=0))
    wide = widened(told, passages, 5, 15)
    assert (
        wide.cut(told) == "Sentence number 4 is here. Sentence number 5 is here. Sentence number 6 is here."
    )
    assert widened(told, passages, 0, 10).cut(told) == "Sentence number 0 is here. Sentence number 1 is here."
    assert widened(told, passages, 11, 3).cut(told) == passages[11].cut(told)
    whole = widened(told, passages, 3, 1000)
    assert (whole.start, whole.end) == (0, len(told.text))


def test_the_best_of_many_are_those_of_all_put_in_order() -> None:
    scores = np.random.default_rng(5).integers(0, 6, size=400).astype(np.float32)
    ranked = sorted(np.flatnonzero(scores), key=lambda ordinal: (-scores[ordinal], ordinal))
    for depth in (1, 70, 399, 1_000):
        assert _best(scores, None, depth).tolist() == ranked[:depth]
    allowed = np.arange(100, 300)
    within = [ordinal for ordinal in ranked if 100 <= ordinal < 300]
    assert _best(scores, allowed, 50).tolist() == within[:50]
