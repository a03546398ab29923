"""The collections that a page can ask, each opened when it is first asked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from index import Collection, CollectionError
from qa import Assistant
from ui.demo import demo_collection

OWN = "Your collection"
DEMO = "Demo articles"


class Library:
    """Assistants by name: the collection in `folder`, if one is given, and the demo articles.

    A context manager; at its end all collections are closed and the demo's is gone.
    """

    def __init__(self, folder: Path | None = None, model: str | None = None) -> None:
        self._open: dict[str, Callable[[], AbstractContextManager[Collection]]] = {}
        if folder is not None:
            self._open[OWN] = lambda: Collection.open(folder, model=model)
        self._open[DEMO] = lambda: demo_collection(model)
        self._assistants: dict[str, Assistant] = {}
        self._stack = ExitStack()
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the collections, the one to start with first."""
        return tuple(self._open)

    def assistant(self, name: str) -> Assistant:
        """The assistant of a collection; raises CollectionError for a name that is not among `names`."""
        if name not in self._open:
            raise CollectionError(f"no collection is called {name!r}; there are {', '.join(self._open)}")
        with self._lock:
            if name not in self._assistants:
                self._assistants[name] = Assistant(self._stack.enter_context(self._open[name]()))
            return self._assistants[name]
