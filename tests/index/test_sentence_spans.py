"""Sentences and passages: where they begin and end, and that nothing is lost between them."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Article, PassageSettings, sentences, split
from index.articles import article_id, normalise
from index.sentences import WINDOW

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("ab Z.!?\"“”'’()[]\n\n\t-*#>:,;0129…—\u00a0\u2028éß漢😀\u200b\u0301")),
        st.characters(codec="utf-8"),
    ),
    max_size=300,
)


def made(text: str) -> Article:
    text = normalise(text)
    return Article(article_id(text), "made.txt", text, "made")


def cut(text: str, kind: str | None = None) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text) if kind is None or s.kind == kind]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Army said Mr. Smith met Sen. Warren in Washington.|No. 5 was hit.",
        "“We are ready,” he said.|“Go!”|She left at 2.40 a.m. on Jan. 5.",
        "It cost $2.5 million, i.e. 3.5 per cent.|President Vladimir V. Putin spoke.",
        "Lt. Col. Gale vs. the Rev. Hale.|Was it fair?|No!",
    ],
)
def test_abbreviations_decimals_and_quotations_do_not_break_a_sentence(text: str) -> None:
    assert cut(text.replace("|", " ")) == text.split("|")


def test_a_line_break_ends_a_sentence_but_not_in_text_of_fixed_width() -> None:
    assert cut("One line without an end mark here\n\nthen another") == [
        "One line without an end mark here",
        "then another",
    ]
    wrapped = (
        "The council closed the old bridge to lorries on Thursday, after its\n"
        "engineers had found that fourteen bolts were cracked. The repairs are\n"
        "to last until August."
    )
    assert cut(wrapped) == [wrapped[: wrapped.index(" The rep")], wrapped[wrapped.index("The rep") :]]


def test_headings_list_items_and_page_furniture_are_told_apart() -> None:
    text = (
        "North to Send 30,000 More Troops\n- Kyiv says so.\n- Missing: 22\n\nPrior Deployments\n\n"
        "It rained. It poured.\nPhoto: A. Smith / AFP\nShare this article\nPrevious Post Next Post\nDead: 31"
    )
    kinds = [(s.kind, text[s.start : s.end]) for s in sentences(text)]
    assert kinds == [
        ("heading", "North to Send 30,000 More Troops"),
        ("bullet", "Kyiv says so."),
        ("bullet", "Missing: 22"),
        ("heading", "Prior Deployments"),
        ("sentence", "It rained."),
        ("sentence", "It poured."),
        ("boilerplate", "Photo: A. Smith / AFP"),
        ("boilerplate", "Share this article"),
        ("boilerplate", "Previous Post Next Post"),
        ("bullet", "Dead: 31"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Leave a Reply",
        "12 Comments",
        "Share on Facebook and Twitter",
        "Advertisement",
        "By Mira Kasten and Jonas Petrell",
        "*Picture: Crews at work on Monday. Photograph: Tove Illes*",
        "Soldiers on parade in May (Picture source: KCNA)",
        "Last updated: 4 March 2024, 10:12",
        "© 2024 Northern Gazette",
        "* * *",
        "![map](map.png)",
    ],
)
def test_page_furniture_enters_no_passage(line: str) -> None:
    article = made(f"It rained on Monday.\n\n{line}\n\nIt poured on Tuesday.")
    assert [p.cut(article) for p in split(article)] == ["It rained on Monday.", "It poured on Tuesday."]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell on Monday.",
        "By Monday the water had gone.",
        "Photographs showed a breach 40 metres wide.",
        "Comments by the mayor were withdrawn.",
        "Search teams went home.",
        "Published figures speak of 40 dead.",
        "Close to 300 people fled.",
        "More news is expected from Lorn tonight.",
        "Source close to the minister said that it was over.",
        "Follow us, the crew shouted.",
        "The image caption was wrong.",
    ],
)
def test_prose_that_resembles_page_furniture_is_kept(line: str) -> None:
    assert [s.kind for s in sentences(line)] == ["sentence"]


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_spans_are_ordered_trimmed_and_leave_out_only_space_and_marks(text: str) -> None:
    text = normalise(text)
    found = sentences(text)
    for one, following in pairwise(found):
        assert one.end <= following.start
    for span in found:
        piece = text[span.start : span.end]
        assert piece == piece.strip()
        assert piece
    covered = set().union(*(range(span.start, span.end) for span in found))
    letters = {place for place, character in enumerate(text) if character.isalpha()}
    assert letters <= covered


@settings(max_examples=80, deadline=None)
@given(TEXTS, st.integers(0, 300), st.integers(0, 300))
def test_sentences_of_a_part_are_those_of_the_whole_cut_at_its_ends(text: str, start: int, end: int) -> None:
    text = normalise(text)
    part = sentences(text, start, end)
    assert all(start <= span.start and span.end <= end for span in part)
    whole = sentences(text)
    inside = [span for span in whole if start <= span.start and span.end <= end]
    assert set(inside) <= set(part)


@settings(max_examples=80, deadline=None)
@given(TEXTS.filter(lambda text: normalise(text).strip()), st.integers(1, 12), st.data())
def test_passages_cover_every_sentence_once_and_cut_what_they_claim(
    text: str, most: int, data: st.DataObject
) -> None:
    article = made(text)
    least = data.draw(st.integers(0, most))
    passages = split(article, PassageSettings(max_words=most, min_words=least))
    for one, following in pairwise(passages):
        assert one.end <= following.start
    places = [place for passage in passages for place in range(passage.start, passage.end)]
    for span in sentences(article.text):
        inside = sum(span.start <= place < span.end for place in places)
        if span.kind in ("sentence", "bullet"):
            blank = sum(c.isspace() for c in article.text[span.start : span.end])
            assert inside >= span.end - span.start - blank
        elif span.kind == "boilerplate":
            assert inside == 0
    assert all(passage.cut(article) == article.text[passage.start : passage.end] for passage in passages)


def test_a_passage_keeps_to_its_heading_and_its_size() -> None:
    body = " ".join(f"Sentence number {n} says that it rained all day in town." for n in range(30))
    article = made(f"# The long and wet week in town\n\n{body}\n\n## Short\n\nIt ended.")
    passages = split(article)
    assert [p.heading for p in passages] == [
        None,
        *["The long and wet week in town"] * (len(passages) - 2),
        "Short",
    ]
    assert passages[0].cut(article) == "The long and wet week in town"
    assert passages[-1].cut(article) == "It ended."
    assert all(len(p.cut(article).split()) <= 110 for p in passages)
    assert all(p.cut(article).endswith(".") for p in passages[1:])


def test_neighbouring_passages_share_sentences_when_asked_to() -> None:
    article = made(" ".join(f"Number {n} came in." for n in range(9)))
    passages = split(article, PassageSettings(max_words=12, min_words=0, overlap_sentences=1))
    texts = [p.cut(article) for p in passages]
    assert texts[0].endswith("Number 2 came in.")
    assert texts[1].startswith("Number 2 came in.")


def test_a_sentence_without_end_is_cut_between_words() -> None:
    article = made("and so on " * 2000)
    passages = split(article)
    assert "".join(p.cut(article) for p in passages).replace(" ", "") == "andsoon" * 2000
    assert max(len(p.cut(article).split()) for p in passages) <= 110 + 25


@pytest.mark.parametrize(
    "piece",
    ["a", "word ", "“", ".", "A. ", "Aa\n\n", "“ab” ", "(", "- ", "#", "\u00a0", "é漢", "Dead: 3\n", "*_"],
)
def test_a_long_run_of_anything_is_cut_without_hanging(piece: str) -> None:
    article = made(piece * (60_000 // len(piece)) + "\n\nThis is the end.")
    assert split(article)[-1].cut(article).endswith("This is the end.")


def test_a_long_paragraph_is_cut_as_if_in_one_piece() -> None:
    rng = random.Random(7)
    parts = [
        f"The {rng.choice(['mayor', 'union', 'port'])} paid {n} crowns to Mr. Quill." for n in range(2000)
    ]
    text = " ".join(parts)
    assert len(text) > 5 * WINDOW
    assert cut(text) == parts
