"""What the machine can do at most: matrix products of the embedding model's own shapes, and reading of memory."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.inference import Network

TOKENS = 1_024
WIDTH = 384
WIDE = 1_536
LAYERS = 6
REPEATS = 7
READ_BYTES = 2**28


@dataclass(frozen=True, slots=True)
class Limits:
    """The machine, and its measured limits: products per second in bfloat16 and single precision, and bytes read.

    A rate in bfloat16 is None where the processor has none. `gflops_*` count 10^9 floating-point operations a second.
    """

    machine: str
    processors: int
    gflops_bf16: float | None
    gflops_f32: float
    read_gb_per_second: float

    def passages_per_second(self, tokens: float) -> float:
        """Passages of so many tokens that the matrix products of all-MiniLM-L6-v2 alone would allow."""
        return 1e9 * max(self.gflops_bf16 or 0, self.gflops_f32) / (tokens * flops_of_a_token(tokens))


def flops_of_a_token(tokens: float, layers: int = LAYERS) -> float:
    """Floating-point operations of a model's matrix products for one token of a text of so many tokens."""
    weights = layers * (4 * WIDTH**2 + 2 * WIDTH * WIDE)
    attention = layers * 2 * tokens * WIDTH
    return 2 * (weights + attention)


def limits() -> Limits:
    """Measure; takes some seconds."""
    import openvino

    has = openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    block = np.ones(READ_BYTES // 4, dtype=np.float32)
    seconds = _best(lambda: block.sum())
    return Limits(
        machine=_processor(),
        processors=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        gflops_bf16=_gflops("bf16") if "BF16" in has else None,
        gflops_f32=_gflops("f32"),
        read_gb_per_second=READ_BYTES / seconds / 1e9,
    )


def _gflops(precision: str) -> float:
    """The rate of a layer's products over `TOKENS` tokens, on every processor at once."""
    import openvino
    from openvino import opset13 as op

    rows = op.parameter([TOKENS, WIDTH], np.float32)
    draw = np.random.default_rng(0)

    def weight(*shape: int) -> Any:
        return op.constant(draw.standard_normal(shape, dtype=np.float32))

    made = rows
    for _ in range(LAYERS):
        for _ in range(4):
            made = op.matmul(made, weight(WIDTH, WIDTH), False, True)
        made = op.matmul(op.matmul(made, weight(WIDE, WIDTH), False, True), weight(WIDTH, WIDE), False, True)
        made = op.multiply(made, op.constant(np.float32(1e-6)))
    settings = {"PERFORMANCE_HINT": "THROUGHPUT", "INFERENCE_PRECISION_HINT": precision}
    compiled = openvino.Core().compile_model(
        openvino.Model([op.result(made)], [rows], "products"), "CPU", settings
    )
    network = Network(compiled)
    batch = {0: np.ones((TOKENS, WIDTH), dtype=np.float32)}
    runs = 8 * int(compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS"))

    def run() -> None:
        for _ in network.infer([batch] * runs):
            pass

    run()
    return runs * TOKENS * LAYERS * 2 * (4 * WIDTH**2 + 2 * WIDTH * WIDE) / _best(run) / 1e9


def _best(work: Callable[[], Any]) -> float:
    """The least seconds of several runs: a limit is what is reached when nothing else is in the way."""
    seconds: list[float] = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )
