"""A small real embedder for tests: words hashed into directions, so that texts with the same words are near."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 32


class HashingEmbedder:
    """Sums one pseudo-random direction a word; `seed` makes another model of it, `calls` counts texts."""

    def __init__(self, seed: int = 0) -> None:
        self.name = f"hashing-{seed}"
        self.fingerprint = f"hashing-{seed}-{DIMENSIONS}"
        self.dimensions = DIMENSIONS
        self.seed = seed
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded.extend(texts)
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        total = np.ones(DIMENSIONS, dtype=np.float32) / 100
        for word in text.lower().split():
            digest = hashlib.sha256(f"{self.seed}:{word}".encode()).digest()
            total += np.frombuffer(digest, dtype=np.uint8).astype(np.float32) - 127.5
        return total / np.linalg.norm(total)
