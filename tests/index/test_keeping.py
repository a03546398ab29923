"""Collections looked through, mended, carried from place to place, and runs that go on where they were stopped."""

from __future__ import annotations

import hashlib
import json
import os
import random
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hashing_embedder import HashingEmbedder
from numpy.typing import NDArray

from index import (
    FOREVER,
    Collection,
    CollectionError,
    CollectionLockedError,
    LoadError,
    Progress,
    export_collection,
    import_collection,
    verify,
)

QUESTION = "how many dockers stayed away?"
HELD = """
import sys, time
from pathlib import Path
from index.locking import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def generation(collection: Collection) -> Path:
    return collection.folder / "generations" / collection.generation


def altered(collection: Collection, *statements: str) -> None:
    """Change the database behind the collection's back, its recorded digest too."""
    path = generation(collection) / "articles.sqlite"
    collection.close()
    with sqlite3.connect(path) as db:
        for statement in statements:
            db.execute(statement)
    db.close()
    manifest = path.with_name("manifest.json")
    known = json.loads(manifest.read_text())
    known["files"]["articles.sqlite"] = {
        "bytes": path.stat().st_size,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    manifest.write_text(json.dumps(known))


def parts(folder: Path, *, repair: bool = False) -> set[str]:
    return {problem.part for problem in verify(folder, repair=repair, embedder=HashingEmbedder()).problems}


class StoppingEmbedder(HashingEmbedder):
    """Embeds so many texts and then is stopped, as a user does it."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if len(self.embedded) + len(texts) > self.limit:
            raise KeyboardInterrupt
        return super().embed(texts)


def long_file(folder: Path) -> Path:
    path = folder / "long.txt"
    path.write_text(
        "\n\n".join(f"On day {n} of the strike {n * 7} dockers stayed away. " * 9 for n in range(200))
    )
    return path


def test_a_sound_collection_has_no_problems(collection: Collection) -> None:
    report = verify(collection.folder, embedder=HashingEmbedder())
    assert report.problems == ()
    assert (report.articles, report.passages) == (3, collection.passage_count())


def test_what_many_changes_leave_is_what_indexing_anew_would_make(tmp_path: Path) -> None:
    draw = random.Random(4)
    sentences = [f"On day {n} some {n * 7} dockers stayed away from pier {n % 5}. " for n in range(40)]
    with Collection.open(tmp_path / "made", embedder=HashingEmbedder(), create=True) as collection:
        for turn in range(12):
            name = f"{draw.choice('abcd')}.txt"
            if name in {article.name for article in collection.articles()} and draw.random() < 0.4:
                collection.remove(name)
            else:
                (tmp_path / name).write_text(f"Turn {turn}. " + " ".join(draw.choices(sentences, k=60)))
                collection.add([tmp_path / name])
            if turn % 4 == 3:
                assert parts(tmp_path / "made") == set()
        assert collection.articles()


def test_verifying_what_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="no collection"):
        verify(tmp_path)


FIRST = "place = 0 AND article_id = (SELECT article_id FROM numbered WHERE first = 0)"


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        (f"UPDATE passages SET stop = stop - 1 WHERE {FIRST}", "passages"),
        (f"UPDATE passages SET heading = 'Another' WHERE {FIRST}", "passages"),
        ("UPDATE numbered SET first = 10 - first", "passages"),
        (f"DELETE FROM passages WHERE {FIRST}", "passages"),
        ("UPDATE articles SET signature = zeroblob(512)", "copies"),
        ("UPDATE articles SET copy_of = 'nobody' WHERE name = 'bridge.md'", "copies"),
    ],
)
def test_what_follows_from_the_text_is_found_wrong_and_mended(
    collection: Collection, statement: str, part: str
) -> None:
    found = collection.search(QUESTION)
    altered(collection, statement)
    assert part in parts(collection.folder)
    assert parts(collection.folder, repair=True) == set()
    with Collection.open(collection.folder, embedder=HashingEmbedder()) as mended:
        assert mended.search(QUESTION) == found


def test_a_text_that_was_changed_cannot_be_mended_and_is_named(collection: Collection) -> None:
    altered(collection, "UPDATE articles SET text = replace(text, '300', '900') WHERE name = 'harbour.txt'")
    for repair in (False, True):
        report = verify(collection.folder, embedder=HashingEmbedder(), repair=repair)
        assert any(p.part == "text" and "harbour.txt" in p.what for p in report.problems)


def test_a_text_that_no_article_can_hold_is_told(collection: Collection) -> None:
    altered(collection, "UPDATE articles SET text = ' ' WHERE name = 'harbour.txt'")
    assert "text" in parts(collection.folder)


@pytest.mark.parametrize("name", ["vectors.faiss", "words"])
def test_missing_and_foreign_files_are_found_and_made_anew(collection: Collection, name: str) -> None:
    found = collection.search(QUESTION)
    path = generation(collection) / name
    for file in [path] if path.is_file() else sorted(path.iterdir()):
        file.write_bytes(file.read_bytes()[::-1])
    part = name.partition(".")[0]
    assert part in parts(collection.folder)
    assert parts(collection.folder, repair=True) == set()
    with Collection.open(collection.folder, embedder=HashingEmbedder()) as mended:
        assert mended.search(QUESTION) == found


def test_vectors_of_other_texts_are_found(collection: Collection, tmp_path: Path) -> None:
    class Liar(HashingEmbedder):
        def embed_query(self, text: str) -> NDArray[np.float32]:
            return super().embed_query(text[::-1])

    with Collection.create(tmp_path / "other", embedder=Liar()) as made:
        made.add_articles(collection.articles())
    assert parts(tmp_path / "other") == {"vectors"}


def test_a_damaged_database_gives_way_to_the_generation_before(collection: Collection, folder: Path) -> None:
    old = collection.generation
    (folder / "new.txt").write_text("It rained on the port.\n")
    collection.add([folder])
    path = generation(collection) / "articles.sqlite"
    collection.close()
    os.truncate(path, 5000)
    assert parts(collection.folder) == {"generation"}
    report = verify(collection.folder, repair=True, embedder=HashingEmbedder())
    assert (report.generation, report.problems) == (old, ())


def test_a_stopped_run_embeds_only_the_rest_when_it_goes_on(tmp_path: Path) -> None:
    file, target = long_file(tmp_path), tmp_path / "collection"
    first = StoppingEmbedder(limit=150)
    with pytest.raises(KeyboardInterrupt), Collection.open(target, create=True, embedder=first) as collection:
        collection.add([file])
    assert 0 < len(first.embedded) <= 150
    second = HashingEmbedder()
    with Collection.open(target, embedder=second) as collection:
        assert collection.articles() == ()
        report = collection.add([file])
        assert report.resumed == len(first.embedded)
        assert not set(first.embedded) & set(second.embedded)
        assert report.embedded == report.passages - report.resumed
    assert not (target / "pending.sqlite").exists()
    assert parts(target) == set()


def test_vectors_of_another_model_or_a_broken_file_are_no_help_to_a_run(tmp_path: Path) -> None:
    file, target = long_file(tmp_path), tmp_path / "collection"
    with (
        pytest.raises(KeyboardInterrupt),
        Collection.open(target, create=True, embedder=StoppingEmbedder(150)) as c,
    ):
        c.add([file])
    (target / "pending.sqlite").write_bytes(b"no database" * 1000)
    with Collection.open(target, embedder=HashingEmbedder()) as collection:
        assert collection.add([file]).resumed == 0
    assert parts(target) == set()


def test_a_first_run_that_reads_nothing_leaves_no_folder(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(b"\0\1\2")
    target = tmp_path / "collection"
    with (
        pytest.raises(LoadError) as caught,
        Collection.open(target, create=True, embedder=HashingEmbedder()) as made,
    ):
        made.add([tmp_path / "empty.txt", tmp_path / "binary.txt"])
    assert [path.name for path, _ in caught.value.failed] == ["empty.txt", "binary.txt"]
    assert not target.exists()


def test_a_failure_later_on_takes_nothing_away(collection: Collection, tmp_path: Path) -> None:
    with (
        pytest.raises(LoadError),
        Collection.open(collection.folder, create=True, embedder=HashingEmbedder()) as again,
    ):
        again.add([tmp_path / "gone.txt"])
    assert parts(collection.folder) == set()


def test_a_file_that_breaks_off_leaves_none_of_its_articles(collection: Collection, folder: Path) -> None:
    (folder / "feed.jsonl").write_text('{"id": "a", "text": "It rained."}\n{"id": "b", "text": \n')
    (folder / "new.txt").write_text("It snowed.\n")
    report = collection.add([folder])
    assert report.added == ("new.txt",)
    assert [path.name for path, _ in report.failed] == ["feed.jsonl"]
    assert parts(collection.folder) == set()


def test_a_loader_that_crashes_costs_only_its_file(
    collection: Collection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "new.txt").write_text("It snowed.\n")
    (folder / "worse.txt").write_text("It hailed.\n")
    load = sys.modules["index.gathering"].load

    def crashing(path: Path, **given: object) -> object:
        if path.name == "worse.txt":
            raise ZeroDivisionError("a fault")
        return load(path, **given)

    monkeypatch.setattr("index.gathering.load", crashing)
    report = collection.add([folder])
    assert report.added == ("new.txt",)
    assert "ZeroDivisionError: a fault" in report.failed[0][1]


def test_articles_of_one_name_in_one_file_are_all_kept(collection: Collection, tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text('{"id": "a", "text": "It rained."}\n{"id": "a", "text": "It snowed."}\n')
    assert collection.add([path]).added == ("feed.jsonl#a", "feed.jsonl#a (2)")
    assert collection.add([path]).unchanged == ("feed.jsonl#a", "feed.jsonl#a (2)")


def test_progress_tells_the_share_and_what_was_embedded(collection: Collection, folder: Path) -> None:
    told: list[Progress] = []
    for n in range(4):
        (folder / f"new{n}.txt").write_text(f"It rained for {n} days.\n")
    collection.add([folder], progress=told.append)
    shares = [progress.share for progress in told if progress.stage == "load"]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert (told[-1].articles, told[-1].embedded) == (7, 4)


@pytest.fixture
def holder(collection: Collection) -> Callable[[float], subprocess.Popen[str]]:
    def hold(seconds: float) -> subprocess.Popen[str]:
        root = str(Path(__file__).parents[2])
        process = subprocess.Popen(
            [sys.executable, "-c", HELD, str(collection.folder), str(seconds)],
            env={**os.environ, "PYTHONPATH": root},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        return process

    return hold


def test_a_second_writer_hears_who_holds_the_lock_while_readers_go_on(
    collection: Collection, folder: Path, holder: Callable[[float], subprocess.Popen[str]]
) -> None:
    with holder(60) as process:
        with (
            Collection.open(collection.folder, embedder=HashingEmbedder(), wait=0.1) as other,
            pytest.raises(CollectionLockedError, match=f"process {process.pid} on .*, since 20"),
        ):
            other.add([folder])
        assert collection.search(QUESTION)
        process.kill()
    (folder / "new.txt").write_text("It rained.\n")
    assert collection.add([folder]).added == ("new.txt",)


def test_a_second_writer_may_wait(
    collection: Collection, folder: Path, holder: Callable[[float], subprocess.Popen[str]]
) -> None:
    (folder / "new.txt").write_text("It rained.\n")
    with holder(0.5), Collection.open(collection.folder, embedder=HashingEmbedder(), wait=FOREVER) as other:
        assert other.add([folder]).added == ("new.txt",)


def exported(collection: Collection, folder: Path) -> Path:
    path = folder / "news.everysource"
    export_collection(collection, path)
    return path


def test_a_collection_travels_in_one_file(collection: Collection, folder: Path, tmp_path: Path) -> None:
    text = (folder / "harbour.txt").read_text()
    (folder / "aa-again.txt").write_text(text)
    collection.add([folder])
    path, target, embedder = exported(collection, tmp_path), tmp_path / "copy", HashingEmbedder()
    report = import_collection(path, target, embedder=embedder)
    assert (len(report.added), report.embedded) == (4, 0)
    assert parts(target) == set()
    with Collection.open(target, embedder=HashingEmbedder()) as copy:
        assert copy.articles() == collection.articles()
        assert copy.search(QUESTION) == collection.search(QUESTION)
        assert copy.copies() == collection.copies()
        again = tmp_path / "again.everysource"
        export_collection(copy, again)
    assert again.read_bytes() == path.read_bytes()
    assert str(folder).encode() not in path.read_bytes()


def test_an_export_overwrites_nothing(collection: Collection, tmp_path: Path) -> None:
    path = exported(collection, tmp_path)
    with pytest.raises(CollectionError, match="is there already"):
        export_collection(collection, path)


def test_an_import_needs_an_empty_folder_and_its_own_model(collection: Collection, tmp_path: Path) -> None:
    path = exported(collection, tmp_path)
    with pytest.raises(CollectionError, match="not empty"):
        import_collection(path, collection.folder, embedder=HashingEmbedder())
    with pytest.raises(CollectionError, match=r"made with.*hashing-0.*not with 'hashing-1'"):
        import_collection(path, tmp_path / "other", embedder=HashingEmbedder(seed=1))
    assert not (tmp_path / "other").exists()


def repacked(path: Path, change: Callable[[dict[str, bytes]], None], *, resign: bool = True) -> None:
    """Write the file anew with other members, with digests that fit them."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    if resign and "collection.json" in members:
        header = json.loads(members["collection.json"])
        for name in header["files"]:
            header["files"][name]["sha256"] = hashlib.sha256(members.get(name, b"")).hexdigest()
        members["collection.json"] = json.dumps(header).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def swap(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.update({name: members[name].replace(old, new, 1)})


BROKEN: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "a path": (lambda m: m.update({"../../evil.txt": b"x"}), r"'../../evil.txt'"),
    "an absolute path": (lambda m: m.update({"/tmp/evil.txt": b"x"}), "evil.txt"),
    "a missing member": (lambda m: m.pop("vectors.bin") and None, "it holds articles.jsonl"),
    "a bomb": (lambda m: m.update({"vectors.bin": bytes(50_000_000)}), "when unpacked"),
    "another text": (swap("articles.jsonl", b"300 dockers", b"900 dockers"), "is not that of its text"),
    "another id": (swap("articles.jsonl", b'"id": "', b'"id": "../'), "hexadecimal"),
    "an unknown field": (swap("articles.jsonl", b'"author"', b'"origin"'), "no article with the fields"),
    "a nested field": (swap("articles.jsonl", b'"author": null', b'"author": {}'), "is no text"),
    "a lost article": (lambda m: m.update({"articles.jsonl": m["articles.jsonl"].split(b"\n", 1)[1]}), "belong together"),
    "a cut vector": (lambda m: m.update({"vectors.bin": m["vectors.bin"][:-1]}), "breaks off"),
    "a zero vector": (lambda m: m.update({"vectors.bin": m["vectors.bin"][:16] + bytes(64) + m["vectors.bin"][80:]}), "length one"),
    "a swapped vector": (
        lambda m: m.update({"vectors.bin": b"".join(
            m["vectors.bin"][80 * n : 80 * n + 16] + m["vectors.bin"][:80][16:] for n in range(len(m["vectors.bin"]) // 80)
        )}), "vectors of other texts",
    ),
    "a later version": (swap("collection.json", b'"version": 1', b'"version": 9'), "version 9, this reads 1"),
    "no description": (lambda m: m.update({"collection.json": b"[]"}), "description cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_a_file_that_does_not_fit_together_is_refused_and_leaves_nothing(
    collection: Collection, tmp_path: Path, kind: str
) -> None:
    path, target = exported(collection, tmp_path), tmp_path / "deep" / "copy"
    change, told = BROKEN[kind]
    repacked(path, change, resign=kind != "no description")
    with pytest.raises(CollectionError, match=told):
        import_collection(path, target, embedder=HashingEmbedder())
    assert not target.exists()
    assert not (tmp_path / "evil.txt").exists()


def test_a_file_damaged_on_the_way_is_refused(collection: Collection, tmp_path: Path) -> None:
    path = exported(collection, tmp_path)
    repacked(path, swap("articles.jsonl", b"dockers", b"doctors"), resign=False)
    with pytest.raises(CollectionError, match=r"digest of articles\.jsonl"):
        import_collection(path, tmp_path / "copy", embedder=HashingEmbedder())
    for content in (b"", b"no zip at all", path.read_bytes()[:-30]):
        path.write_bytes(content)
        with pytest.raises(CollectionError, match="no exported collection"):
            import_collection(path, tmp_path / "copy", embedder=HashingEmbedder())
