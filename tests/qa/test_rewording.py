"""Two short answers without figures: one in other words, two that exclude each other, or several that are all true."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.several import allows_several
from qa.short_answers import compare_short_answers
from qa.wordnet import related
from qa.wordnet.make import make
from qa.wordnet.persons import make_persons
from qa.wordnet.table import Table


@pytest.mark.parametrize(
    ("question", "left", "right", "likeness"),
    [
        ("What sank the ferry?", "a rogue wave", "a fire in the engine room", "different"),
        ("What sank the ferry?", "a huge wave", "an enormous wave", "same"),
        ("What colour was the van?", "green", "yellow", "different"),
        ("What colour was the van?", "navy", "blue", "same"),
        ("Which animal bit her?", "a fox", "a wolf", "different"),
        ("Which animal bit her?", "a dog", "a terrier", "same"),
        ("Who raised the alarm?", "A shepherd", "a nurse", "different"),
        ("Which arm is broken?", "the left arm", "the right arm", "different"),
        ("Where was she born?", "in Lisbon", "in Madrid", "different"),
        ("Where was she born?", "Lisbon", "Portugal", "same"),
        ("Where was she born?", "Orlavik", "Tremstad", "different"),
        ("Where was she born?", "Orlavik", "Portugal", "cannot tell"),
        ("Where do the troops train?", "Vladivostok", "the Far East", "cannot tell"),
        ("Who gave the order?", "Russia", "the Kremlin", "same"),
        ("Who gave the order?", "the Kremlin", "the Pentagon", "different"),
        ("Is the pass passable?", "open", "closed", "different"),
        ("Who raised the alarm?", "a shepherd", "Anna Lund", "cannot tell"),
        ("Which gate is shut?", "Gate A", "Gate B", "different"),
        ("Which floor burned?", "the third floor", "on the 5th floor", "different"),
        ("Which floor burned?", "the third floor", "the 3rd floor of the building", "same"),
        ("Which plane crashed?", "a Boeing 737", "a Boeing 747", "different"),
        ("When does it open?", "on Monday morning", "on Monday evening", "different"),
        ("Which country is it?", "North Korea", "South Korea", "different"),
        ("Who found her?", "her uncle", "her aunt", "different"),
        ("How did they vote?", "in favour", "against", "different"),
        ("What is the state of the road?", "the road is open", "a closed road", "different"),
        ("How did it end?", "they won the match easily", "the team lost its match badly", "cannot tell"),
        ("Which metals are mined?", "copper", "zinc", "different"),
    ],
)
def test_answers_without_figures_are_compared_by_what_they_mean(question, left, right, likeness, similarity):
    assert compare_short_answers(left, right, similarity, question) == likeness
    assert compare_short_answers(right, left, similarity, question) == likeness


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("a lawyer", "the attorney", "same"),
        ("a poodle", "two dogs", "same"),
        ("in Dallas", "Texas", "same"),
        ("he sank", "to sink", "same"),
        ("it was closed", "open", "opposite"),
        ("a violin", "the cello", "apart"),
        ("breast cancer", "lung cancer", "apart"),
        ("the appeal was dismissed", "the appeal was allowed", "opposite"),
        ("the appeal was dismissed", "the appeal was late", None),
        ("a violin", "hunger", None),
        ("", "open", None),
        ("Zzyzxian", "the Quuxites", None),
    ],
)
def test_words_are_related_by_their_senses(left, right, relation):
    assert related(left, right) == relation
    assert related(right, left) == relation


@settings(derandomize=True, deadline=None, max_examples=100, database=None)
@given(left=st.text(max_size=40), right=st.text(max_size=40))
def test_any_two_texts_can_be_related(left, right):
    assert related(left, right) == related(right, left)


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Which countries sent help?", True),
        ("Which two firms bid?", True),
        ("What measures were taken?", True),
        ("Who visited the camp?", True),
        ("Who was arrested?", True),
        ("Who was acquitted?", True),
        ("Who are the candidates?", True),
        ("Where are the troops?", True),
        ("Why did they leave?", True),
        ("What did the thieves take?", True),
        ("Which agency reported it?", True),
        ("Which country leads the talks?", False),
        ("Who killed the guard?", False),
        ("Who is the mayor?", False),
        ("What causes the disease?", False),
        ("What was the cause of the fire?", False),
        ("How old is the bridge?", False),
        ("", False),
    ],
)
def test_some_questions_have_several_true_answers(question, several):
    assert allows_several(question) is several


NOUNS = """  1 A licence.
00000100 03 n 01 tool 0 000 | a thing to work with
00000200 03 n 02 hammer 0 maul 0 001 @ 00000100 n 0000 | for nails
"""
INDEX = """  1 A licence.
tool n 1 0 1 0 00000100
hammer n 1 1 @ 1 0 00000200
maul n 1 1 @ 1 0 00000200
"""


def test_the_table_is_made_from_wordnets_own_files(tmp_path):
    for part in ("noun", "verb", "adj", "adv"):
        for name in (f"data.{part}", f"index.{part}", f"{part}.exc"):
            (tmp_path / name).write_text("")
    (tmp_path / "data.noun").write_text(NOUNS)
    (tmp_path / "index.noun").write_text(INDEX)
    (tmp_path / "noun.exc").write_text("mauls hammer\n")
    make(tmp_path, tmp_path / "table.npz")
    table = Table(tmp_path / "table.npz")
    (hammer,) = table.senses("hammers")
    (tool,) = table.senses("tool")
    assert table.senses("maul") == [hammer] and table.senses("nail") == []
    assert table.above(hammer) == {hammer: 0, tool: 1}
    assert (table.depth(hammer), table.depth(tool)) == (1, 0)


def test_the_list_of_persons_is_made_from_wordnets_tagged_texts(tmp_path):
    (tmp_path / "data.noun").write_text("00000100 06 n 01 garter\n00000200 18 n 01 backer\n")
    (tmp_path / "index.noun").write_text(
        "backer n 1 0 1 0 00000200\ncarrier n 2 0 2 0 00000200 00000100\nfan n 2 0 2 0 00000200 00000100\n"
        "coach n 1 0 1 0 00000200\n"
    )
    (tmp_path / "cntlist.rev").write_text("fan%1:18:00:: 1 8\nfan%1:06:00:: 2 1\ncarrier%1:06:00:: 1 9\n")
    make_persons(tmp_path, tmp_path / "persons.txt")
    assert (tmp_path / "persons.txt").read_text() == "backer\nfan\n"
