"""Sentence-transformers on torch: any model that it can load, by folder or by its name on a hub."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from index.embedding.embedder import Vectors
from index.errors import CollectionError
from index.models import LocatedModel

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 8
"""Texts in a batch: small batches of like length are the fastest on a CPU."""

PAD_TO = 32
"""Texts are padded to a multiple of so many tokens, so that a vector does not depend on the texts beside it."""


class TorchEncoder:
    """A sentence-transformers model on the CPU, loaded when it is first needed."""

    def __init__(self, located: LocatedModel) -> None:
        self._located = located

    @cached_property
    def dimensions(self) -> int:
        """Length of a vector."""
        return cast(int, self._model.get_embedding_dimension())

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dimensions), each of length one."""
        return self._embedded(list(texts), self._model.encode_document)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, dimensions), each of length one."""
        return self._embedded(list(texts), self._model.encode_query)

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
                    f"the embedding model {self._located.name!r} could not be loaded "
                    f"({type(error).__name__}: {_first_line(error)}); give the folder of a "
                    "sentence-transformers model, or no model at all for the one that is installed"
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
