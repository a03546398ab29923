"""BERT encoders run by OpenVINO: in bfloat16 where the processor has it, else in float32."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedding.bert import BertFolder, graph
from index.embedding.embedder import Vectors
from index.inference import Network

PAD_TO = 16
"""Texts are padded to a multiple of so many tokens, so that a vector does not depend on the texts beside it."""

BATCH_TOKENS = 1024
"""Tokens in a batch, padding included: its activations then stay in a core's cache."""

FEW = 4
"""So many batches are computed one after another by all processors, as a question is; more are computed side by side."""

Ids = Sequence[int]


class OpenVinoEncoder:
    """A BERT encoder, compiled when something is first embedded."""

    def __init__(self, folder: BertFolder) -> None:
        self._folder = folder

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._folder.dimensions

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dimensions), each of length one."""
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        if not len(texts):
            return vectors
        encoded = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        plan = list(batches([len(ids) for ids in encoded]))
        padded = (_padded([encoded[place] for place in places], length) for length, places in plan)
        network = self._in_turn if len(plan) <= FEW else self._side_by_side
        for (_, places), (computed,) in zip(plan, network.infer(padded), strict=True):
            vectors[places] = computed
        return vectors

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, dimensions), each of length one."""
        return self.documents(texts)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder.tokenizer))
        tokenizer.no_padding()
        tokenizer.enable_truncation(self._folder.most_tokens)
        return tokenizer

    @cached_property
    def _in_turn(self) -> Network:
        return self._compiled("LATENCY", ENABLE_HYPER_THREADING=True)

    @cached_property
    def _side_by_side(self) -> Network:
        return self._compiled("THROUGHPUT")

    def _compiled(self, hint: str, **settings: bool) -> Network:
        import openvino

        core = openvino.Core()
        precision = "bf16" if "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES") else "f32"
        wanted = {"PERFORMANCE_HINT": hint, "INFERENCE_PRECISION_HINT": precision, **settings}
        return Network(core.compile_model(graph(self._folder), "CPU", wanted))


def batches(sizes: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Places of texts with so many tokens, those padded to one length together, `BATCH_TOKENS` at a time."""
    by_length: dict[int, list[int]] = {}
    for place, size in enumerate(sizes):
        by_length.setdefault(-(-size // PAD_TO) * PAD_TO, []).append(place)
    for length, places in sorted(by_length.items(), reverse=True):
        room = max(1, BATCH_TOKENS // length)
        yield from ((length, places[first : first + room]) for first in range(0, len(places), room))


def _padded(texts: Sequence[Ids], length: int) -> dict[str, NDArray[np.int64]]:
    ids, mask = np.zeros((len(texts), length), np.int64), np.zeros((len(texts), length), np.int64)
    for row, text in enumerate(texts):
        ids[row, : len(text)], mask[row, : len(text)] = text, 1
    return {"input_ids": ids, "attention_mask": mask}
