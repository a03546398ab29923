"""Training examples: reading the prepared files, weighing them, and cutting long passages to a window."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

WINDOW_CHARACTERS = 950
"""Longest context given to the network; about 220 tokens, so that question and passage fit 256."""

SOURCES: dict[str, tuple[float, float]] = {
    # file stem: (share of its rows that is used, weight of one row in the loss)
    "squadshifts_amazon": (1.0, 1.0),
    "squadshifts_reddit": (1.0, 1.0),
    "qamr": (1.0, 0.7),
    "adversarial_qa": (1.0, 1.0),
    "squad_v2": (1.0, 1.5),
    "quoref": (1.0, 0.7),
    "qed_nq": (1.0, 1.0),
    "covidqa": (1.0, 0.7),
    "timeqa": (1.0, 0.8),
    "tatqa": (1.0, 0.8),
    "synthetic_unanswerable": (1.0, 0.8),
}
"""DuoRC is left out (part of its text may be reserved), PolicyQA and loose QAMR are too noisy."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with a passage: `spans` are character ranges of its answers, empty when it has none.

    `located` is False where the passage is known to answer but the place is not.
    """

    question: str
    context: str
    spans: tuple[tuple[int, int], ...]
    answerable: bool
    weight: float
    dataset: str
    located: bool = True

    def __post_init__(self) -> None:
        if self.located and self.answerable != bool(self.spans):
            raise ValueError(
                f"answerable is {self.answerable} but there are {len(self.spans)} spans: {self.question!r}"
            )


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def load_examples(folder: Path, *, seed: int, limit: int | None = None) -> list[Example]:
    """All training rows of `folder`, as SOURCES weighs them; answers whose place was guessed are left out."""
    chosen: list[Example] = []
    for stem, (share, weight) in SOURCES.items():
        rng = random.Random(f"{seed}:{stem}")
        for row in read_rows(folder / f"{stem}.jsonl.gz"):
            if row["dataset"] == "duorc" or row.get("answer_occurrences", 1) > 1 or rng.random() >= share:
                continue
            chosen.append(to_example(row, weight))
    random.Random(seed).shuffle(chosen)
    return chosen[:limit]


def to_example(row: dict[str, Any], weight: float = 1.0) -> Example:
    """One row of the prepared files as an Example."""
    spans = tuple((answer["start"], answer["start"] + len(answer["text"])) for answer in row["answers"])
    return Example(row["question"], row["context"], spans, bool(spans), weight, row["dataset"])


def sentence_selection_examples(path: Path, *, seed: int) -> list[Example]:
    """Two examples for each SelQA row: a window with an answering sentence, and the section without any."""
    rng = random.Random(f"{seed}:selqa")
    examples: list[Example] = []
    for row in read_rows(path):
        sentences, answering = row["candidates"], set(row["answer_sentences"])
        if not answering:
            continue
        centre = rng.choice(sorted(answering))
        first = max(0, centre - rng.randint(0, 3))
        window = " ".join(sentences[first : centre + rng.randint(1, 4)])[:WINDOW_CHARACTERS]
        examples.append(Example(row["question"], window, (), True, 0.8, "selqa", located=False))
        others = [sentence for place, sentence in enumerate(sentences) if place not in answering and sentence]
        if len(others) >= 2:
            begin = rng.randrange(max(1, len(others) - 4))
            text = " ".join(others[begin : begin + 5])[:WINDOW_CHARACTERS]
            examples.append(Example(row["question"], text, (), False, 0.8, "selqa"))
    return examples


def window_around_answer(example: Example, rng: random.Random) -> Example:
    """The example cut to WINDOW_CHARACTERS, at the start of a sentence, around one of its answers."""
    if len(example.context) <= WINDOW_CHARACTERS:
        return example
    if not example.spans:
        begin = _sentence_start(example.context, rng.randrange(len(example.context) - WINDOW_CHARACTERS + 1))
        return replace(example, context=example.context[begin : begin + WINDOW_CHARACTERS])
    start, end = rng.choice(example.spans)
    earliest = max(0, end - WINDOW_CHARACTERS + 60)
    latest = max(earliest, min(start - 60, len(example.context) - WINDOW_CHARACTERS), 0)
    begin = min(_sentence_start(example.context, rng.randint(earliest, max(earliest, latest))), max(0, start))
    begin = begin if end <= begin + WINDOW_CHARACTERS else max(0, end - WINDOW_CHARACTERS + 20)
    begin = min(begin, start)
    kept = tuple(
        (s - begin, e - begin) for s, e in example.spans if s >= begin and e <= begin + WINDOW_CHARACTERS
    )
    if not kept:
        return replace(example, context=example.context[start:end], spans=((0, end - start),))
    return replace(example, context=example.context[begin : begin + WINDOW_CHARACTERS], spans=kept)


def _sentence_start(text: str, place: int) -> int:
    boundary = text.find(". ", place, place + 200)
    return boundary + 2 if boundary >= 0 else place
