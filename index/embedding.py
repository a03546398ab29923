"""Embedders: text to vectors of length one. Another backend is another class with these four members."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from index.errors import CollectionError
from index.models import fingerprint_of, resolve

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

BATCH = 8
"""Texts in a batch: small batches of like length are the fastest on a CPU."""

PAD_TO = 32
"""Texts are padded to a multiple of so many tokens, so that a vector does not depend on the texts beside it."""


class Embedder(Protocol):
    """Turns texts into vectors; the same text always gives the same vector, whatever is embedded with it."""

    @property
    def name(self) -> str:
        """The model's name or folder, as its user gave it."""

    @property
    def fingerprint(self) -> str:
        """A digest of all that the vectors depend on; cheap, and known before the model is loaded."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dimensions), each of length one."""

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimensions,), of length one."""


class SentenceTransformerEmbedder:
    """A sentence-transformers model on the CPU, loaded when it is first needed.

    `model` is a folder, the default's name (all-MiniLM-L6-v2, Reimers and Gurevych 2019, which comes with an installed
    package and needs no network) or a name known to a model hub. Raises CollectionError where it is out of reach.
    """

    def __init__(self, model: str | Path | None = None) -> None:
        self._located = resolve(model)

    @property
    def name(self) -> str:
        """The model's name or folder."""
        return self._located.name

    @cached_property
    def fingerprint(self) -> str:
        """A digest of the model's files and of what is done to its texts and vectors."""
        return fingerprint_of(self._located, settings=f"normalised pad{PAD_TO}")

    @cached_property
    def dimensions(self) -> int:
        """Length of a vector."""
        return cast(int, self._model.get_embedding_dimension())

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dimensions), each of length one."""
        return self._embedded(list(texts), self._model.encode_document)

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimensions,), of length one."""
        return cast(Vectors, self._embedded([text], self._model.encode_query)[0])

    def _embedded(self, texts: list[str], encode: Callable[..., Any]) -> Vectors:
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for batch in self._batches(texts):
            vectors[batch] = encode(
                [texts[place] for place in batch],
                batch_size=BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
                processing_kwargs={"text": {"pad_to_multiple_of": PAD_TO}},
            )
        return vectors

    def _batches(self, texts: Sequence[str]) -> Iterator[list[int]]:
        """Places of texts that are padded to the same length, at most `BATCH` at a time."""
        by_length: dict[int, list[int]] = {}
        for place, text in enumerate(texts):
            by_length.setdefault(-(-self._tokens(text) // PAD_TO), []).append(place)
        for _, places in sorted(by_length.items()):
            yield from (places[first : first + BATCH] for first in range(0, len(places), BATCH))

    def _tokens(self, text: str) -> int:
        limit = self._model.get_max_seq_length() or 512
        tokens = self._model.tokenizer(text, truncation=True, max_length=limit)["input_ids"]
        return len(tokens)

    @cached_property
    def _model(self) -> SentenceTransformer:
        with _quiet():
            from sentence_transformers import SentenceTransformer

            try:
                return SentenceTransformer(
                    str(self._located.load_from), device="cpu", local_files_only=self._located.local
                )
            except Exception as error:
                raise CollectionError(
                    f"the embedding model {self.name!r} could not be loaded ({type(error).__name__}: {_first_line(error)}); "
                    "give the folder of a sentence-transformers model, or no model at all for the one that is installed"
                ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """No progress bars for loading weights while the model is read."""
    from transformers.utils import logging

    bars: Any = logging
    shown = bars.is_progress_bar_enabled()
    bars.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            bars.enable_progress_bar()


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "")[:200]
