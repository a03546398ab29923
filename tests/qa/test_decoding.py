import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.decoding import MAX_ANSWER_TOKENS, MAX_SPANS, best_spans
from qa.reading.model import Window

WORDS = ["he", "sent", "3,000", "men", "and", "then", "12,000", "men", "more"]
TEXT = " ".join(WORDS)


def token_offsets():
    places, at = [(0, 0), (0, 0)], 0
    for word in WORDS:
        places.append((at, at + len(word)))
        at += len(word) + 1
    return places


def scores(**high):
    values = np.zeros(len(WORDS) + 2, np.float32)
    for place, value in high.items():
        values[int(place[1:])] = value
    return values


PASSAGE = np.array([False, False] + [True] * len(WORDS))


def test_the_best_spans_come_first_and_do_not_overlap():
    spans = best_spans(
        scores(_4=6, _8=5), scores(_5=6, _9=5), token_offsets(), PASSAGE, Window(TEXT, 0, len(TEXT))
    )
    assert [TEXT[span.start : span.end] for span in spans[:2]] == ["3,000 men", "12,000 men"]
    assert spans[0].score == 12


def test_a_mark_alone_is_no_answer():
    words = ["“", "we", "left", "”", "."]
    text, at, offsets = "".join(words), 0, [(0, 0)]
    for word in words:
        offsets.append((at, at + len(word)))
        at += len(word)
    high = np.array([0, 9, 2, 1, 0, 9], np.float32)
    passage = np.array([False] + [True] * len(words))
    spans = best_spans(high, high, offsets, passage, Window(text, 0, len(text)))
    assert spans and all(any(map(str.isalnum, text[span.start : span.end])) for span in spans)


def test_scores_are_margins_over_the_null_span():
    start, end = scores(_0=2, _4=6), scores(_0=3, _4=6)
    assert best_spans(start, end, token_offsets(), PASSAGE, Window(TEXT, 0, len(TEXT)))[0].score == 7


def test_context_outside_the_passage_is_never_marked():
    window = Window(TEXT, TEXT.index("and"), len(TEXT))
    spans = best_spans(scores(_4=6), scores(_4=6), token_offsets(), PASSAGE, window)
    assert all(span.start >= window.answer_from for span in spans)


@given(st.lists(st.floats(-9, 9, width=32), min_size=22, max_size=22), st.integers(0, 40), st.integers(1, 41))
def test_whatever_the_scores_spans_lie_in_the_window_sorted_and_apart(values, low, high):
    low, high = min(low, high - 1), max(low + 1, min(high, len(TEXT)))
    start, end = np.array(values[:11], np.float32), np.array(values[11:], np.float32)
    offsets = token_offsets()
    spans = best_spans(start, end, offsets, PASSAGE, Window(TEXT, low, high))
    assert len(spans) <= MAX_SPANS
    assert [span.score for span in spans] == sorted((span.score for span in spans), reverse=True)
    for place, span in enumerate(spans):
        assert low <= span.start < span.end <= high
        assert len(TEXT[span.start : span.end].split()) <= MAX_ANSWER_TOKENS
        assert all(span.end <= other.start or other.end <= span.start for other in spans[:place])
