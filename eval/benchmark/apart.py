"""Steps of a benchmark run in processes of their own, so that each is told its own memory and time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.errors import BenchError

ROOT = Path(__file__).resolve().parents[2]

Step = Callable[[int, Path], dict[str, float]]


def step_apart(module: str, step: str, size: int, folder: str) -> dict[str, Any]:
    """What the step of a module's benchmark finds, in a process of its own; BenchError where it fails."""
    command = [sys.executable, "-m", module, step, str(size), folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(f"{step} of {size:,} passages failed: {done.stderr.strip()[-200:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def run_step(steps: Mapping[str, Step]) -> None:
    """What a module run by `step_apart` does: the step named on the command line, its figures as JSON on stdout."""
    step, size, folder = sys.argv[1:4]
    sys.stdout.write(json.dumps(steps[step](int(size), Path(folder))) + "\n")


def waits_ms(seconds: Sequence[float]) -> dict[str, float]:
    """The first wait apart, median and 95th percentile of the others, from seconds to milliseconds."""
    return {
        "first_ms": 1000 * seconds[0],
        "median_ms": 1000 * float(np.median(seconds[1:])),
        "p95_ms": 1000 * float(np.percentile(seconds[1:], 95)),
    }
