"""Killed writers, full disks, broken folders and several users at once: what is stored is safe."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder

from index import Collection, CollectionError, CollectionLockedError, load, verify
from index.locking import writer_lock

QUESTION = "how many dockers stayed away?"
NOBODY = 65534
"""A user who owns nothing."""


def current(collection: Collection) -> Path:
    return collection.folder / "generations" / collection.generation


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "generations").iterdir())


def changed(folder: Path, version: int) -> Path:
    (folder / "new.txt").write_text(f"Version {version} of the story.\n", encoding="utf-8")
    return folder


@contextmanager
def full_disk(free_bytes: int) -> Iterator[None]:
    """No file may grow beyond `free_bytes`, which fails as a full disk does: in the middle of a write."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (free_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("kind", ["short", "long"])
def test_a_writer_killed_at_twenty_moments_leaves_a_whole_collection(tmp_path: Path, kind: str) -> None:
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), str(here.parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, str(here / "killed_writers.py"), str(tmp_path), "20", kind],
        env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("free_bytes", [0, 1_000, 5_000, 20_000, 60_000])
def test_a_full_disk_leaves_the_collection_as_it_was(
    collection: Collection, folder: Path, free_bytes: int
) -> None:
    before, found, generation = (
        generations(collection.folder),
        collection.search(QUESTION),
        collection.generation,
    )
    (folder / "long.txt").write_text("\n\n".join(f"Lorry {n} passed." for n in range(5000)), encoding="utf-8")
    with (
        full_disk(free_bytes),
        pytest.raises(CollectionError, match="it is as it was before: check the free space"),
    ):
        collection.add([folder])
    assert generations(collection.folder) == before
    assert collection.search(QUESTION) == found
    with Collection.open(collection.folder, embedder=HashingEmbedder()) as other:
        assert other.generation == generation
        assert other.search(QUESTION) == found
        assert other.add([folder]).added == ("long.txt",)


def test_a_failure_on_the_way_leaves_the_collection_as_it_was(collection: Collection, folder: Path) -> None:
    before, generation = generations(collection.folder), collection.generation

    def stop(progress: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        collection.add([changed(folder, 1)], progress=stop)
    assert generations(collection.folder) == before
    assert collection.generation == generation
    assert collection.add([folder]).added == ("new.txt",)


def test_a_missing_or_wrong_pointer_is_told_and_can_be_mended(collection: Collection, folder: Path) -> None:
    collection.add([changed(folder, 1)])
    pointer, generation = collection.folder / "CURRENT", collection.generation
    for damage in (None, "", "../../etc", "9-00000000", "\x00\xff"):
        pointer.unlink() if damage is None else pointer.write_text(damage, encoding="latin-1")
        for create in (False, True):
            with pytest.raises(CollectionError, match=f"write the line '{generation}'"):
                Collection.open(collection.folder, create=create)
    pointer.write_text(generation, encoding="ascii")
    with Collection.open(collection.folder) as mended:
        assert mended.generation == generation


@pytest.mark.parametrize("keep", [0, 100, 5000])
def test_a_truncated_database_is_told_with_the_way_back(
    collection: Collection, folder: Path, keep: int
) -> None:
    old = collection.generation
    collection.add([changed(folder, 1)])
    os.truncate(current(collection) / "articles.sqlite", keep)
    with pytest.raises(CollectionError, match=rf"articles.sqlite is damaged.*write '{old}' into") as caught:
        Collection.open(collection.folder)
    assert str(collection.folder) in str(caught.value)
    (collection.folder / "CURRENT").write_text(old, encoding="ascii")
    with Collection.open(collection.folder) as back:
        assert back.generation == old


def test_a_database_with_wrong_bytes_is_told(collection: Collection) -> None:
    collection.close()
    path = next((collection.folder / "generations").glob("1-*")) / "articles.sqlite"
    raw = bytearray(path.read_bytes())
    raw[100:] = b"\xff" * (len(raw) - 100)
    path.write_bytes(raw)
    with pytest.raises(CollectionError, match="damaged"):
        Collection.open(collection.folder)


@pytest.mark.parametrize(
    "damage", ["vectors cut", "vectors gone", "words cut", "words gone", "one word file gone"]
)
def test_damaged_vectors_and_words_are_told_and_rebuilt_from_the_text(
    collection: Collection, damage: str
) -> None:
    found, path = collection.search(QUESTION), current(collection)
    if damage.startswith("vectors"):
        (path / "vectors.faiss").unlink() if "gone" in damage else os.truncate(path / "vectors.faiss", 200)
    else:
        for file in sorted((path / "words").iterdir())[: 1 if damage.startswith("one") else None]:
            file.unlink() if "gone" in damage else os.truncate(file, 1)
    with Collection.open(collection.folder, embedder=HashingEmbedder()) as broken:
        assert len(broken.articles()) == 3
        with pytest.raises(CollectionError, match=r"rebuild\(\)"):
            broken.search(QUESTION)
        broken.rebuild()
        assert broken.search(QUESTION) == found


def test_an_older_format_says_how_to_go_on(collection: Collection) -> None:
    collection.close()
    path = next((collection.folder / "generations").glob("1-*")) / "articles.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE meta SET value = '2' WHERE key = 'format'")
        db.commit()
    for create in (False, True):
        with pytest.raises(
            CollectionError,
            match=r"format 2, this version reads 5; index its articles again into a new folder",
        ):
            Collection.open(collection.folder, create=create)


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """Nothing in `folder` may be written, not by root either, who is somebody else for so long."""
    places = [folder, *folder.rglob("*")]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)
        for place in places:
            place.chmod(0o755 if place.is_dir() else 0o644)


