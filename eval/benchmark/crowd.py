"""A crowd of users who ask a served chat at once: how long they wait, whether each gets the right answer, and the memory."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock
from typing import Any

import numpy as np

from eval.benchmark.peers import kilobytes

PATIENCE = 600.0
FIRST_DAY = date(2900, 1, 1)
"""Each question is asked up to another day after all articles, so that no answer is one that is remembered."""

MEMORY_SAMPLES = 5

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CrowdFigures:
    """What a crowd met: seconds for an answer, answers that were not the right one, and the server's memory over time.

    `memory_mb` holds at most MEMORY_SAMPLES readings, the first before and the last after all questions; empty where the
    system does not tell.
    """

    users: int
    questions: int
    wrong: int
    median_seconds: float
    p95_seconds: float
    most_seconds: float
    seconds: float
    memory_mb: tuple[float, ...]


def crowd(address: str, expected: Mapping[str, Answer], *, users: int, each: int, pid: int) -> CrowdFigures:
    """Each of `users` asks `each` questions one after the other over the HTTP API at `address`, all users at once.

    `expected` holds the right answer to each question that is asked; `pid` is the server's process. Before the clock runs,
    one question is asked, so that the models are loaded.
    """
    questions = list(expected)
    _ask(address, questions[0], FIRST_DAY)
    waits: list[float] = []
    wrong: list[str] = []
    memory = [_memory_mb(pid)]
    total, lock = users * each, Lock()
    between = -(-total // (MEMORY_SAMPLES - 1))

    def use(user: int) -> None:
        for turn in range(each):
            place = user * each + turn
            question = questions[place % len(questions)]
            begin = time.perf_counter()
            answer = _ask(address, question, FIRST_DAY + timedelta(days=1 + place))
            waited = time.perf_counter() - begin
            with lock:
                waits.append(waited)
                if _without_generation(answer) != _without_generation(expected[question]):
                    wrong.append(question)
                if len(waits) % between == 0 and len(waits) < total:
                    memory.append(_memory_mb(pid))

    begin = time.perf_counter()
    with ThreadPoolExecutor(users) as pool:
        list(pool.map(use, range(users)))
    seconds = time.perf_counter() - begin
    memory.append(_memory_mb(pid))
    return CrowdFigures(
        users,
        len(waits),
        len(wrong),
        float(np.median(waits)),
        float(np.percentile(waits, 95)),
        max(waits),
        seconds,
        tuple(reading for reading in memory if reading is not None),
    )


def expected_answers(
    ask: Callable[[str], Answer], questions: Sequence[str], wanted: int
) -> dict[str, Answer]:
    """The right answers to the first `wanted` of the questions, each asked alone; white space in them is made even."""
    chosen = list(dict.fromkeys(" ".join(question.split()) for question in questions))[:wanted]
    return {question: ask(question) for question in chosen}


def _ask(address: str, question: str, until: date) -> Answer:
    """The answer by Gradio's HTTP API: a call that is taken, and a stream that ends with its result."""
    calls = f"{address.rstrip('/')}/gradio_api/call/ask"
    data = json.dumps({"data": [question, "", None, None, until.isoformat(), None]}).encode()
    asked = urllib.request.Request(calls, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=PATIENCE) as taken:
        event = json.load(taken)["event_id"]
    with urllib.request.urlopen(f"{calls}/{event}", timeout=PATIENCE) as told:
        stream = told.read().decode()
    _, ended, result = stream.partition("event: complete\ndata: ")
    if not ended:
        raise RuntimeError(f"the chat gave no answer to {question!r}: {stream[-200:]}")
    answer: Answer = json.loads(json.loads(result)[0])
    return answer


def _without_generation(answer: Answer) -> dict[str, Any]:
    """The answer without the name of the collection's generation, which is another for each collection."""
    searched = {key: value for key, value in answer["searched"].items() if key != "generation"}
    return {**answer, "searched": searched}


def _memory_mb(pid: int) -> float | None:
    """What a process holds in memory, in MB (10^6 bytes); None where the system does not tell."""
    held = kilobytes("VmRSS", pid)
    return None if held is None else held * 1024 / 1e6
