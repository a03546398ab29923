"""SQuAD 2.0 (Rajpurkar et al. 2018): the reader alone on paragraphs, a half of the official dev questions.

Exact match and F1 as the official script has them: a question that has no answer scores 1 when none is given.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from eval.bench.files import read_json, sample
from eval.bench.rows import BenchRow, rows_of
from eval.bench.running import Bench
from eval.intervals import Ratio
from eval.matching import exact_match, token_f1
from index import sentences
from qa.reading import Reader, Window

NAME = "squad"
WINDOW_CHARACTERS = 950
OVERLAP_SENTENCES = 1
PUBLISHED = {
    "EM": "0.789 (tinyroberta-squad2, full dev set)",
    "F1": "0.820 (tinyroberta-squad2, full dev set)",
}


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question about a paragraph with its accepted answers; none means that the paragraph does not answer."""

    question: str
    paragraph: str
    answers: tuple[str, ...]


def run(bench: Bench) -> list[BenchRow]:
    """EM and F1 over all questions, and over those with (HasAns) and without an answer (NoAns) apart."""
    questions = sample(load(bench), bench.limit, bench.seed)
    said: list[str] = []
    seconds: list[float] = []
    for asked in questions:
        begin = time.perf_counter()
        said.append(read_paragraph(bench.models.reader, asked))
        seconds.append(time.perf_counter() - begin)
    return rows_of(NAME, _metrics(questions, said), seed=bench.seed, seconds=seconds, published=PUBLISHED)


def load(bench: Bench) -> list[SquadQuestion]:
    """The questions of `dev-v2.0-half.json` in the file's order."""
    data = read_json(bench.folder(NAME) / "dev-v2.0-half.json")
    return [
        SquadQuestion(
            row["question"], paragraph["context"], tuple(answer["text"] for answer in row["answers"])
        )
        for article in data["data"]
        for paragraph in article["paragraphs"]
        for row in paragraph["qas"]
    ]


def read_paragraph(reader: Reader, asked: SquadQuestion) -> str:
    """The best span of the window most likely to answer; empty where none reaches the reader's own threshold."""
    cut = windows(asked.paragraph)
    readings = reader.read(asked.question, cut)
    best = max(range(len(cut)), key=lambda place: readings[place].answerable)
    reading = readings[best]
    if reading.answerable < reader.threshold or not reading.spans:
        return ""
    return cut[best].text[reading.spans[0].start : reading.spans[0].end]


def windows(paragraph: str, size: int = WINDOW_CHARACTERS) -> list[Window]:
    """Windows of whole sentences, at most `size` characters, each starting with the last sentence of the one before.

    A sentence that is longer than a window is cut.
    """
    spans = [part for found in sentences(paragraph) for part in _parts(found.start, found.end, size)] or [
        (0, len(paragraph))
    ]
    cut: list[Window] = []
    first = 0
    while True:
        last = first
        while last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= size:
            last += 1
        text = paragraph[spans[first][0] : spans[last][1]]
        cut.append(Window(text, 0, len(text)))
        if last + 1 == len(spans):
            return cut
        overlaps = last > first and spans[last + 1][1] - spans[last][0] <= size
        first = last + 1 - (OVERLAP_SENTENCES if overlaps else 0)


def _parts(start: int, end: int, size: int) -> list[tuple[int, int]]:
    return [(begin, min(begin + size, end)) for begin in range(start, end, size)]


def _metrics(questions: Sequence[SquadQuestion], said: Sequence[str]) -> dict[str, list[Ratio]]:
    metrics: dict[str, list[Ratio]] = {
        name: [] for name in ("EM", "F1", "HasAns EM", "HasAns F1", "NoAns accuracy")
    }
    for asked, answer in zip(questions, said, strict=True):
        has = bool(asked.answers)
        match, f1 = exact_match(answer, asked.answers or [""]), token_f1(answer, asked.answers or [""])
        metrics["EM"].append(Ratio(match, 1))
        metrics["F1"].append(Ratio(f1, 1))
        metrics["HasAns EM"].append(Ratio(match * has, has))
        metrics["HasAns F1"].append(Ratio(f1 * has, has))
        metrics["NoAns accuracy"].append(Ratio((not answer) * (not has), not has))
    return metrics
