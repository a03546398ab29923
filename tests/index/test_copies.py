"""Near-copies and versions: what counts as one, which is the original, and what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Article, sentences
from index.articles import article_id, normalise
from index.changes import changes
from index.copies import address, are_alike, bands, group, relation, signature

STORY = """Old bridge closed to lorries after cracks are found

The council closed the old bridge to lorries on Thursday, after engineers had found 14 cracked bolts in its deck.
Mayor Ada Quill said that nobody could wait for the summer. The repairs are to cost 2.5 million crowns, and the ring
road will carry the buses until August. Shopkeepers in Mill Lane fear for their trade and ask the town for help. The
bridge was built in 1932 and widened twice. Last year some 9,000 vehicles crossed it every day, a tenth of them
lorries. A petition for a second bridge has been signed by four thousand people, its organisers say.
"""


def made(
    text: str,
    name: str = "a.txt",
    published: date | None = None,
    url: str | None = None,
    outlet: str | None = None,
) -> Article:
    text = normalise(text)
    return Article(article_id(text), name, text, "t", published=published, url=url, outlet=outlet)


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
VERSIONS = {
    "changed figure": STORY.replace("14 cracked", "31 cracked"),
    "changed figure, other words": STORY.replace(
        "after engineers had found 14", "when inspectors came upon 22"
    ),
    "changed sum": STORY.replace("2.5 million", "4 million"),
}
OTHERS = {
    "same subject": "The old bridge will stay shut to lorries until August, the mayor said. Traders in Mill Lane are angry.",
    "half written anew": cut_to_half(STORY)
    + " Nothing of what follows was in the first report, which knew little of the talks held that night between the "
    "ministry, the railway and the owners of the quarry, whose wagons have worn out the deck over many winters. The "
    "owners deny it, and point to the salt that the town strews there as soon as the first frost comes.",
}


@pytest.mark.parametrize("kind", COPIES)
def test_a_copy_is_found(kind: str) -> None:
    one, other = made(STORY), made(COPIES[kind])
    assert relation(one, other) == relation(other, one) == "copy"


@pytest.mark.parametrize("kind", VERSIONS)
def test_a_story_with_a_new_figure_is_a_version(kind: str) -> None:
    one, other = made(STORY), made(VERSIONS[kind])
    assert relation(one, other) == relation(other, one) == "version"


@pytest.mark.parametrize("kind", OTHERS)
def test_another_story_is_neither(kind: str) -> None:
    one, other = made(STORY), made(OTHERS[kind])
    assert relation(one, other) == relation(other, one) == "other"


def test_a_page_rewritten_in_part_is_a_version_of_itself() -> None:
    link = "https://www.example.org/bridge"
    old = made(STORY, url=link)
    assert relation(old, made(OTHERS["half written anew"], url=f"{link}/?utm_source=letter#top")) == "version"
    assert relation(old, made(OTHERS["half written anew"], url=f"{link}-2")) == "other"
    assert relation(old, made(OTHERS["same subject"], url=link)) == "other"
    assert relation(old, made(COPIES["a few other words"], url=link)) == "copy"


def test_an_outlet_that_writes_half_anew_with_a_new_figure_has_a_version() -> None:
    updated = OTHERS["half written anew"].replace("14 cracked", "31 cracked")
    assert relation(made(STORY, outlet="Post"), made(updated, outlet="Post")) == "version"
    assert relation(made(STORY, outlet="Post"), made(updated, outlet="Mail")) == "other"
    other_title = replace(made(updated, outlet="Post"), title="Football results")
    assert relation(made(STORY, outlet="Post"), other_title) == "other"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("HTTP://www.Example.org/a/?utm_medium=x&id=3#top", "example.org/a?id=3"),
        ("https://example.org", "example.org"),
        ("http://[", None),
        ("", None),
        (None, None),
    ],
)
def test_links_to_one_page_have_one_address(link: str | None, expected: str | None) -> None:
    assert address(link) == expected


def test_what_changed_is_given_with_its_places_and_what_it_counts() -> None:
    new = "Update\n\n" + VERSIONS["changed figure"].replace("Mayor Ada Quill", "The town clerk")
    old_article, new_article = made(STORY), made(new)
    found = changes(old_article, new_article)
    assert [(c.before, c.after) for c in found if c.figure] == [("14 cracked bolts", "31 cracked bolts")]
    assert ("Mayor Ada Quill said that", "The town clerk said that") in [(c.before, c.after) for c in found]
    assert (found[0].before, found[0].after) == ("", "Update")
    for change in found:
        assert old_article.text[change.old_start : change.old_end] == change.before
        assert new_article.text[change.new_start : change.new_end] == change.after
    assert changes(old_article, old_article) == ()


def groups(*articles: Article) -> tuple[dict[str, str], dict[str, str]]:
    """Copies and versions by name, all pairs being candidates."""
    by_name = {article.name: article for article in articles}
    order = {article.name: (article.published or date.max, article.name) for article in articles}
    beside = {name: set(by_name) - {name} for name in by_name}
    found = group(order, beside, lambda one, other: relation(by_name[one], by_name[other]))
    return dict(found.copies), dict(found.versions)


def test_the_earliest_is_the_original_then_the_first_by_name() -> None:
    early, late = date(2024, 5, 2), date(2024, 5, 3)
    texts = [STORY, COPIES["other headline"], COPIES["cut at the end"]]
    copies, _ = groups(made(texts[0], "a", late), made(texts[1], "b", early), made(texts[2], "c"))
    assert copies == {"a": "b", "c": "b"}
    copies, _ = groups(made(texts[0], "b"), made(texts[1], "a"), made(texts[2], "c"))
    assert copies == {"b": "a", "c": "a"}


def test_a_new_version_has_copies_of_its_own_and_follows_the_one_before() -> None:
    second, third = VERSIONS["changed figure"], STORY.replace("14 cracked", "52 cracked")
    copies, versions = groups(
        made(STORY, "a", date(2024, 5, 2)),
        made(COPIES["other headline"], "b", date(2024, 5, 3)),
        made(second, "c", date(2024, 5, 4)),
        made("New!\n\n" + second, "d", date(2024, 5, 5)),
        made(third, "e", date(2024, 5, 6)),
    )
    assert copies == {"b": "a", "d": "c"}
    assert versions == {"c": "a", "e": "c"}


def test_signatures_of_copies_share_a_band_and_those_of_other_texts_do_not() -> None:
    ours = signature(STORY)
    for text in COPIES.values():
        theirs = signature(text)
        assert are_alike(ours, theirs)
        assert set(bands(ours)) & set(bands(theirs))
    other = signature(
        "The harvest was poor this year, growers in the valley say, and the frost is to blame for it."
    )
    assert not are_alike(ours, other)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200).filter(str.strip), st.text(max_size=200).filter(str.strip))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    left, right = made(one + "."), made(other + ".")
    assert relation(left, left) == "copy"
    assert relation(left, right) in ("copy", "version", "other")
    assert all(change.before or change.after for change in changes(left, right))
    assert len(signature(left.text)) == len(signature(right.text)) == 512
