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


class Network:
    """A compiled network with as many requests as it computes at once; they are kept, as a new one costs a millisecond.

    Batches are computed side by side, each on one processor: threads that share a batch wait for each other. They are
    run from threads of ours and not from OpenVINO's queue, whose callbacks can wait for Python's lock for ever.
    """

    def __init__(self, compiled: Any) -> None:
        self._at_once = int(compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS"))
        self._idle: SimpleQueue[Any] = SimpleQueue()
        for _ in range(self._at_once):
            self._idle.put(compiled.create_infer_request())

    def infer(self, batches: Iterable[Inputs]) -> Iterator[list[NDArray[np.float32]]]:
        """The outputs of each batch, in order of the network's outputs; the batches in their own order."""
        if self._at_once == 1:
            yield from map(self._run, batches)
            return
        with ThreadPoolExecutor(self._at_once) as pool:
            yield from pool.map(self._run, batches)

    def _run(self, inputs: Inputs) -> list[NDArray[np.float32]]:
        request = self._idle.get()
        try:
            results = request.infer(dict(inputs))
            return [results[place] for place in range(len(results))]
        finally:
            self._idle.put(request)
