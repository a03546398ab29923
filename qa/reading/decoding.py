"""From start and end scores of tokens to the answers of one window."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.reading.model import Span, Window

MAX_ANSWER_TOKENS = 40
MAX_SPANS = 8
MOST_CONSIDERED = 400


def best_spans(
    start: NDArray[np.float32],
    end: NDArray[np.float32],
    offsets: Sequence[tuple[int, int]],
    passage: NDArray[np.bool_],
    window: Window,
) -> tuple[Span, ...]:
    """The best answers of a window, scored start + end - null (arXiv 1810.04805), none overlapping a better one.

    None is without a letter or digit. `offsets` give each token's characters in the window's text, `passage` marks
    the tokens of that text.
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
    best = _first(scores.ravel(), MOST_CONSIDERED)
    characters = np.array([offsets[int(place)] for place in places])
    first, last = characters[best // places.size, 0], characters[best % places.size, 1]
    spans: list[Span] = []
    while best.size and len(spans) < MAX_SPANS:
        span = Span(int(first[0]), int(last[0]), float(scores.flat[best[0]]))
        worded = any(character.isalnum() for character in window.text[span.start : span.end])
        if worded:
            spans.append(span)
        apart = (last <= span.start) | (first >= span.end) | (not worded)
        apart[0] = False
        best, first, last = best[apart], first[apart], last[apart]
    return tuple(spans)


def _first(scores: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    """The places of the `most` best finite scores, best first, then by place."""
    places = np.flatnonzero(np.isfinite(scores))
    found = scores[places]
    if places.size > most:
        # Only what may be among the first is put in order.
        keep = found >= np.partition(found, -most)[-most]
        places, found = places[keep], found[keep]
    return places[np.argsort(-found, kind="stable")[:most]]
