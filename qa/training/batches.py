"""Tokenised examples and fixed, seeded batches of like length."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from qa.training.examples import Example

MAX_TOKENS = 256
UNKNOWN_SPAN = -1


@dataclass(frozen=True, slots=True)
class EncodedExample:
    """Token ids of `[CLS] question [SEP] passage [SEP]` and the answer's first and last token (0, 0 = none)."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    start: int
    end: int
    answerable: bool
    weight: float


def encode_examples(examples: Sequence[Example], tokenizer: Tokenizer, *, seed: int) -> list[EncodedExample]:
    """Examples as tokens, cut to MAX_TOKENS; an answer that is cut off is dropped with its example."""
    rng = random.Random(f"{seed}:answers")
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS, strategy="only_second")
    pairs = [(" ".join(example.question.split()[:60]), example.context) for example in examples]
    encoded: list[EncodedExample] = []
    for example, encoding in zip(examples, tokenizer.encode_batch(pairs), strict=True):
        start = end = 0 if example.located else UNKNOWN_SPAN
        if example.spans:
            place = _token_span(encoding, *rng.choice(example.spans))
            if place is None:
                continue
            start, end = place
        encoded.append(
            EncodedExample(
                tuple(encoding.ids), tuple(encoding.type_ids), start, end, example.answerable, example.weight
            )
        )
    return encoded


def _token_span(encoding: object, start: int, end: int) -> tuple[int, int] | None:
    first = encoding.char_to_token(start, 1)  # type: ignore[attr-defined]
    last = encoding.char_to_token(end - 1, 1)  # type: ignore[attr-defined]
    return None if first is None or last is None or last < first else (int(first), int(last))


def batch_plan(examples: Sequence[EncodedExample], *, size: int, seed: int) -> list[list[int]]:
    """Indexes in batches: shuffled, then sorted by length within chunks of 40 batches, then batches shuffled."""
    rng = random.Random(f"{seed}:batches")
    order = list(range(len(examples)))
    rng.shuffle(order)
    batches: list[list[int]] = []
    for begin in range(0, len(order), size * 40):
        chunk = sorted(order[begin : begin + size * 40], key=lambda index: (len(examples[index].ids), index))
        batches += [chunk[i : i + size] for i in range(0, len(chunk), size)]
    rng.shuffle(batches)
    return batches


def collate(batch: Sequence[EncodedExample]) -> dict[str, Tensor]:
    """A batch as tensors, padded to a multiple of 16 tokens; `allowed` marks passage tokens and the null span."""
    width = -(-max(len(example.ids) for example in batch) // 16) * 16
    ids, types, mask, allowed = (torch.zeros(len(batch), width, dtype=torch.long) for _ in range(4))
    for row, example in enumerate(batch):
        length = len(example.ids)
        ids[row, :length] = torch.tensor(example.ids)
        types[row, :length] = torch.tensor(example.types)
        mask[row, :length] = 1
        allowed[row, : length - 1] = torch.tensor(example.types[: length - 1])
        allowed[row, 0] = 1
    return {
        "input_ids": ids,
        "attention_mask": mask,
        "token_type_ids": types,
        "allowed": allowed.bool(),
        "starts": torch.tensor([example.start for example in batch]),
        "ends": torch.tensor([example.end for example in batch]),
        "answerable": torch.tensor([float(example.answerable) for example in batch]),
        "weights": torch.tensor([example.weight for example in batch]),
    }
