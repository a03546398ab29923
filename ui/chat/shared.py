"""One embedding model for all collections of a page, and leases on collections that may be replaced while in use."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index import Collection, Embedder
from qa import Assistant


class SharedEmbedder:
    """An embedder that several collections use at once: one text after the other, one copy in memory."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._lock = Lock()

    @property
    def name(self) -> str:
        """The model's name or folder."""
        return self._embedder.name

    @property
    def fingerprint(self) -> str:
        """A digest of all that the vectors depend on."""
        return self._embedder.fingerprint

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        with self._lock:
            return self._embedder.dimensions

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of `texts`, shape (n, dimensions), each of length one."""
        with self._lock:
            return self._embedder.embed(texts)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, shape (dimensions,), of length one."""
        with self._lock:
            return self._embedder.embed_query(text)


class Lease:
    """An open collection with its assistant, closed once it is retired and nobody uses it any more."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self.assistant = Assistant(collection)
        self._lock = Lock()
        self._users = 0
        self._retired = False

    def take(self) -> bool:
        """Count one user more, who sees the newest generation where nobody else is at work; False where it is retired."""
        with self._lock:
            if self._retired:
                return False
            if not self._users:
                self.collection.refresh()
            self._users += 1
            return True

    def give_back(self) -> None:
        """Count one user less."""
        with self._lock:
            self._users -= 1
            self._close_if_free()

    def retire(self) -> None:
        """Let those who use it finish, and nobody begin."""
        with self._lock:
            self._retired = True
            self._close_if_free()

    def _close_if_free(self) -> None:
        if self._retired and not self._users:
            self.collection.close()