def test_a_disk_that_may_only_be_read_is_asked_and_said_to_be_so(folder: Path) -> None:
    # Not in pytest's own folder, which nobody else may look into.
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        Path(place).chmod(0o755)
        home = Path(place) / "collection"
        with Collection.open(home, create=True, embedder=HashingEmbedder()) as made:
            made.add([folder])
            found, generation = made.search(QUESTION), made.generation
        more = list(load(changed(folder, 1) / "new.txt"))
        stack.enter_context(unwritable(home))
        with Collection.open(home, embedder=HashingEmbedder()) as opened:
            assert opened.search(QUESTION) == found
            with pytest.raises(
                CollectionError, match=r"could not be written .* it is as it was before: .* your permissions"
            ):
                opened.add_articles(more)
            assert (opened.generation, opened.search(QUESTION)) == (generation, found)
        with pytest.raises(CollectionError, match="could not be written"):
            Collection.open(home / "new", create=True, embedder=HashingEmbedder()).add_articles(more)
        assert not verify(home, embedder=HashingEmbedder()).problems


WRITER = """
import sys
from pathlib import Path
from hashing_embedder import HashingEmbedder
from index import FOREVER, Collection
files, ready, go = sorted(Path(sys.argv[2]).iterdir()), Path(sys.argv[3]), Path(sys.argv[4])
ready.touch()
while not go.exists():
    pass
for path in files:
    with Collection.open(sys.argv[1], create=True, embedder=HashingEmbedder(), wait=FOREVER) as collection:
        collection.add([path])
"""


def test_two_processes_that_write_at_once_wait_for_each_other(tmp_path: Path) -> None:
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), str(here.parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])])
    writers = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        for number in range(6):
            (tmp_path / name / f"{name}-{number}.txt").write_text(
                f"Lorry {number} of convoy {name} passed the bridge."
            )
        places = ["collection", name, f"{name}.ready", "go"]
        command = [sys.executable, "-c", WRITER, *(str(tmp_path / place) for place in places)]
        writers.append(
            subprocess.Popen(
                command, env={**os.environ, "PYTHONPATH": path}, stderr=subprocess.PIPE, text=True
            )
        )
    while len(list(tmp_path.glob("*.ready"))) < 2 and all(writer.poll() is None for writer in writers):
        time.sleep(0.01)
    (tmp_path / "go").touch()
    for writer in writers:
        _, told = writer.communicate()
        assert (writer.returncode, told) == (0, "")
    report = verify(tmp_path / "collection", embedder=HashingEmbedder())
    assert (report.articles, report.problems) == (12, ())


def test_a_second_writer_is_told_that_the_collection_is_locked(collection: Collection, folder: Path) -> None:
    with writer_lock(collection.folder):
        with pytest.raises(CollectionLockedError, match=f"process {os.getpid()} on .* is writing"):
            collection.add([changed(folder, 1)])
        assert collection.search(QUESTION)
    assert collection.add([folder]).added == ("new.txt",)


def test_a_reader_keeps_its_generation_while_others_write(collection: Collection, folder: Path) -> None:
    with Collection.open(collection.folder, embedder=HashingEmbedder()) as reader:
        generation, expected = reader.generation, collection.search(QUESTION)
        for version in range(4):
            collection.add([changed(folder, version)])
        assert reader.generation == generation
        assert reader.search(QUESTION) == expected
        assert generation in generations(collection.folder)
        assert reader.refresh()
        assert reader.generation == collection.generation
        assert not reader.refresh()
    collection.add([changed(folder, 9)])
    assert generation not in generations(collection.folder)
    assert len(generations(collection.folder)) == 2


def test_two_collections_on_one_folder_lose_nothing(
    collection: Collection, folder: Path, tmp_path: Path
) -> None:
    with Collection.open(collection.folder, embedder=HashingEmbedder()) as other:
        collection.add([changed(folder, 1)])
        (tmp_path / "more.txt").write_text("The mayor resigned.\n", encoding="utf-8")
        other.add([tmp_path / "more.txt"])
        assert [article.name for article in other.articles()] == [
            "bridge.md", "harbour.txt", "more.txt", "new.txt", "sub/orchard.txt",
        ]  # fmt: skip
