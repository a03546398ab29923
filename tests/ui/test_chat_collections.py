"""Collections made, filled and changed on the page, and what becomes of questions under way."""

import html
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from conftest import GAZETTE, HARBOUR, RECIPES

from index import Article, CollectionError, Fetcher, LoadOptions
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


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of a site of two articles."""
    pages = tmp_path / "site"
    pages.mkdir()
    for name, text in (("fire", HARBOUR), ("mayor", GAZETTE)):
        body = f"<article><h1>{name}</h1><p>{text * 3}</p></article>"
        (pages / f"{name}.html").write_text(
            f"<html><head><title>{name}</title></head><body>{body}</body></html>"
        )
    handler = partial(QuietHandler, directory=str(pages))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def fetching(tmp_path: Path, **allowed: bool) -> Library:
    made = Library(shelf=tmp_path / "shelf", options=LoadOptions(fetcher=Fetcher(delay=0, **allowed)))
    if "News" not in made.names:
        made.create("News")
    return made


def test_addresses_are_fetched_and_each_failure_is_named(site: str, tmp_path: Path) -> None:
    with fetching(tmp_path, allow_loopback=True) as library:
        listed = f"# fires\n{site}/fire.html\n\n{site}/gone.html\nnews\n{site}/fire.html\n"
        *_, last = Collecting(library).addresses("News", listed)
        assert "1 article added. 2 files failed." in html.unescape(last[0])
        assert f"{site}/gone.html</bdi>: " in html.unescape(last[0])
        assert "news</bdi>: " in last[0]
        assert [article.url for article in library.articles("News")] == [f"{site}/fire.html"]


def test_an_uploaded_list_of_addresses_is_fetched_too(site: str, tmp_path: Path) -> None:
    files = uploaded(tmp_path / "up", both_urls=f"{site}/fire.html\n{site}/mayor.html\n")
    with fetching(tmp_path, allow_loopback=True) as library:
        *shown, last = Collecting(library).files("News", files)
        assert "2 articles added." in last[0]
        assert html.unescape(shown[0][0]).count(site) == 2


def test_nothing_is_fetched_where_it_is_not_allowed(library: Library, site: str, tmp_path: Path) -> None:
    ((told, *_),) = Collecting(library).addresses("News", f"{site}/fire.html")
    assert "nothing is fetched" in told
    *_, last = Collecting(library).files("News", uploaded(tmp_path / "up", list_urls=f"{site}/fire.html"))
    assert "fetching is off" in last[0]
    with fetching(tmp_path) as public_only:
        *_, last = Collecting(public_only).addresses("News", f"{site}/fire.html")
        assert "no public address" in last[0]
        ((told, *_),) = Collecting(public_only).addresses(
            "News", "\n".join(f"{site}/{n}" for n in range(101))
        )
        assert "101 addresses given" in told


def test_what_a_reader_of_a_file_should_know_is_told(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "fire.txt"
    file.write_bytes("Le café à brûlé hier soir, dit le maire de la ville.".encode("cp1252"))
    *_, last = Collecting(library).files("News", [str(file)])
    assert "1 article read; not UTF-8, read as " in html.unescape(last[0])


def test_copies_and_newer_versions_are_listed_as_such(library: Library) -> None:
    story = f"{HARBOUR} {GAZETTE} The harbour stayed closed until Tuesday, and ships waited outside."
    for day, text in ((6, story), (7, story.replace("nine", "eleven")), (8, story)):
        article = pasted(text, f"Fire {day}", f"Paper {day}", f"2024-05-0{day}")
        library.add("News", [article], lambda progress: None)
    _, listed, _ = Collecting(library).show("News")
    assert "newer than Paper 6, 2024-05-06" in html.unescape(listed)
    assert "copy of Paper 6, 2024-05-06" in html.unescape(listed)


def test_re_indexing_tells_its_stages(library: Library) -> None:
    library.add("News", [added(HARBOUR)], lambda progress: None)
    told = [shown[0] for shown in Collecting(library).rebuild("News")]
    assert "Re&#45;indexed." in told[-1]
    assert any("Embedding passages" in step for step in told)
