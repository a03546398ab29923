"""What the reader sees in each stage of its training."""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from pathlib import Path

from qa.reading import Reader, Window
from qa.training.examples import Example, load_examples, sentence_selection_examples, window_around_answer
from qa.training.negatives import neighbour_passage_negatives, other_window_negatives, swapped_word_negatives
from qa.training.swaps import still_marked, swapped_in_passage
from qa.training.written import FREELY_WORDED, NEAR_MISSES_ONLY, event_examples, near_miss_examples

log = logging.getLogger("qa.training")

NATURAL = frozenset({"squad_v2", "adversarial_qa", "qed_nq", "timeqa"})
"""Sets whose questions people asked or wrote to be hard; they are worth repeating."""

SWAPPED_PAIRS = 20_000
MARKED_FROM = -1.5
"""A swapped question counts as hard when the reader's answerability logit for it is above this."""


def prepared_mix(data: Path, encoder: Path, *, seed: int, limit: int | None) -> list[Example]:
    """Stage one: the prepared files, SelQA, and negatives from elsewhere made of them."""
    base = load_examples(data, seed=seed, limit=limit)
    share = len(base) / 50_000
    made = [
        *neighbour_passage_negatives(base, encoder, seed=seed, limit=int(8000 * share)),
        *swapped_word_negatives(base, seed=seed, limit=int(3000 * share)),
        *other_window_negatives(base, seed=seed, limit=int(3000 * share)),
        *sentence_selection_examples(data / "selqa_sentence_selection.jsonl.gz", seed=seed)[
            : int(4600 * share)
        ],
    ]
    log.info("%d prepared rows, %d made from them", len(base), len(made))
    return _cropped([*base, *made], seed)


def hard_swaps(data: Path, reader: Reader, *, seed: int, limit: int | None) -> list[Example]:
    """Questions with a name or counted thing of their passage swapped in, for which `reader` keeps its answer."""
    answered = _cropped(load_examples(data, seed=seed, limit=limit), seed)
    pairs = swapped_in_passage(answered, seed=seed, limit=SWAPPED_PAIRS)

    def find(asked: Sequence[tuple[str, str]]) -> list[tuple[int, int] | None]:
        places: list[tuple[int, int] | None] = []
        for question, context in asked:
            (reading,) = reader.read(question, [Window(context, 0, len(context))])
            marked = reading.spans and reading.answerable > MARKED_FROM
            places.append((reading.spans[0].start, reading.spans[0].end) if marked else None)
        return places

    hard = still_marked(pairs, find)
    log.info("%d of %d swapped questions are still answered as before", len(hard), len(pairs))
    return hard


def swapped_mix(data: Path, hard: Sequence[Example], *, seed: int, limit: int | None) -> list[Example]:
    """Stage two: hard swaps and hand-written near misses, beside as many prepared rows."""
    rng = random.Random(f"{seed}:swapped")
    answered, unanswered, natural = _prepared(data, seed, limit)
    return _cropped(
        [
            *_some(hard, 7000, rng),
            *_some(near_miss_examples(data, held_out=False, which=NEAR_MISSES_ONLY), 3200, rng),
            *_some(answered, 13_000, rng),
            *natural,
            *_some(unanswered, 4000, rng),
        ],
        seed,
    )


def written_mix(data: Path, hard: Sequence[Example], *, seed: int, limit: int | None) -> list[Example]:
    """A round of stage three: the hand-written events, with some of what came before."""
    rng = random.Random(f"{seed}:written")
    answered, unanswered, natural = _prepared(data, seed, limit)
    return _cropped(
        [
            *event_examples(held_out=False),
            *_some(near_miss_examples(data, held_out=False, which=NEAR_MISSES_ONLY), 1000, rng),
            *_some(natural, 1100, rng),
            *_some(answered, 600, rng),
            *_some(hard, 500, rng),
            *_some(unanswered, 200, rng),
        ],
        seed,
    )


def near_miss_mix(data: Path, hard: Sequence[Example], *, seed: int, limit: int | None) -> list[Example]:
    """Stage four: the hand-written near misses, with some of what came before."""
    rng = random.Random(f"{seed}:near misses")
    answered, _, natural = _prepared(data, seed, limit)
    return _cropped(
        [
            *near_miss_examples(data, held_out=False, which=NEAR_MISSES_ONLY),
            *_some(event_examples(held_out=False), 5000, rng),
            *_some(natural, 800, rng),
            *_some(answered, 500, rng),
            *_some(hard, 300, rng),
        ],
        seed,
    )


def free_wording_mix(data: Path, hard: Sequence[Example], *, seed: int, limit: int | None) -> list[Example]:
    """Stage five: questions that share few words with the passages that answer them, with some of what came before."""
    rng = random.Random(f"{seed}:free wording")
    answered, _, natural = _prepared(data, seed, limit)
    return _cropped(
        [
            *near_miss_examples(data, held_out=False, which=FREELY_WORDED),
            *_some(near_miss_examples(data, held_out=False, which=NEAR_MISSES_ONLY), 3000, rng),
            *_some(event_examples(held_out=False), 4000, rng),
            *_some(natural, 1200, rng),
            *_some(answered, 800, rng),
            *_some(hard, 400, rng),
        ],
        seed,
    )


def once_more_mix(data: Path, encoder: Path, *, seed: int, limit: int | None) -> list[Example]:
    """Stage six: all kinds once more, prepared rows above all, which the stages before have made the reader forget."""
    rng = random.Random(f"{seed}:once more")
    prepared = prepared_mix(data, encoder, seed=seed + 16, limit=limit)
    crowd = [example for example in prepared if example.dataset == "qamr"]
    written = [
        *_some(near_miss_examples(data, held_out=False, which=NEAR_MISSES_ONLY), 8000, rng),
        *_some(near_miss_examples(data, held_out=False, which=FREELY_WORDED), 7000, rng),
        *_some(event_examples(held_out=False), 12_000, rng),
    ]
    return [
        *_some([example for example in prepared if example.dataset != "qamr"], 26_000, rng),
        *_some(crowd, 5000, rng),
        *_cropped(written, seed),
    ]


def _prepared(data: Path, seed: int, limit: int | None) -> tuple[list[Example], list[Example], list[Example]]:
    base = load_examples(data, seed=seed, limit=limit)
    answered = [example for example in base if example.spans]
    return (
        answered,
        [example for example in base if not example.spans],
        [example for example in answered if example.dataset in NATURAL],
    )


def _some(examples: Sequence[Example], count: int, rng: random.Random) -> list[Example]:
    return rng.sample(list(examples), min(count, len(examples)))


def _cropped(examples: Sequence[Example], seed: int) -> list[Example]:
    rng = random.Random(f"{seed}:crop")
    return [window_around_answer(example, rng) for example in examples]
