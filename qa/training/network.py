"""The reader's network: an encoder with a span head and an answerability head."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel


class ReaderNetwork(nn.Module):
    """Scores every token as start and end of the answer, and the whole passage as answering.

    The [CLS] position is the null span, as in BERT's SQuAD 2.0 model (arXiv 1810.04805, section 4.3); the
    answerability head, trained beside it, reads the same position (as in Retro-Reader, arXiv 2001.09694).
    """

    def __init__(self, encoder: PreTrainedModel) -> None:
        super().__init__()
        self.encoder = encoder
        width = int(encoder.config.hidden_size)
        self.span = nn.Linear(width, 2)
        self.answerable = nn.Linear(width, 1)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Start logits, end logits (batch, tokens) and answerability logits (batch,)."""
        hidden = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        start, end = self.span(hidden).unbind(dim=-1)
        return start, end, self.answerable(hidden[:, 0]).squeeze(-1)


def reader_loss(
    outputs: tuple[Tensor, Tensor, Tensor],
    starts: Tensor,
    ends: Tensor,
    answerable: Tensor,
    weights: Tensor,
    allowed: Tensor,
) -> Tensor:
    """Weighted mean of span cross-entropy (null span = position 0; -1 = no span known) and answerability."""
    start_logits, end_logits, answerable_logits = (part.float() for part in outputs)
    start_logits = start_logits.masked_fill(~allowed, -1e4)
    end_logits = end_logits.masked_fill(~allowed, -1e4)
    span = nn.functional.cross_entropy(start_logits, starts, ignore_index=-1, reduction="none")
    span = (span + nn.functional.cross_entropy(end_logits, ends, ignore_index=-1, reduction="none")) / 2
    decision = nn.functional.binary_cross_entropy_with_logits(answerable_logits, answerable, reduction="none")
    return torch.sum((span + 0.5 * decision) * weights) / torch.sum(weights)
