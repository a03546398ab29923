"""Public sets: a loader and a runner each, and one table of all figures."""

from __future__ import annotations

from eval.bench.registry import SETS, BenchSet, bench
from eval.bench.rows import BenchRow, table
from eval.bench.running import Bench, Models

__all__ = ["SETS", "Bench", "BenchRow", "BenchSet", "Models", "bench", "table"]
