"""Batches through a compiled OpenVINO network, several at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

Inputs = Mapping[Any, NDArray[Any]]
"""Arrays by the name or place of the network's input."""


def infer(network: Any, batches: Iterable[Inputs]) -> Iterator[list[NDArray[np.float32]]]:
    """The outputs of each batch, in order of the network's outputs; the batches in their own order.

    Batches are computed side by side, each on one processor: threads that share a batch wait for each other. They are
    run from threads of ours and not from OpenVINO's queue, whose callbacks can wait for Python's lock for ever.
    """
    at_once = int(network.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS"))
    idle: SimpleQueue[Any] = SimpleQueue()
    for _ in range(at_once):
        idle.put(network.create_infer_request())

    def run(inputs: Inputs) -> list[NDArray[np.float32]]:
        request = idle.get()
        try:
            results = request.infer(dict(inputs))
            return [results[place] for place in range(len(results))]
        finally:
            idle.put(request)

    with ThreadPoolExecutor(at_once) as pool:
        yield from pool.map(run, batches)
