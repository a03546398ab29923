"""The Collection: what goes in, what stays, what comes out."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder

from index import (
    Article,
    Collection,
    CollectionError,
    LoadError,
    ModelMismatchError,
    Progress,
    Scope,
    UnknownSourceError,
    retrieval_text,
)
from index.articles import article_id

NAMES = ("bridge.md", "harbour.txt", "sub/orchard.txt")


def names(collection: Collection, scope: Scope | None = None) -> tuple[str, ...]:
    return tuple(article.name for article in collection.articles(scope))


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_articles_come_back_as_they_went_in(collection: Collection, folder: Path) -> None:
    assert names(collection) == NAMES
    bridge = collection.article("bridge.md")
    assert (bridge.title, bridge.outlet, bridge.published) == (
        "Old bridge closed to lorries",
        "Northern Gazette",
        date(2024, 5, 2),
    )
    assert bridge.id == article_id(bridge.text)
    assert collection.article(bridge.id) == bridge
    assert collection.article("harbour.txt").text == (folder / "harbour.txt").read_text(encoding="utf-8")
    assert [p.cut(bridge)[:12] for p in collection.passages(bridge.id)] == ["The council ", "Repairs will"]
    assert collection.passages(bridge.id)[1].heading == "What happens next"


def test_adding_again_embeds_nothing_and_makes_no_generation(
    collection: Collection, folder: Path, embedder: HashingEmbedder
) -> None:
    generation, embedded = collection.generation, len(embedder.embedded)
    for paths in ([folder], [folder / "sub" / "orchard.txt"], [folder, folder / "bridge.md"]):
        report = collection.add(paths)
        assert (report.added, report.replaced, report.removed, report.embedded) == ((), (), (), 0)
    assert collection.generation == generation
    assert len(embedder.embedded) == embedded
    assert names(collection) == NAMES


def test_a_changed_file_replaces_its_old_version_and_embeds_only_what_changed(
    collection: Collection, folder: Path, embedder: HashingEmbedder
) -> None:
    old = collection.article("bridge.md")
    (folder / "bridge.md").write_text(
        (folder / "bridge.md").read_text(encoding="utf-8").replace("2.5 million", "4 million"),
        encoding="utf-8",
    )
    embedder.embedded.clear()
    report = collection.add([folder])
    assert (report.replaced, report.unchanged, report.embedded) == (("bridge.md",), NAMES[1:], 1)
    assert "4 million" in embedder.embedded[0]
    assert collection.article("bridge.md").id != old.id
    with pytest.raises(UnknownSourceError):
        collection.article(old.id)


def test_an_incremental_collection_finds_what_one_made_at_once_finds(
    collection: Collection, folder: Path, tmp_path: Path
) -> None:
    (folder / "late.txt").write_text("The mayor of the valley resigned over the bridge.\n", encoding="utf-8")
    collection.remove("harbour.txt")
    collection.add([folder / "late.txt"])
    collection.add([folder])
    with Collection.open(tmp_path / "other", create=True, embedder=HashingEmbedder()) as other:
        other.add([folder])
        for question in ("how many dockers", "what did the mayor say about the bridge"):
            assert collection.search(question) == other.search(question)
        assert collection.generation.partition("-")[2] == other.generation.partition("-")[2]


def test_the_same_text_under_two_names_is_two_sources_and_a_copy(
    collection: Collection, folder: Path
) -> None:
    text = (folder / "sub" / "orchard.txt").read_text(encoding="utf-8")
    (folder / "zz-again.txt").write_text(text, encoding="utf-8")
    report = collection.add([folder])
    one, two = collection.article("sub/orchard.txt"), collection.article("zz-again.txt")
    assert (report.added, report.embedded) == (("zz-again.txt",), 0)
    assert one.text == two.text
    assert one.id != two.id
    assert collection.copies() == {two.id: one.id}
    assert collection.add([folder]).unchanged == (*NAMES, "zz-again.txt")


def test_files_of_one_name_from_two_folders_are_both_kept(collection: Collection, tmp_path: Path) -> None:
    other = tmp_path / "other" / "harbour.txt"
    other.parent.mkdir()
    other.write_text("The harbour was dredged to a depth of 12 metres.\n", encoding="utf-8")
    assert collection.add([other]).added == ("other/harbour.txt",)
    assert names(collection) == ("bridge.md", "harbour.txt", "other/harbour.txt", "sub/orchard.txt")
    assert collection.add([other]).unchanged == ("other/harbour.txt",)


def test_a_folder_that_was_moved_keeps_its_names(
    collection: Collection, folder: Path, tmp_path: Path
) -> None:
    moved = folder.rename(tmp_path / "moved")
    (moved / "bridge.md").write_text("The bridge is open again.\n", encoding="utf-8")
    report = collection.add([moved])
    assert (report.replaced, report.unchanged) == (("bridge.md",), NAMES[1:])


def test_lines_that_leave_a_file_leave_the_collection(collection: Collection, tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    lines = ['{"id": "a", "text": "It rained."}', '{"id": "b", "text": "It snowed."}']
    path.write_text("\n".join(lines), encoding="utf-8")
    assert collection.add([path]).added == ("feed.jsonl#a", "feed.jsonl#b")
    path.write_text(lines[1], encoding="utf-8")
    report = collection.add([path])
    assert (report.removed, report.unchanged) == (("feed.jsonl#a",), ("feed.jsonl#b",))


def test_a_broken_file_is_skipped_and_listed(collection: Collection, folder: Path) -> None:
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02")
    (folder / "new.txt").write_text("It rained.\n", encoding="utf-8")
    report = collection.add([folder, folder / "gone.txt"])
    assert report.added == ("new.txt",)
    assert [path.name for path, _ in report.failed] == ["broken.txt", "gone.txt"]


def test_when_nothing_can_be_read_the_collection_stays_as_it_was(
    collection: Collection, tmp_path: Path
) -> None:
    before = contents(collection.folder)
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "gone.txt", tmp_path / "empty"):
        with pytest.raises(LoadError, match=path.name):
            collection.add([path])
    assert contents(collection.folder) == before


def test_removal(collection: Collection) -> None:
    gone = collection.remove("harbour.txt")
    assert gone.name == "harbour.txt"
    assert names(collection) == ("bridge.md", "sub/orchard.txt")
    assert all(hit.passage.article_id != gone.id for hit in collection.search("dockers strike"))
    with pytest.raises(UnknownSourceError, match=r"did you mean 'bridge.md'"):
        collection.remove("brigde.md")
    for name in ("bridge.md", "sub/orchard.txt"):
        collection.remove(name)
    assert collection.articles() == ()
    assert collection.search("anything") == ()


def test_articles_without_a_file(tmp_path: Path, embedder: HashingEmbedder) -> None:
    text = "It rained all day."
    with Collection.open(tmp_path / "c", create=True, embedder=embedder) as collection:
        collection.add_articles([Article(article_id(text), "rain", text, "Rain", outlet="Gazette")])
        url = "https://gazette.example/rain"
        report = collection.add_articles([Article(article_id(text), "rain", text, "Rain", outlet="Gazette", url=url)])
        assert report.replaced == ("rain",)
        assert report.embedded == 0
        assert collection.article("rain").url == url
        report = collection.add_articles([Article(article_id(text), "rain", text, "Rain", outlet="Post")])
        assert (report.replaced, report.embedded) == (("rain",), 1)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), NAMES),
        (Scope(sources=("harbour.txt",)), ("harbour.txt",)),
        (Scope(sources=()), ()),
        (Scope(since=date(2024, 5, 2)), ("bridge.md",)),
        (Scope(until=date(2024, 5, 1)), ()),
        (Scope(outlets=("NORTHERN gazette",)), ("bridge.md",)),
        (Scope(sources=("harbour.txt",), outlets=("Northern Gazette",)), ()),
    ],
)
def test_scope(collection: Collection, scope: Scope, expected: tuple[str, ...]) -> None:
    assert names(collection, scope) == expected
    ids = {article.id for article in collection.articles(scope)}
    hits = collection.search("the bridge, the port and the fruit", scope=scope)
    assert {hit.passage.article_id for hit in hits} == ids
    assert len(hits) == collection.passage_count(scope)


def test_scope_of_an_unknown_source_or_turned_dates_is_an_error(collection: Collection) -> None:
    with pytest.raises(UnknownSourceError, match="harbor"):
        collection.search("port", scope=Scope(sources=("harbor.txt",)))
    with pytest.raises(ValueError, match="swap"):
        Scope(since=date(2024, 2, 1), until=date(2024, 1, 1))


def test_search_fuses_both_rankings_and_breaks_ties_by_name_and_start(collection: Collection) -> None:
    hits = collection.search("300 dockers stayed away")
    assert collection.article(hits[0].passage.article_id).name == "harbour.txt"
    assert hits[0].lexical > 0
    assert sorted(hit.dense_rank or 0 for hit in hits) == list(range(1, len(hits) + 1))
    assert all((hit.lexical_rank is None) == (hit.lexical == 0) for hit in hits)
    by_dense = sorted(hits, key=lambda hit: hit.dense_rank or 0)
    assert [hit.dense for hit in by_dense] == sorted((hit.dense for hit in hits), reverse=True)
    by_words = sorted((hit for hit in hits if hit.lexical_rank), key=lambda hit: hit.lexical_rank or 0)
    assert [hit.lexical for hit in by_words] == sorted((hit.lexical for hit in by_words), reverse=True)

    dense, words = [hit.dense for hit in hits], [hit.lexical for hit in hits]
    near = [(cosine - min(dense)) / (max(dense) - min(dense)) for cosine in dense]
    order = [0.5 * cosine + 0.5 * score / max(words) for cosine, score in zip(near, words, strict=True)]
    assert order == pytest.approx(sorted(order, reverse=True))
    assert collection.search("300 dockers stayed away") == hits
    assert {hit.passage for hit in collection.search("300 dockers stayed away", limit=1)} <= {
        hit.passage for hit in hits
    }
    assert collection.search("  ") == ()


def test_numbers_are_found_however_they_are_written(collection: Collection) -> None:
    for question in ("9000 tonnes?", "9,000 TONNES"):
        best = max(collection.search(question), key=lambda hit: hit.lexical)
        assert collection.article(best.passage.article_id).name == "sub/orchard.txt"


def test_a_passage_is_embedded_with_its_title_and_heading_once_each(
    collection: Collection, embedder: HashingEmbedder
) -> None:
    harbour = collection.article("harbour.txt")
    title, body = collection.passages(harbour.id)
    assert retrieval_text(harbour, title) == "Harbour strike enters its third week"
    assert retrieval_text(harbour, body).startswith("Harbour strike enters its third week\nSome 300 dockers")
    orchard = collection.article("sub/orchard.txt")
    assert retrieval_text(orchard, collection.passages(orchard.id)[0]).startswith("Frost has killed")
    assert retrieval_text(harbour, body) in embedder.embedded


def test_another_model_is_refused_by_name(collection: Collection) -> None:
    with pytest.raises(ModelMismatchError, match=r"hashing-0.*hashing-1.*new folder"):
        Collection.open(collection.folder, embedder=HashingEmbedder(seed=1))


def test_opening_listing_and_showing_load_no_model(collection: Collection) -> None:
    with Collection.open(collection.folder) as other:
        assert names(other) == NAMES
        assert other.model_name == "hashing-0"
        assert other.passage_count() == collection.passage_count()
        with pytest.raises(CollectionError, match="hashing-0"):
            other.search("port")


def test_a_missing_collection_and_a_folder_of_other_things_are_refused(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(CollectionError, match="no collection"):
        Collection.open(tmp_path / "gone")
    with pytest.raises(CollectionError, match="not empty"):
        Collection.open(folder, create=True)
    assert sorted(path.name for path in folder.iterdir()) == ["bridge.md", "harbour.txt", "sub"]


def test_a_closed_collection_says_so(collection: Collection) -> None:
    collection.close()
    collection.close()
    with pytest.raises(CollectionError, match="closed"):
        collection.articles()


def test_progress_is_told_for_each_stage(collection: Collection, folder: Path) -> None:
    told: list[Progress] = []
    (folder / "new.txt").write_text("It rained.\n", encoding="utf-8")
    collection.add([folder], progress=told.append)
    assert {progress.stage for progress in told} >= {"load", "embed", "index", "copies"}
    assert all(0 <= progress.done <= progress.total for progress in told)
    assert "new.txt" in {progress.name for progress in told}


def test_threads_read_while_one_writes(collection: Collection, folder: Path) -> None:
    failures: list[BaseException] = []
    before = collection.passage_count()

    def read() -> None:
        try:
            for _ in range(20):
                found = collection.search("the port and the bridge")
                assert len(found) in (before, before + 1)
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    (folder / "new.txt").write_text("It rained on the port.\n", encoding="utf-8")
    collection.add([folder])
    for reader in readers:
        reader.join()
    assert failures == []


def test_a_text_is_more_like_itself_than_like_another(collection: Collection) -> None:
    assert collection.similarity("the old bridge", "the old bridge") == pytest.approx(1.0, abs=1e-5)
    assert collection.similarity("the old bridge", "apple blossom") < 0.9
