"""The collections that a page can ask and keep, each opened when it is first asked."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from index import (
    Article,
    Collection,
    CollectionError,
    IndexReport,
    LoadOptions,
    ModelMismatchError,
    Progress,
    SentenceTransformerEmbedder,
)
from qa import Assistant
from ui.chat.shared import Lease, SharedEmbedder
from ui.demo import demo_articles

OWN = "Your collection"
DEMO = "Demo articles"
LONGEST_NAME = 40

_NAME = re.compile(rf"[^\W_][\w -]{{0,{LONGEST_NAME - 1}}}")


class Library:
    """Collections by name: the one in `folder`, if one is given, the demo articles, and those made on the page.

    Collections made on the page lie in the folder `shelf`, by default one that is gone at the end; with `editable`
    false none can be made or changed. The demo articles never change. `options` say how files are read that users add; with
    a fetcher among them, users may give web addresses too. A context manager; at its end all collections are closed. Safe
    to use from several threads.
    """

    def __init__(
        self,
        folder: Path | None = None,
        model: str | None = None,
        *,
        shelf: Path | None = None,
        editable: bool = True,
        options: LoadOptions | None = None,
    ) -> None:
        self.is_editable = editable
        self.options = options or LoadOptions()
        self._model = model
        self._embedder = SharedEmbedder(SentenceTransformerEmbedder(model))
        self._folder = folder
        self._stack = ExitStack()
        self._shelf = shelf or self._temporary()
        self._leases: dict[str, Lease] = {}
        self._opening: dict[str, Lock] = {}
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for lease in self._leases.values():
            lease.retire()
        self._stack.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the collections, the one to start with first."""
        fixed = (OWN, DEMO) if self._folder is not None else (DEMO,)
        on_shelf = self._shelf.iterdir() if self._shelf.is_dir() else ()
        made = sorted(path.name for path in on_shelf if _NAME.fullmatch(path.name) and path.is_dir())
        return (*fixed, *(name for name in made if name not in fixed))

    @property
    def can_fetch(self) -> bool:
        """Whether articles can be added by their web addresses."""
        return self.is_editable and self.options.fetcher is not None

    def can_change(self, name: str) -> bool:
        """Whether articles can be added to a collection and removed from it."""
        return self.is_editable and name != DEMO

    @contextmanager
    def use(self, name: str) -> Iterator[Assistant]:
        """The assistant of a collection, which stays as it is while it is used; CollectionError for an unknown name."""
        lease = self._lease(name)
        try:
            yield lease.assistant
        finally:
            lease.give_back()

    def articles(self, name: str) -> tuple[Article, ...]:
        """The articles of a collection, by name."""
        with self.use(name) as assistant:
            return assistant.collection.articles()

    def copies(self, name: str) -> Mapping[str, str]:
        """The id of each copy in a collection, with the id of its original."""
        with self.use(name) as assistant:
            return assistant.collection.copies()

    def versions(self, name: str) -> Mapping[str, str]:
        """The id of each newer version of a story in a collection, with the id of the one before."""
        with self.use(name) as assistant:
            return assistant.collection.versions()

    def create(self, name: str) -> str:
        """Makes a new and empty collection, and returns its name as it is listed; CollectionError where it cannot be."""
        name = " ".join(name.split())
        if not self.is_editable:
            raise CollectionError("this page is read only: no collection can be made on it")
        if not _NAME.fullmatch(name):
            raise CollectionError(
                f"{name!r} cannot name a collection; use up to {LONGEST_NAME} letters, digits, spaces, '-' and '_', a letter or "
                "digit first"
            )
        if name.casefold() in {known.casefold() for known in self.names}:
            raise CollectionError(f"there is a collection called {name!r} already; choose another name")
        Collection.create(self._shelf / name, embedder=self._embedder).close()
        return name

    def add(
        self, name: str, articles: Iterable[Article], progress: Callable[[Progress], None]
    ) -> IndexReport:
        """Takes articles into a collection; one with the name of a stored article replaces it."""
        with self._changing(name) as collection:
            return collection.add_articles(articles, progress=progress)

    def remove(self, name: str, sources: Iterable[str]) -> None:
        """Takes articles, by name or id, out of a collection."""
        with self._changing(name) as collection:
            for source in sources:
                collection.remove(source)

    def rebuild(self, name: str, progress: Callable[[Progress], None]) -> IndexReport:
        """Makes all that is derived from a collection's articles anew."""
        with self._changing(name) as collection:
            return collection.rebuild(progress=progress)

    def _lease(self, name: str) -> Lease:
        """A lease that is taken: the one that is held, or a new one where that is retired just now."""
        self._check(name)
        with self._lock:
            opening = self._opening.setdefault(name, Lock())
        with opening:
            lease = self._leases.get(name)
            if lease is None or not lease.take():
                lease = self._leases[name] = Lease(self._open(name))
                lease.take()
            return lease

    @contextmanager
    def _changing(self, name: str) -> Iterator[Collection]:
        """A collection opened apart, so that questions under way keep the one they began with."""
        self._check(name)
        if not self.can_change(name):
            raise CollectionError(f"{name!r} is read only; make a collection of your own")
        with self._open(name) as collection:
            yield collection
        if lease := self._leases.pop(name, None):
            lease.retire()

    def _open(self, name: str) -> Collection:
        if name == DEMO:
            return self._demo()
        folder = self._folder if name == OWN and self._folder else self._shelf / name
        try:
            return Collection.open(folder, embedder=self._embedder)
        except ModelMismatchError:
            if self._model is not None:
                raise
            return Collection.open(folder)

    def _demo(self) -> Collection:
        collection = Collection.create(self._temporary() / "demo", embedder=self._embedder)
        collection.add([demo_articles()])
        return collection

    def _check(self, name: str) -> None:
        if name not in (names := self.names):
            raise CollectionError(f"no collection is called {name!r}; there are {', '.join(names)}")

    def _temporary(self) -> Path:
        made = tempfile.TemporaryDirectory(prefix="everysource-", ignore_cleanup_errors=True)
        return Path(self._stack.enter_context(made))
