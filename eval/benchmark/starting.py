"""How long the command line takes to say what it can do: what every command pays before its own work."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from eval.benchmark.racing import ROOT, Spread
from eval.errors import BenchError

TIMES = 7
COMMAND = ("-c", "from ui.cli import main; main()", "--help")


def starting() -> tuple[Spread, Spread]:
    """Seconds of `everysource --help`, each time in a new process: by the clock, and of the processor."""
    clock, processor = [], []
    for _ in range(TIMES):
        spent, begin = _children(), time.perf_counter()
        done = subprocess.run(
            [sys.executable, *COMMAND], cwd=ROOT, capture_output=True, text=True, check=False
        )
        clock.append(time.perf_counter() - begin)
        processor.append(_children() - spent)
        if done.returncode:
            raise BenchError(f"everysource --help failed: {done.stderr.strip()[-200:]}")
    return Spread.of(clock), Spread.of(processor)


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system
