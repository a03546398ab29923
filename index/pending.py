"""Vectors on their way into a generation, kept on disk, so that a killed run need not make them again."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder, Vectors
from index.reports import Meter

PENDING = "pending.sqlite"
JOURNAL = "-journal"

WAITING_TEXTS = 512
"""Texts that are gathered before they are embedded, so that those of like length come together."""

EMBEDDED_AT_ONCE = 128


def discard(path: Path) -> None:
    """Delete the vectors kept at `path`."""
    for file in (path.with_name(path.name + JOURNAL), path):
        file.unlink(missing_ok=True)


class PendingVectors:
    """Vectors by the digest of their text, in half precision as the vector index holds them; each `put` is committed.

    What another embedding model made is dropped on opening.
    """

    def __init__(self, path: Path, fingerprint: str, dimensions: int) -> None:
        self._dimensions = dimensions
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            self._open(f"{fingerprint} {dimensions}")
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            # Not a database any more: nothing in it is worth a failed run.
            self._db.close()
            discard(path)
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._open(f"{fingerprint} {dimensions}")

    def _open(self, model: str) -> None:
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("CREATE TABLE IF NOT EXISTS model (name TEXT NOT NULL)")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS vectors (digest BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
        )
        if self._db.execute("SELECT name FROM model").fetchall() != [(model,)]:
            self._db.execute("BEGIN")
            self._db.execute("DELETE FROM vectors")
            self._db.execute("DELETE FROM model")
            self._db.execute("INSERT INTO model VALUES (?)", (model,))
            self._db.execute("COMMIT")

    def __contains__(self, digest: bytes) -> bool:
        return self._db.execute("SELECT 1 FROM vectors WHERE digest = ?", (digest,)).fetchone() is not None

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM vectors").fetchone()[0])

    def put(self, digests: Sequence[bytes], vectors: Vectors) -> None:
        """Keep `vectors`, shape (n, dimensions), for good: once this returns, a killed process has lost none of them."""
        rows = zip(digests, (vector.astype("<f2").tobytes() for vector in vectors), strict=True)
        self._db.execute("BEGIN")
        self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
        self._db.execute("COMMIT")

    def take(self, digests: Sequence[bytes]) -> Vectors:
        """The vectors of these digests, shape (n, dimensions); KeyError where one is not here."""
        taken = np.empty((len(digests), self._dimensions), dtype=np.float32)
        for place, digest in enumerate(digests):
            row = self._db.execute("SELECT vector FROM vectors WHERE digest = ?", (digest,)).fetchone()
            if row is None:
                raise KeyError(digest.hex())
            half: NDArray[np.float16] = np.frombuffer(row[0], dtype="<f2")
            taken[place] = half
        return taken

    def close(self) -> None:
        """Close the file; what is in it stays."""
        self._db.close()


class FreshVectors:
    """Texts in, vectors out: embeds in a thread of its own while texts come in, and keeps what it makes in `path`.

    `embedder` is asked for when the first text comes. Of the texts at most twice `WAITING_TEXTS` are held.
    """

    def __init__(self, path: Path, embedder: Callable[[], Embedder], meter: Meter) -> None:
        self._path = path
        self._load = embedder
        self._meter = meter
        self._waiting: dict[bytes, str] = {}
        self._at_work: deque[tuple[frozenset[bytes], Future[None]]] = deque()
        self._worker = ThreadPoolExecutor(1)
        self._embedder: Embedder | None = None
        self._pending: PendingVectors | None = None
        self.resumed = 0
        """How many vectors an earlier run had left."""

    @property
    def used(self) -> Mapping[str, str]:
        """What the collection is to know of the embedder; empty where there was nothing to embed."""
        if self._embedder is None:
            return {}
        made = self._embedder
        return {"model": made.name, "fingerprint": made.fingerprint, "dimensions": str(made.dimensions)}

    def want(self, digest: bytes, text: str) -> None:
        """Have `text` embedded with others, unless that is under way or an earlier run has done so."""
        if digest in self._waiting or any(digest in digests for digests, _ in self._at_work):
            return
        if digest in self._opened():
            return
        self._waiting[digest] = text
        if len(self._waiting) >= WAITING_TEXTS:
            self._finish()
            self.begin()

    def begin(self) -> None:
        """Begin to embed the texts that wait."""
        # Texts of like length side by side: batches then need little padding.
        order = sorted(self._waiting.items(), key=lambda item: (len(item[1]), item[0]))
        self._waiting.clear()
        for first in range(0, len(order), EMBEDDED_AT_ONCE):
            digests, texts = zip(*order[first : first + EMBEDDED_AT_ONCE], strict=True)
            self._at_work.append((frozenset(digests), self._worker.submit(self._embed, digests, texts)))

    def flush(self) -> None:
        """Embed the texts that wait, and come back when all are done."""
        self.begin()
        self._finish()

    def _embed(self, digests: Sequence[bytes], texts: Sequence[str]) -> None:
        pending, embedder = self._opened(), self._embedder
        assert embedder is not None
        pending.put(digests, embedder.embed(texts))
        self._meter.embedded += len(texts)

    def _finish(self) -> None:
        done, total = 0, sum(len(digests) for digests, _ in self._at_work)
        while self._at_work:
            self._meter.tell("embed", done, total)
            digests, under_way = self._at_work[0]
            under_way.result()
            self._at_work.popleft()
            done += len(digests)
        if total:
            self._meter.tell("embed", total, total)

    def take(self, digests: Sequence[bytes]) -> Vectors:
        """Vectors of texts that were wanted and flushed, shape (n, dimensions)."""
        return self._opened().take(digests)

    def close(self) -> None:
        """Let go of the file, once the texts at hand are done; what was embedded stays in it."""
        self._worker.shutdown(cancel_futures=True)
        if self._pending is not None:
            self._pending.close()
            self._pending = None

    def _opened(self) -> PendingVectors:
        if self._pending is None:
            self._embedder = self._load()
            self._pending = PendingVectors(self._path, self._embedder.fingerprint, self._embedder.dimensions)
            self.resumed = len(self._pending)
        return self._pending
