"""Collections made, filled and changed on the page, and what becomes of questions under way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import GAZETTE, HARBOUR, RECIPES

from index import Article, CollectionError
from ui.chat import Library
from ui.chat.collecting import LONGEST_TEXT, MOST_FILES, Collecting, pasted
from ui.chat.library import DEMO


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(shelf=tmp_path / "shelf") as made:
        made.create("News")
        yield made


def uploaded(folder: Path, **texts: str) -> list[str]:
    folder.mkdir()
    for name, text in texts.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return [str(path) for path in sorted(folder.iterdir())]


def added(text: str, title: str = "Fire") -> Article:
    return pasted(text, title, "Harbour News", "2024-05-06")


def test_files_are_taken_in_one_by_one_and_failures_are_named(library: Library, tmp_path: Path) -> None:
    files = uploaded(tmp_path / "first", fire_txt=HARBOUR, broken_xyz="?", empty_txt="")
    *shown, last = Collecting(library).files("News", files)
    assert "fire.txt</bdi>: 1 article read" in last[0]
    assert "2 files failed." in last[0]
    assert 'broken.xyz</bdi>: <span class="es-failed">failed: ' in last[0]
    assert any("reading …" in step[0] for step in shown)
    assert [article.name for article in library.articles("News")] == ["fire.txt"]
    assert not any(Path(file).exists() for file in files)


def test_the_same_file_again_replaces_its_article(library: Library, tmp_path: Path) -> None:
    for folder, text in (("one", HARBOUR), ("two", GAZETTE)):
        list(Collecting(library).files("News", uploaded(tmp_path / folder, fire_txt=text)))
    assert [article.text for article in library.articles("News")] == [GAZETTE]


def test_where_no_file_can_be_read_nothing_is_added(library: Library, tmp_path: Path) -> None:
    *_, last = Collecting(library).files("News", uploaded(tmp_path / "bad", broken_xyz="?"))
    assert "Nothing was added." in last[0]


def test_too_many_files_are_refused(library: Library) -> None:
    ((told, *_),) = Collecting(library).files("News", ["x.txt"] * (MOST_FILES + 1))
    assert f"the limit is {MOST_FILES}" in told


def test_an_article_is_pasted_and_removed(library: Library) -> None:
    collecting = Collecting(library)
    *_, last = collecting.text("News", HARBOUR, "Fire & smoke", "Harbour News", "2024-05-06")
    assert "1 article added." in last[0]
    (article,) = library.articles("News")
    assert (article.text, article.outlet, str(article.published)) == (HARBOUR, "Harbour News", "2024-05-06")
    told, listed, _ = collecting.remove("News", [article.name])
    assert "Removed 1 article." in told
    assert "0 articles" in listed


@pytest.mark.parametrize(
    ("text", "title", "day", "why"),
    [
        ("", "Fire", "", "title"),
        (HARBOUR, " ", "", "title"),
        (HARBOUR, "Fire", "soon", "YYYY-MM-DD"),
        ("x" * (LONGEST_TEXT + 1), "Fire", "", "limit"),
    ],
)
def test_text_that_is_no_article_says_why(text: str, title: str, day: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        pasted(text, title, "", day)


def test_a_collection_made_on_the_page_is_there_the_next_time(tmp_path: Path) -> None:
    for _ in range(2):
        with Library(shelf=tmp_path / "shelf") as library:
            if "Evening" not in library.names:
                library.create("Evening")
                library.add("Evening", [added(HARBOUR)], lambda progress: None)
            assert len(library.articles("Evening")) == 1


@pytest.mark.parametrize("name", ["", "../news", "a/b", ".hidden", "x" * 41, "NEWS", DEMO, "con\ntrol/"])
def test_a_name_that_could_lead_elsewhere_or_is_taken_is_refused(
    library: Library, name: str, tmp_path: Path
) -> None:
    with pytest.raises(CollectionError):
        library.create(name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shelf"]


def test_a_read_only_page_changes_nothing(collection_folder: Path) -> None:
    with Library(collection_folder, editable=False) as library:
        for change in (
            lambda: library.create("Mine"),
            lambda: library.remove(library.names[0], ["a-harbour.md"]),
        ):
            with pytest.raises(CollectionError, match="read only"):
                change()
    with Library() as library, pytest.raises(CollectionError, match="read only"):
        library.add(DEMO, [added(RECIPES)], lambda progress: None)


def test_a_question_under_way_keeps_the_collection_it_began_with(library: Library) -> None:
    library.add("News", [added(HARBOUR)], lambda progress: None)
    with library.use("News") as before:
        library.add("News", [added(GAZETTE, "Mayor")], lambda progress: None)
        assert len(before.collection.articles()) == 1
        assert len(library.articles("News")) == 2
    with pytest.raises(CollectionError, match="closed"):
        before.collection.articles()


def test_addresses_are_fetched_only_where_that_is_allowed(library: Library) -> None:
    ((told, *_),) = Collecting(library).addresses("News", "https://example.org/a")
    assert "nothing is fetched" in told
    library.addresses = lambda listed: iter([pasted(HARBOUR, listed.read_text().strip(), "", "")])
    *_, last = Collecting(library).addresses("News", "https://example.org/a\n\nhttps://example.org/b")
    assert "2 articles" in last[0] or "1 article" in last[0]
    assert "https&#58;//example.org/b" in last[0]


def test_re_indexing_tells_its_stages(library: Library) -> None:
    library.add("News", [added(HARBOUR)], lambda progress: None)
    told = [shown[0] for shown in Collecting(library).rebuild("News")]
    assert "Re&#45;indexed." in told[-1]
    assert any("Embedding passages" in step for step in told)
