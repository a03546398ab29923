"""Any Hugging Face extractive question-answering model as a reader, by name or folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from qa.errors import ReaderError
from qa.reading.decoding import best_spans
from qa.reading.model import Reading, Window

MAX_TOKENS = 384


class HuggingFaceReader:
    """A model trained on SQuAD 2.0 or the like; a window answers when its best span beats the null span.

    `threshold` is on the margin best span - null, 0 as such models are trained. Raises ReaderError when the model
    is neither a folder nor to be had from the hub.
    """

    threshold = 0.0

    def __init__(self, name_or_folder: str) -> None:
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        self.name = name_or_folder
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(name_or_folder)
            self._model: Any = AutoModelForQuestionAnswering.from_pretrained(name_or_folder).eval()
        except (OSError, ValueError) as error:
            raise ReaderError(
                f"reader model '{name_or_folder}' cannot be loaded: give a folder that holds it, or a name with the hub in reach"
            ) from error

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """One Reading for each window, in order; windows are read one by one, so that scores do not move."""
        return [self._read_one(question, window) for window in windows]

    def _read_one(self, question: str, window: Window) -> Reading:
        import torch

        encoding = self._tokenizer(
            question,
            window.text,
            truncation="only_second",
            max_length=MAX_TOKENS,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        offsets = [(int(first), int(last)) for first, last in encoding.pop("offset_mapping")[0].tolist()]
        passage = np.array([sequence == 1 for sequence in encoding.sequence_ids(0)])
        with torch.inference_mode():
            output = self._model(**encoding)
        start, end = output.start_logits[0].float().numpy(), output.end_logits[0].float().numpy()
        spans = best_spans(start, end, offsets, passage, window)
        return Reading(spans[0].score if spans else -20.0, spans)
