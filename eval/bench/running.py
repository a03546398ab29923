"""What the runners of the public sets share: the data folder, the models, and temporary collections."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from eval.bench.files import sample
from eval.errors import BenchError
from index import Article, Collection, Embedder, SentenceTransformerEmbedder
from index.articles import article_id, normalise
from qa import Answer, Assistant, Quote
from qa.decision import Decision
from qa.reading import Reader, default_reader


@dataclass(frozen=True, slots=True)
class Document:
    """A text of a public set, before it is an Article; an empty title means that it has none."""

    name: str
    text: str
    title: str = ""
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    url: str | None = None

    def article(self) -> Article:
        """The document as an Article; where two have the same text, the collection gives the second an id of its own."""
        text = normalise(self.text)
        return Article(
            article_id(text), self.name, text, " ".join(normalise(self.title).split()) or self.name,
            outlet=self.outlet, author=self.author, published=self.published, url=self.url,
        )  # fmt: skip


class Models:
    """The models under test, each loaded at first use and then shared by all sets; those given replace the defaults."""

    def __init__(
        self, reader: Reader | None = None, embedder: Embedder | None = None, decision: Decision | None = None
    ) -> None:
        self._reader = reader
        self._embedder = embedder
        self.decision = decision

    @cached_property
    def reader(self) -> Reader:
        """What marks answers."""
        return self._reader or default_reader()

    @cached_property
    def embedder(self) -> Embedder:
        """What turns passages and questions into vectors."""
        return self._embedder or SentenceTransformerEmbedder()


@dataclass(frozen=True)
class Bench:
    """A run over public sets: the folder that holds them, at most `limit` questions a set drawn by `seed`, and the models.

    `documents` thins out a set's corpus to so many documents beside those that its questions need. That makes finding
    easier: figures of a thinned corpus are named as such, and are good for a quick look only.
    """

    data: Path
    limit: int | None = None
    seed: int = 0
    documents: int | None = None
    models: Models = field(default_factory=Models)

    def __post_init__(self) -> None:
        if self.limit is not None and self.limit < 1:
            raise BenchError(
                f"limit {self.limit} leaves no question: give 1 or more, or none for the whole set"
            )

    def folder(self, name: str) -> Path:
        """The set's folder inside `data`, or `data` itself where that is the set's; raises BenchError where neither is."""
        inside = self.data / name
        if inside.is_dir():
            return inside
        if self.data.is_dir() and self.data.name == name:
            return self.data
        raise BenchError(
            f"{self.data}: no folder {name!r} in it; docs/results.md says where each set can be had"
        )

    def thinned(self, documents: Sequence[Document], needed: Container[str]) -> list[Document]:
        """The documents whose names are needed and `self.documents` of the others; all where that is None."""
        if self.documents is None:
            return list(documents)
        others = sample(
            [document.name for document in documents if document.name not in needed],
            self.documents,
            self.seed,
        )
        kept = set(others)
        return [document for document in documents if document.name in needed or document.name in kept]

    def named(self, name: str, documents: Sequence[Document]) -> str:
        """The set's name as rows carry it, with the number of documents where the corpus was thinned."""
        return name if self.documents is None else f"{name} ({len(documents)} documents)"

    def comparable(self, published: Mapping[str, str]) -> Mapping[str, str]:
        """The published figures, none of them where the corpus was thinned: nothing would be beaten there."""
        return published if self.documents is None else {}

    @contextmanager
    def collection(self, documents: Sequence[Document]) -> Iterator[Collection]:
        """A collection of the documents in a temporary folder, gone afterwards."""
        with (
            tempfile.TemporaryDirectory(prefix="everysource-bench-") as folder,
            Collection.create(Path(folder) / "collection", embedder=self.models.embedder) as made,
        ):
            made.add_articles([document.article() for document in documents])
            yield made

    def assistant(self, collection: Collection) -> Assistant:
        """An Assistant over a collection with the models under test."""
        return Assistant(collection, self.models.reader, decision=self.models.decision)

    def ask_once(self, documents: Sequence[Document], question: str) -> tuple[Answer, float]:
        """The Answer of a collection made of just these documents, and the seconds that asking took."""
        with self.collection(documents) as collection:
            return timed_ask(self.assistant(collection), question)


def timed_ask(assistant: Assistant, question: str) -> tuple[Answer, float]:
    """The Answer, and the seconds that it took."""
    begin = time.perf_counter()
    answer = assistant.ask(question)
    return answer, time.perf_counter() - begin


def first_answer(quotes: Sequence[Quote]) -> str:
    """The first short answer marked in the quotes, else the first quote's words, else nothing."""
    marked = [quote.answer.text for quote in quotes if quote.answer is not None]
    return next(iter(marked + [quote.text for quote in quotes]), "")
