"""Systems on one task in turn, each step in a process of its own: medians over rounds, with the spread."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from eval.benchmark import peers
from eval.benchmark.installed import Package, packages
from eval.benchmark.ours import COMPARING, OURS
from eval.errors import BenchError
from index import Article
from index.articles import retrieval_text
from index.models import resolve
from index.passages import PassageSettings, split

DEPTH = 10
HOURS = 2
MOST_TOKENS = 256
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of what was measured in each round, with the least and the most."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """The spread of at least one value."""
        return cls(float(np.median(values)), float(min(values)), float(max(values)))


@dataclass(slots=True)
class SystemFigures:
    """What one system needed; a figure that was not measured is missing. `problem` says why it could not be run.

    `passages_per_second` counts from the passages to the index saved on disk, loading of the model included, and
    `passages_per_cpu_second` the processors' time from the start of the process, which others on the machine disturb
    less. The first question of a new process ends after `cold_seconds`; `median_ms` and `p95_ms` are of those after it.
    `package` is the package that gives the system its name, and `installed_mb` what it takes with all that it requires.
    """

    name: str
    problem: str | None = None
    package: Package | None = None
    installed_mb: float | None = None
    rounds: dict[str, list[float]] = field(default_factory=dict)

    def note(self, figures: dict[str, float]) -> None:
        """Add the figures of a round."""
        for name, value in figures.items():
            self.rounds.setdefault(name, []).append(value)

    def spread(self, name: str) -> Spread | None:
        """The spread of a figure over the rounds."""
        return Spread.of(self.rounds[name]) if self.rounds.get(name) else None

    def to_dict(self) -> dict[str, Any]:
        """The figures as JSON values."""
        return {
            "name": self.name, "problem": self.problem, "rounds": self.rounds, "installed_mb": self.installed_mb,
            "version": self.package and self.package.version, "licence": self.package and self.package.licence,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """The articles to index and the questions to ask, of which there must be two: the first of a process is cold."""

    articles: Sequence[Article]
    questions: Sequence[str]

    def __post_init__(self) -> None:
        if len(self.questions) < 2 or not self.articles:
            raise BenchError(
                f"{len(self.articles)} articles and {len(self.questions)} questions: give 1 and 2 at least"
            )

    def passages(self) -> list[str]:
        """The texts that are embedded, the same for every system."""
        settings = PassageSettings()
        return [
            retrieval_text(article, passage)
            for article in self.articles
            for passage in split(article, settings)
        ]

    def tokens(self) -> float:
        """Tokens of a passage at the mean, as the default model counts them."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(Path(resolve(None).load_from) / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(MOST_TOKENS)
        return float(np.mean([len(encoding.ids) for encoding in tokenizer.encode_batch(self.passages())]))

    def values(self) -> dict[str, Any]:
        """The task as JSON values."""
        articles = [
            {"id": one.id, "name": one.name, "text": one.text, "title": one.title} for one in self.articles
        ]
        model = resolve(None).load_from
        return {
            "articles": articles, "passages": self.passages(), "questions": list(self.questions), "model": model, "depth": DEPTH,
        }  # fmt: skip


def race(
    task: Task,
    *,
    rounds: int = 3,
    peers_python: Path | None = None,
    names: Iterable[str] | None = None,
    on_run: Callable[[str], None] = lambda run: None,
) -> list[SystemFigures]:
    """The figures of Everysource, and of its peers where `peers_python` is an interpreter that has them.

    In each round every system builds and is then asked, in turn. A system that fails is left out of later rounds.
    """
    known = (*OURS, *(peers.PEERS if peers_python else ()))
    chosen = list(names or known)
    if unknown := [name for name in chosen if name not in known]:
        raise BenchError(
            f"no system is called {unknown[0]!r}; there are {', '.join(known)} (peers need their interpreter)"
        )
    figures = {name: _described(name, peers_python) for name in chosen}
    values = task.values()
    for number in range(1, rounds + 1):
        with tempfile.TemporaryDirectory(prefix="everysource-benchmark-") as folder:
            for made in (made for made in figures.values() if made.problem is None):
                on_run(f"round {number} of {rounds}: {made.name}")
                _run(made, values, Path(folder), peers_python)
    return list(figures.values())


def _described(name: str, peers_python: Path | None) -> SystemFigures:
    ours = name in OURS
    wanted = ("everysource",) if ours else peers.PACKAGES[name]
    found = packages(sys.executable if ours else str(peers_python), wanted)
    package = next((one for one in found if one.name == wanted[0]), None)
    total = sum(one.mb for one in found) if package else None
    return SystemFigures(name, package=package, installed_mb=total)


def _run(made: SystemFigures, values: dict[str, Any], folder: Path, peers_python: Path | None) -> None:
    # Whole answers are asked of the collection that Everysource itself has built.
    own = folder / ("everysource" if made.name in OURS else made.name)
    own.mkdir(exist_ok=True)
    job = folder / "job.json"
    job.write_text(json.dumps(values | {"folder": str(own)}), encoding="utf-8")
    built = _step("build", made.name, job, peers_python)
    asked = _step("ask", made.name, job, peers_python) if "problem" not in built else {}
    if problem := built.get("problem") or asked.get("problem"):
        made.problem = str(problem)
        return
    whole = made.name in OURS and made.name != "everysource"
    if not whole:
        made.note(
            {
                "passages_per_second": len(values["passages"]) / built["build_seconds"],
                "passages_per_cpu_second": len(values["passages"]) / built["build_cpu_seconds"],
                "build_peak_mb": built["peak_mb"],
            }
        )
    if made.name != COMPARING:  # its questions are all answered before the first is measured
        made.note({"cold_seconds": asked["cold_seconds"]})
    made.note(
        {
            "ask_peak_mb": asked["peak_mb"],
            "median_ms": 1000 * float(np.median(asked["query_seconds"])),
            "p95_ms": 1000 * float(np.percentile(asked["query_seconds"], 95)),
            "query_cpu_ms": 1000 * asked["query_cpu_seconds"],
            "disk_mb": sum(file.stat().st_size for file in own.rglob("*") if file.is_file()) / 2**20,
        }
    )  # fmt: skip


def _step(step: str, name: str, job: Path, peers_python: Path | None) -> dict[str, Any]:
    if name in OURS:
        command = [sys.executable, "-m", "eval.benchmark.ours"]
    else:
        command = [str(peers_python), str(Path(peers.__file__).resolve())]
    started = time.time()
    try:
        done = subprocess.run(
            [*command, step, name, str(job), str(started)], cwd=ROOT, capture_output=True, text=True, check=False,
            timeout=HOURS * 3600,
        )  # fmt: skip
        found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        return found
    except (IndexError, ValueError):
        return {"problem": next(iter(done.stderr.strip().splitlines()[-1:]), "it printed nothing")[:200]}
    except (OSError, subprocess.TimeoutExpired) as error:
        return {"problem": str(error)[:200]}
