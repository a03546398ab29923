"""Training examples written for the reader by hand: near-miss questions on known passages, and invented events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qa.training.examples import WINDOW_CHARACTERS, Example, read_rows

DATA = Path(__file__).parent / "data"
NEAR_MISSES = DATA / "near_misses.jsonl"
EVENTS = DATA / "events.jsonl"
HELD_OUT_EVERY, HELD_OUT_BLOCK = 10, range(480, 520)
"""Every tenth event, and one block of them, are kept out of training, to calibrate and choose by."""

FIRST_HELD_OUT = 800
"""Every tenth passage with near misses is too, from here on."""

NEAR_MISSES_ONLY, FREELY_WORDED = slice(3697), slice(3697, None)
"""To the later passages questions were written that share few words with them, answered ones above all."""


def near_miss_examples(
    prepared: Path, *, held_out: bool, which: slice = slice(None), path: Path = NEAR_MISSES
) -> list[Example]:
    """The questions that known passages answer or only seem to; the passages are looked up in `prepared`."""
    lines = [
        line
        for number, line in list(enumerate(_lines(path)))[which]
        if (number >= FIRST_HELD_OUT and number % HELD_OUT_EVERY == 0) == held_out
    ]
    wanted = {(line["file"], line["row"]) for line in lines}
    contexts = {
        (stem, row["id"]): row["context"]
        for stem in sorted({stem for stem, _ in wanted})
        for row in read_rows(prepared / f"{stem}.jsonl.gz")
        if (stem, row["id"]) in wanted
    }
    examples: list[Example] = []
    for line in lines:
        context = contexts[line["file"], line["row"]]
        for question in line["unanswerable"]:
            examples.append(Example(question, context, (), False, 1.0, "near_misses"))
        for question, start, end in line["answered"]:
            examples.append(Example(question, context, ((start, end),), True, 1.0, "near_misses"))
    return examples


def event_examples(*, held_out: bool, path: Path = EVENTS) -> list[Example]:
    """One example for each question and passage of an event; passages read as the reader sees them, title first."""
    return [example for event in written_events(held_out=held_out, path=path) for example in _event(event)]


def written_events(*, held_out: bool, path: Path = EVENTS) -> list[dict[str, Any]]:
    """The events for training, or those kept out of it: passages, and questions with the answers in each passage."""
    return [
        event
        for number, event in enumerate(_lines(path))
        if (number % HELD_OUT_EVERY == 0 or number in HELD_OUT_BLOCK) == held_out
    ]


def _event(event: dict[str, Any]) -> Iterator[Example]:
    for asked in event["questions"]:
        for place, (passage, answers) in enumerate(zip(event["passages"], asked["answers"], strict=True)):
            # one passage in four is read without its title, as one further down in an article often is
            lead = "" if place == len(asked["question"]) % 4 else f"{passage['title']}.\n"
            context = (lead + passage["text"])[:WINDOW_CHARACTERS]
            starts = [(context.find(answer, len(lead)), answer) for answer in answers]
            spans = tuple((start, start + len(answer)) for start, answer in starts if start >= 0)
            if bool(spans) == bool(answers):
                yield Example(asked["question"], context, spans, bool(spans), 1.0, "events")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
