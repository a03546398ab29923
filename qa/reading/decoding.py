"""From start and end scores of tokens to the answers of one window."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.reading.model import Span, Window

MAX_ANSWER_TOKENS = 40
MAX_SPANS = 8


def best_spans(
    start: NDArray[np.float32],
    end: NDArray[np.float32],
    offsets: Sequence[tuple[int, int]],
    passage: NDArray[np.bool_],
    window: Window,
) -> tuple[Span, ...]:
    """The best answers of a window, scored start + end - null (arXiv 1810.04805), none overlapping a better one.

    `offsets` give each token's characters in the window's text, `passage` marks the tokens of that text.
    """
    allowed = np.array(
        [
            bool(inside) and last > first and first >= window.answer_from and last <= window.answer_to
            for inside, (first, last) in zip(passage, offsets, strict=True)
        ]
    )
    places = np.flatnonzero(allowed)
    if places.size == 0:
        return ()
    null = float(start[0]) + float(end[0])
    scores = start[places][:, None] + end[places][None, :] - null
    distance = places[None, :] - places[:, None]
    scores = np.where((distance >= 0) & (distance < MAX_ANSWER_TOKENS), scores, -np.inf)
    order = np.argsort(-scores, axis=None, kind="stable")[:400]
    spans: list[Span] = []
    for flat in order:
        row, column = divmod(int(flat), places.size)
        score = float(scores[row, column])
        if not np.isfinite(score) or len(spans) == MAX_SPANS:
            break
        first, last = offsets[int(places[row])][0], offsets[int(places[column])][1]
        if all(last <= span.start or first >= span.end for span in spans):
            spans.append(Span(first, last, score))
    return tuple(spans)
