"""What an embedder is, and the one that chooses how to run a sentence-transformers model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from index.models import fingerprint_of, resolve

Vectors = NDArray[np.float32]
Backend = Literal["auto", "openvino", "torch"]

_SETTINGS = "normalised pad32"
"""What is done to texts and vectors. Padding and number format have changed since; the vectors are near enough the same."""


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


class Encoder(Protocol):
    """A loaded model."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dimensions), each of length one."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, dimensions), each of length one."""


class SentenceTransformerEmbedder:
    """A sentence-transformers model on the CPU, loaded when it is first needed.

    `model` is a folder, the default's name (all-MiniLM-L6-v2, Reimers and Gurevych 2019, which comes with an installed
    package and needs no network) or a name known to a model hub. `backend` is what runs it: for "auto", OpenVINO
    where the model is a BERT encoder in a folder, else sentence-transformers on torch; both give the same vectors but
    for rounding. Raises CollectionError where the model is out of reach, or where OpenVINO is asked for and cannot run it.
    """

    def __init__(self, model: str | Path | None = None, *, backend: Backend = "auto") -> None:
        self._located = resolve(model)
        self._backend = backend

    @property
    def name(self) -> str:
        """The model's name or folder."""
        return self._located.name

    @cached_property
    def fingerprint(self) -> str:
        """A digest of the model's files and of what is done to its texts and vectors."""
        return fingerprint_of(self._located, settings=_SETTINGS)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._encoder.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dimensions), each of length one."""
        return self._encoder.documents(texts)

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimensions,), of length one."""
        return cast(Vectors, self._encoder.queries([text])[0])

    @cached_property
    def _encoder(self) -> Encoder:
        if self._backend != "torch" and self._located.local:
            from index.embedding.bert import BertFolder, unsuitable

            reason = unsuitable(Path(self._located.load_from))
            if reason is None:
                from index.embedding.openvino_backend import OpenVinoEncoder

                return OpenVinoEncoder(BertFolder(Path(self._located.load_from)))
        else:
            reason = "its files are not in a folder"
        if self._backend == "openvino":
            from index.errors import CollectionError

            raise CollectionError(
                f"OpenVINO cannot run the embedding model {self.name!r} here ({reason}); leave the backend to be chosen"
            )
        from index.embedding.torch_backend import TorchEncoder

        return TorchEncoder(self._located)
