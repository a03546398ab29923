"""The facade: a folder that holds a collection of articles, ready to be searched."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.articles import Article, Passage
from index.changes import Change, changes
from index.embedding import Embedder, SentenceTransformerEmbedder
from index.errors import CollectionError, ModelMismatchError, UnknownSourceError
from index.gathering import Gathering, Sourced
from index.generations import DATABASE, Folder
from index.hits import Hit
from index.loading import LoadOptions
from index.locking import LOCK_SECONDS, writer_lock
from index.models import resolve
from index.outlets import named_outlets
from index.passages import PassageSettings
from index.pending import discard
from index.reading import Reader
from index.reports import IndexReport, Meter, ProgressCallback, no_progress
from index.scope import Scope
from index.storage import Store
from index.verifying import VerifyReport, examine, vectors_off
from index.writing import Writer


class Collection:
    """Articles in a folder, with their passages, vectors and words; safe to use from several threads.

    What is read is one generation, the one in force when the collection was opened or last written through this
    object; `refresh()` moves on to the newest. Additions and removals make a new generation and swap it in at the
    end: killed anywhere, the old one opens. Use as a context manager, or call `close()`.
    """

    def __init__(
        self,
        folder: Folder,
        reader: Reader,
        embedder: Embedder | None,
        *,
        wait: float = LOCK_SECONDS,
        made: bool = False,
    ) -> None:
        self._folder = folder
        self._reader: Reader | None = reader
        self._embedder = embedder
        self._wait = wait
        self._made = made
        # Many texts are compared pair by pair: each is embedded once.
        self._vector = lru_cache(maxsize=1024)(self._embed_text)
        self._lock = threading.RLock()
        self._embedding = threading.RLock()

    @classmethod
    def open(
        cls,
        folder: str | Path,
        *,
        create: bool = False,
        model: str | None = None,
        embedder: Embedder | None = None,
        wait: float = LOCK_SECONDS,
    ) -> Collection:
        """The collection in `folder`; with `create`, a new one where there is none.

        A collection that is new, and still empty when its `with` block ends in an error, is taken away again. Writing
        waits up to `wait` seconds for another writer (math.inf: as long as it takes).

        `model` names an embedding model or its folder, `embedder` brings one; by default it is the one that the
        collection was made with. No model is loaded before something is embedded. Raises ModelMismatchError where
        the collection was made with another model, CollectionError where it is missing or damaged.
        """
        place = Folder(Path(folder))
        if create and not place.is_collection():
            made = cls._created(place, model, embedder, PassageSettings(), wait)
            if made is not None:
                return made
        reader = Reader.open(place)
        try:
            if embedder is None and model is not None and model != reader.meta["model"]:
                embedder = SentenceTransformerEmbedder(model)
            if embedder is not None:
                _check_model(place, reader, embedder)
        except BaseException:
            reader.close()
            raise
        return cls(place, reader, embedder, wait=wait)

    @classmethod
    def create(
        cls,
        folder: str | Path,
        *,
        model: str | None = None,
        embedder: Embedder | None = None,
        settings: PassageSettings | None = None,
    ) -> Collection:
        """A new and empty collection in `folder`, which must be empty or not exist yet."""
        place = Folder(Path(folder))
        made = cls._created(place, model, embedder, settings or PassageSettings(), LOCK_SECONDS)
        if made is None:
            raise CollectionError(
                f"there is a collection in {place.path} already; open it, or choose another folder"
            )
        return made

    @classmethod
    def _created(
        cls,
        place: Folder,
        model: str | None,
        embedder: Embedder | None,
        settings: PassageSettings,
        wait: float,
    ) -> Collection | None:
        """A new collection; None where there is one, perhaps made by another process a moment ago."""
        name = embedder.name if embedder else resolve(model).name
        with _writing_to(place):
            if not place.is_free() and not place.is_collection():
                raise CollectionError(
                    f"{place.path} is not empty and holds no collection; choose another folder"
                )
            place.path.mkdir(parents=True, exist_ok=True)
            with writer_lock(place.path, wait):
                if place.is_collection():
                    return None
                with place.staging() as staged:
                    store = Store.create(staged / DATABASE)
                    store.set_meta({"model": name, "settings": json.dumps(asdict(settings))})
                    digest = store.digest()
                    store.close()
                    place.publish(staged, digest)
        return cls(place, Reader.open(place), embedder, wait=wait, made=True)

    def __enter__(self) -> Collection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and self._made:
            self._take_away_if_empty()
        self.close()

    def _take_away_if_empty(self) -> None:
        """Delete a collection to which nothing came, unless a run has left work for the next one."""
        with suppress(CollectionError, OSError), writer_lock(self.folder):
            self.refresh()
            with self._reading() as reader:
                empty = not reader.store.names()
            if empty and not self._folder.pending.exists():
                self.close()
                self._folder.delete()
        self._folder.delete_if_empty()

    def close(self) -> None:
        """Let go of the folder; a second time does nothing."""
        with self._lock:
            if self._reader is not None:
                self._reader.close()
                self._reader = None

    @property
    def folder(self) -> Path:
        """Where the collection lies."""
        return self._folder.path

    @property
    def generation(self) -> str:
        """The name of the generation that is read: its number and a digest of its content."""
        with self._reading() as reader:
            return reader.name

    @property
    def model_name(self) -> str:
        """The embedding model that the collection's vectors are made with."""
        with self._reading() as reader:
            return self._embedder.name if self._embedder else reader.meta["model"]

    def refresh(self) -> bool:
        """Go on with the newest generation; False where it is read already."""
        with self._lock, self._reading() as reader:
            if self._folder.current() == reader.name:
                return False
            self._reader = Reader.open(self._folder)
            reader.close()
            return True

    def add(
        self,
        paths: Iterable[str | Path],
        *,
        progress: ProgressCallback = no_progress,
        options: LoadOptions | None = None,
    ) -> IndexReport:
        """Take in the articles of files and folders; those that are there already, unchanged, cost nothing.

        `options` say which columns of tables are which, and whether lists of URLs may be fetched.
        A changed file replaces its old version. A file that cannot be read is skipped and listed in the report's
        `failed`; LoadError is raised where none could be read at all. Nothing else raises once articles are read but
        CollectionError, and then the collection is as it was. Files are read and embedded in a stream: what was embedded
        when the process was killed need not be embedded again by the next call.
        """
        gathering = Gathering(Meter(progress), options)
        with self._writer(gathering.meter) as writer:
            gathering.pass_on([paths] if isinstance(paths, str | Path) else paths, writer.put)
        return writer.report(self.passage_count(), gathering.failed, gathering.notices)

    def add_articles(
        self, articles: Iterable[Article], *, progress: ProgressCallback = no_progress
    ) -> IndexReport:
        """Take in articles as they are; one with the name of a stored article replaces it."""
        with self._writer(Meter(progress)) as writer:
            writer.put(Sourced(articles))
        return writer.report(self.passage_count())

    def remove(self, source: str) -> Article:
        """Take the article with this name or id out of the collection and return it."""
        with self._writer(Meter()) as writer:
            article = self.article(source)
            writer.remove(article.name)
        return article

    def rebuild(self, *, keep_vectors: bool = False, progress: ProgressCallback = no_progress) -> IndexReport:
        """Make passages, vectors, words and copies anew from the stored text; with `keep_vectors` all but the vectors."""
        with self._writer(Meter(progress)) as writer:
            writer.rebuild(keep_vectors=keep_vectors)
        return writer.report(self.passage_count())

    def examined(self, meter: Meter) -> VerifyReport:
        """What is wrong with the generation that is read; see `verify`."""
        with self._reading() as reader:
            articles, passages = len(reader.store.names()), reader.store.numbers.count()
        embedder = self._load_embedder() if passages else None
        with self._embedding, self._reading() as reader:
            return VerifyReport(reader.name, articles, passages, examine(reader, embedder, meter))

    def made_with(self) -> dict[str, Any]:
        """What vectors and passages were made with: model, fingerprint and dimensions (None before any), settings."""
        with self._reading() as reader:
            meta = reader.meta
        known: dict[str, Any] = {key: meta.get(key) for key in ("model", "fingerprint", "dimensions")}
        return known | {"settings": json.loads(meta["settings"])}

    def passage_vectors(self) -> Iterator[bytes]:
        """For every passage, by article name and start: the digest of its text, and its vector in half precision."""
        with self._reading() as reader:
            for ordinal, row in enumerate(reader.store.passage_rows()):
                vector = reader.vectors.take(np.asarray([ordinal], dtype=np.int64))[0]
                yield row.digest + vector.astype("<f2").tobytes()

    def vectors_off(self) -> str | None:
        """What is wrong with the vectors, by a sample of them made anew; None where they are right."""
        embedder = self._load_embedder()
        with self._embedding, self._reading() as reader:
            return next((problem.what for problem in vectors_off(reader, embedder)), None)

    def articles(self, scope: Scope | None = None) -> tuple[Article, ...]:
        """The articles in scope, by name; UnknownSourceError where the scope names one that is not there."""
        with self._reading() as reader:
            self._check_sources(scope)
            return reader.articles(scope)

    def outlets(self) -> tuple[str, ...]:
        """The outlets of all articles, sorted."""
        with self._reading() as reader:
            return reader.outlets

    def article(self, source: str) -> Article:
        """The article of this name or with this id; UnknownSourceError lists names that come near."""
        with self._reading() as reader:
            found = reader.store.named(source) or reader.store.with_id(source)
            if found is None:
                raise _unknown(source, reader.store.names())
            return found

    def left_out(self, source: str) -> tuple[str, ...]:
        """The lines of a source's file that were taken for no part of its article: menus, notices, captions."""
        with self._reading() as reader:
            return reader.store.left_out(self.article(source).id)

    def passages(self, article_id: str) -> tuple[Passage, ...]:
        """The passages of the article with this id, in order."""
        with self._reading() as reader:
            if reader.store.with_id(article_id) is None:
                raise _unknown(article_id, reader.store.names())
            return reader.store.passages_of(article_id)

    def passage_count(self, scope: Scope | None = None) -> int:
        """How many passages are in scope."""
        with self._reading() as reader:
            self._check_sources(scope)
            return reader.passage_count if scope is None else len(reader.in_scope(scope))

    def copies(self) -> Mapping[str, str]:
        """The id of each near-copy with the id of its original, the earliest published, else the first by name."""
        with self._reading() as reader:
            return reader.store.copies()

    def versions(self) -> Mapping[str, str]:
        """The id of each article that brings an earlier one up to date, with the id of that earlier one.

        A version has new figures in much the same words, or is a later text at the same address.
        """
        with self._reading() as reader:
            return reader.store.versions()

    def changes(self, source: str) -> tuple[Change, ...]:
        """What the article of this name or id says otherwise than the version before it; empty where there is none."""
        article = self.article(source)
        before = self.versions().get(article.id)
        return changes(self.article(before), article) if before else ()

    def search(self, question: str, *, scope: Scope | None = None, limit: int = 200) -> tuple[Hit, ...]:
        """The passages in scope that come nearest to `question`, best first.

        They are the first `limit` by cosine and the first `limit` by BM25, in the order of a convex combination of
        both scores (Bruch, Gai and Ingber 2023), ties by article name and start: `limit` to twice as many. In a scope of
        up to 5,000 passages each has its rank in both lists, save that one that shares no word with the question
        has no lexical rank. Where the question names outlets of the collection, their passages come first, in turns:
        up to `limit` of each.
        """
        if limit < 1:
            raise ValueError(f"limit {limit} is below 1")
        if not question.strip() or self.passage_count(scope) == 0:
            return ()
        embedder = self._load_embedder()
        with self._reading() as reader:
            parts = named_outlets(question, reader.outlets)
        with self._embedding:
            vector = embedder.embed_query(question)
            named = [(part, embedder.embed_query(part.words)) for part in parts]
        with self._reading() as reader:
            return reader.search(question, vector, scope, limit, named)

    def similarity(self, left: str, right: str) -> float:
        """The cosine of two short texts' embeddings, -1 to 1."""
        return float(self._vector(left) @ self._vector(right))

    def _embed_text(self, text: str) -> NDArray[np.float32]:
        embedder = self._load_embedder()
        with self._embedding:
            vector: NDArray[np.float32] = embedder.embed([text])[0]
        return vector

    @contextmanager
    def _reading(self) -> Iterator[Reader]:
        with self._lock:
            if self._reader is None:
                raise CollectionError(f"the collection in {self.folder} is closed; open it again")
            try:
                yield self._reader
            except sqlite3.Error as error:
                raise CollectionError(
                    f"{self._reader.path / DATABASE} cannot be read ({error}); index the articles again into a new folder"
                ) from error

    @contextmanager
    def _writer(self, meter: Meter) -> Iterator[Writer]:
        """A writer whose work is published when the block ends without an error and has changed something."""
        with _writing_to(self._folder), writer_lock(self.folder, self._wait):
            self.refresh()
            with self._reading() as base:
                settings = PassageSettings(**json.loads(base.meta["settings"]))
            with self._folder.staging() as staged:
                writer = Writer(base, staged, self._folder.pending, self._load_embedder, settings, meter)
                try:
                    yield writer
                    if writer.changed:
                        new = self._folder.publish(staged, writer.finish())
                        writer.close()
                        discard(self._folder.pending)
                        self.refresh()
                        self._folder.prune(new, base.name)
                finally:
                    writer.close()

    def _load_embedder(self) -> Embedder:
        with self._embedding, self._reading() as reader:
            if self._embedder is None:
                embedder = SentenceTransformerEmbedder(reader.meta["model"])
                _check_model(self._folder, reader, embedder)
                self._embedder = embedder
            return self._embedder

    def _check_sources(self, scope: Scope | None) -> None:
        for source in (scope.sources if scope else None) or ():
            self.article(source)


def _check_model(folder: Folder, reader: Reader, embedder: Embedder) -> None:
    made_with = reader.meta.get("fingerprint")
    if made_with is not None and made_with != embedder.fingerprint:
        raise ModelMismatchError(
            f"the collection in {folder.path} was made with the embedding model {reader.meta['model']!r} "
            f"({made_with}), not with {embedder.name!r} ({embedder.fingerprint}); open it with the former, or index "
            "the articles into a new folder"
        )


def _unknown(source: str, names: Iterable[str]) -> UnknownSourceError:
    near = get_close_matches(source, list(names), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(map(repr, near))}?" if near else "list the sources to see their names"
    return UnknownSourceError(f"no source is called {source!r}; {hint}")


@contextmanager
def _writing_to(folder: Folder) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise CollectionError(
            f"the collection in {folder.path} could not be written ({error}); it is as it was before: "
            "check the free space on the disk and your permissions, then try again"
        ) from error
