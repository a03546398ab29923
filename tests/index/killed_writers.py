"""Kill a writer again and again; exit with 1 and a message at the first collection that is not whole.

Run as `python killed_writers.py FOLDER ROUNDS`, and with `long` behind it to kill one long run so many times, which has
to go on each time from where it was. Every child is forked from this process, which has loaded the
libraries but never run them, so that a round takes a tenth of a second.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s  # noqa: F401
import datasketch  # noqa: F401
import faiss  # noqa: F401
import numpy as np
from hashing_embedder import HashingEmbedder
from numpy.typing import NDArray

from index import Collection, verify

FILES = 6


def write_articles(folder: Path, version: int) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(FILES):
        body = "\n\n".join(
            f"Version {version} says that {n} lorries passed bridge {number}." for n in range(40)
        )
        (folder / f"{number}.txt").write_text(body, encoding="utf-8")


def keep_writing(root: Path) -> None:
    for version in range(1_000_000):
        write_articles(root / "articles", version)
        with Collection.open(root / "collection", create=True, embedder=HashingEmbedder()) as collection:
            collection.add([root / "articles"])


def check(root: Path) -> None:
    with Collection.open(root / "collection", create=True, embedder=HashingEmbedder()) as collection:
        articles = collection.articles()
        versions = {article.text.split()[1] for article in articles}
        assert len(articles) in (0, FILES), f"{len(articles)} articles"
        assert len(versions) <= 1, f"mixed versions {versions}"
        hits = collection.search("how many lorries passed bridge 3?", limit=1000)
        assert len(hits) == collection.passage_count()
        for hit in hits:
            hit.passage.cut(collection.article(hit.passage.article_id))


LONG_FILES = 40


class CountingEmbedder(HashingEmbedder):
    """Takes its time, and writes down how many texts it has embedded."""

    def __init__(self, log: Path) -> None:
        super().__init__()
        self.log = log

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        time.sleep(0.01)
        with self.log.open("a") as stream:
            stream.write(f"{len(texts)}\n")
        return super().embed(texts)


def write_long(root: Path) -> None:
    (root / "long").mkdir()
    for number in range(LONG_FILES):
        body = "\n\n".join(f"On day {n} {n * number} lorries passed bridge {number}. " * 8 for n in range(40))
        (root / "long" / f"{number}.txt").write_text(body, encoding="utf-8")


def add_long(root: Path) -> None:
    with Collection.open(
        root / "collection", create=True, embedder=CountingEmbedder(root / "log")
    ) as collection:
        collection.add([root / "long"])


def check_long(root: Path) -> None:
    if (root / "collection").exists():
        report = verify(root / "collection", embedder=HashingEmbedder())
        assert not report.problems, report.problems
        assert report.articles in (0, LONG_FILES), f"{report.articles} articles"


def check_finished(root: Path) -> None:
    add_long(root)
    check_long(root)
    with Collection.open(root / "collection", embedder=HashingEmbedder()) as collection:
        assert len(collection.articles()) == LONG_FILES
        passages = collection.passage_count()
    embedded = sum(map(int, (root / "log").read_text().split()))
    kills = int((root / "kills").read_text())
    assert embedded <= passages + kills * 64, f"{embedded} embedded for {passages} passages, {kills} kills"


def long_run(root: Path, rounds: int) -> int:
    rng = random.Random(2)
    write_long(root)
    for done in range(rounds):
        (root / "kills").write_text(str(done + 1))
        if kill_and_check(add_long, check_long, root, rng.uniform(0.02, 0.5)):
            return 1
    _, status = os.waitpid(forked(check_finished, root), 0)
    return int(status != 0)


def kill_and_check(
    work: Callable[[Path], None], look: Callable[[Path], None], root: Path, seconds: float
) -> int:
    writer = forked(work, root)
    time.sleep(seconds)
    os.kill(writer, signal.SIGKILL)
    _, status = os.waitpid(writer, 0)
    if os.WIFEXITED(status) and status:
        return status  # it failed before it was killed
    _, status = os.waitpid(forked(look, root), 0)
    return status


def forked(work: Callable[[Path], None], root: Path) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        work(root)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def main(root: Path, rounds: int) -> int:
    rng = random.Random(1)
    for _ in range(rounds):
        if kill_and_check(keep_writing, check, root, rng.uniform(0.02, 0.3)):
            return 1
    _, status = os.waitpid(forked(add_once, root), 0)
    return int(status != 0)


def add_once(root: Path) -> None:
    write_articles(root / "articles", -1)
    with Collection.open(root / "collection", create=True, embedder=HashingEmbedder()) as collection:
        assert len(collection.add([root / "articles"]).replaced) in (0, FILES)
    left = sorted(path.name for path in (root / "collection" / "generations").iterdir())
    assert len(left) <= 2, f"left over: {left}"


if __name__ == "__main__":
    sys.exit((long_run if "long" in sys.argv else main)(Path(sys.argv[1]), int(sys.argv[2])))
