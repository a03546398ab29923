"""Kill a writer again and again; exit with 1 and a message at the first collection that is not whole.

Run as `python killed_writers.py FOLDER ROUNDS`. Every child is forked from this process, which has loaded the
libraries but never run them, so that a round takes a tenth of a second.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import bm25s  # noqa: F401
import datasketch  # noqa: F401
import faiss  # noqa: F401
from hashing_embedder import HashingEmbedder

from index import Collection

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
        writer = forked(keep_writing, root)
        time.sleep(rng.uniform(0.02, 0.3))
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
        _, status = os.waitpid(forked(check, root), 0)
        if status:
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
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
