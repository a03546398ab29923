"""Near-copies: what counts as one, and which is the original."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Article, sentences
from index.articles import article_id, normalise
from index.copies import Candidate, find_copies, is_copy, signature

STORY = """Old bridge closed to lorries after cracks are found

The council closed the old bridge to lorries on Thursday, after engineers had found 14 cracked bolts in its deck.
Mayor Ada Quill said that nobody could wait for the summer. The repairs are to cost 2.5 million crowns, and the ring
road will carry the buses until August. Shopkeepers in Mill Lane fear for their trade and ask the town for help. The
bridge was built in 1932 and widened twice. Last year some 9,000 vehicles crossed it every day, a tenth of them
lorries. A petition for a second bridge has been signed by four thousand people, its organisers say.
"""


def made(text: str, name: str = "a.txt", published: date | None = None) -> Article:
    text = normalise(text)
    return Article(article_id(text), name, text, "t", published=published)


def without_first_line(text: str) -> str:
    return text.partition("\n\n")[2]


def cut_to_half(text: str) -> str:
    found = sentences(text)
    return text[: found[len(found) // 2].end]


COPIES = {
    "other headline": "Cracks shut the river crossing\n\n" + without_first_line(STORY),
    "cut at the end": cut_to_half(STORY),
    "a few other words": STORY.replace("found", "discovered")
    .replace("Shopkeepers", "Traders")
    .replace("every day", "daily"),
    "dateline of another day": "LORN, May 3 - " + without_first_line(STORY),
    "number in words": STORY.replace("14 cracked", "fourteen cracked").replace("four thousand", "4 thousand"),
    "a paragraph added": STORY
    + "\n\nThe Post has asked the railway for its view and awaits an answer from it.",
}
OTHERS = {
    "changed figure": STORY.replace("14 cracked", "31 cracked"),
    "changed figure, other words": STORY.replace(
        "after engineers had found 14", "when inspectors came upon 22"
    ),
    "changed sum": STORY.replace("2.5 million", "4 million"),
    "same subject": "The old bridge will stay shut to lorries until August, the mayor said. Traders in Mill Lane are angry.",
    "half written anew": cut_to_half(STORY)
    + " Nothing of what follows was in the first report, which knew little of the talks held that night between the "
    "ministry, the railway and the owners of the quarry, whose wagons have worn out the deck over many winters. The "
    "owners deny it, and point to the salt that the town strews there as soon as the first frost comes.",
}


@pytest.mark.parametrize("kind", COPIES)
def test_a_copy_is_found(kind: str) -> None:
    one, other = made(STORY), made(COPIES[kind])
    assert is_copy(one, other)
    assert is_copy(other, one)


@pytest.mark.parametrize("kind", OTHERS)
def test_another_story_or_another_version_is_no_copy(kind: str) -> None:
    one, other = made(STORY), made(OTHERS[kind])
    assert not is_copy(one, other)
    assert not is_copy(other, one)


def found(*articles: Article) -> dict[str, str]:
    by_id = {article.name: article for article in articles}
    candidates = [Candidate(a.name, a.name, a.published, signature(a.text)) for a in articles]
    return find_copies(candidates, lambda one, other: is_copy(by_id[one], by_id[other]))


def test_the_earliest_is_the_original_then_the_first_by_name() -> None:
    early, late = date(2024, 5, 2), date(2024, 5, 3)
    texts = [STORY, COPIES["other headline"], COPIES["cut at the end"]]
    assert found(made(texts[0], "a", late), made(texts[1], "b", early), made(texts[2], "c")) == {
        "a": "b",
        "c": "b",
    }
    assert found(made(texts[0], "b"), made(texts[1], "a"), made(texts[2], "c")) == {"b": "a", "c": "a"}


def test_a_new_version_has_copies_of_its_own() -> None:
    updated = OTHERS["changed figure"]
    articles = [
        made(STORY, "a"),
        made(COPIES["other headline"], "b"),
        made(updated, "c"),
        made("New!\n\n" + updated, "d"),
    ]
    assert found(*articles) == {"b": "a", "d": "c"}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200).filter(str.strip), st.text(max_size=200).filter(str.strip))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    left, right = made(one + "."), made(other + ".")
    assert is_copy(left, left)
    assert is_copy(left, right) in (True, False)
    assert len(signature(left.text)) == len(signature(right.text)) == 512
