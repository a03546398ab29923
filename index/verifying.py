"""Whether a collection is what it says: files, texts, passages, vectors, words and copies; and mending what can be."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from index.articles import Article, article_id, retrieval_text
from index.copies import signature
from index.embedding import Embedder
from index.errors import CollectionError
from index.generations import DATABASE, MANIFEST, VECTORS, WORDS, written_files
from index.lexical import LexicalIndex
from index.passages import PassageSettings, split
from index.reading import Reader
from index.reports import Meter
from index.writing import text_digest

SAMPLE = 16
"""So many passages are embedded again, and their vectors compared."""

SAME_COSINE = 0.98
LENGTH_TOLERANCE = 0.01

Part = Literal["generation", "text", "passages", "vectors", "words", "copies"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a part of a collection. Only `text` cannot be made anew from what is stored."""

    part: Part
    what: str


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What a check went through, what it found, and what was mended; `problems` are those that are still there."""

    generation: str | None
    articles: int
    passages: int
    problems: tuple[Problem, ...]
    repaired: tuple[Problem, ...] = ()


def examine(reader: Reader, embedder: Embedder | None, meter: Meter) -> tuple[Problem, ...]:
    """Everything that is wrong with an open generation; `embedder` makes a few vectors anew, None leaves that out."""
    found = list(_files(reader.path))
    try:
        if damage := reader.store.damage():
            return (*found, Problem("generation", f"{reader.path / DATABASE}: SQLite says {damage[0]}"))
        found += _articles(reader, meter)
        found += _groups(reader)
        # Where texts or passages are wrong, their vectors say nothing more.
        sound = not any(problem.part in ("text", "passages") for problem in found)
        found += vectors_off(reader, embedder if sound else None)
        if sound and not any(problem.part == "words" for problem in found):
            found += _words(reader)
    except sqlite3.DatabaseError as error:
        found.append(Problem("generation", f"{reader.path / DATABASE} cannot be read ({error})"))
    return tuple(dict.fromkeys(found))


def _files(path: Path) -> Iterator[Problem]:
    """Files that are missing or other than when the generation was written."""
    try:
        listed = written_files(path)
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield Problem("generation", f"{path / MANIFEST} cannot be read ({error})")
        return
    for name, known in listed.items():
        part: Part = "text" if name == DATABASE else "words" if name.startswith(f"{WORDS}/") else "vectors"
        file = path / name
        if not file.is_file():
            yield Problem(part, f"{file} is missing")
            continue
        with file.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != known.get("sha256"):
                yield Problem(part, f"{file} is not what was written: its digest is another")


def _articles(reader: Reader, meter: Meter) -> Iterator[Problem]:
    settings = PassageSettings(**json.loads(reader.meta["settings"]))
    names = reader.store.names()
    numbered = reader.store.numbers.all()
    first, expected = 0, []
    for done, name in enumerate(names):
        meter.tell("load", done, len(names), name)
        try:
            article = reader.store.named(name)
        except (ValueError, TypeError) as error:
            yield Problem("text", f"article {name!r}: {error}")
            continue
        assert article is not None
        rows = reader.store.rows_of(article.id)
        yield from _article(reader, article, settings)
        if rows:
            expected.append((first, len(rows), article.id))
            first += len(rows)
    if numbered != expected:
        yield Problem("passages", "the passages do not stand in order among the vectors")


def _article(reader: Reader, article: Article, settings: PassageSettings) -> Iterator[Problem]:
    if article.id not in (article_id(article.text), article_id(f"{article.name}\0{article.text}")):
        yield Problem(
            "text", f"the text of {article.name!r} is not the one that its id {article.id} was made of"
        )
    rows = reader.store.rows_of(article.id)
    if [row.passage for row in rows] != list(split(article, settings)):
        yield Problem("passages", f"the passages of {article.name!r} are not those of its text")
    elif any(row.digest != text_digest(retrieval_text(article, row.passage)) for row in rows):
        yield Problem("passages", f"a passage of {article.name!r} was indexed with other words")
    if reader.store.signature(article.id) != signature(article.text):
        yield Problem("copies", f"the signature of {article.name!r} is not that of its text")


def _groups(reader: Reader) -> Iterator[Problem]:
    copies, versions, known = reader.store.copies(), reader.store.versions(), reader.store.ids()
    for key, other in [*copies.items(), *versions.items()]:
        if other not in known or other in copies:
            yield Problem("copies", f"article {key} is filed under {other}, which is no original here")


def vectors_off(reader: Reader, embedder: Embedder | None) -> Iterator[Problem]:
    """Vectors that cannot be read, are not of length one, or are not those of their texts, by a sample."""
    count = reader.store.numbers.count()
    if not count:
        return
    try:
        vectors = reader.vectors
    except CollectionError as error:
        yield Problem("vectors", str(error))
        return
    step = 4096
    for first in range(0, count, step):
        lengths = np.linalg.norm(vectors.take(np.arange(first, min(count, first + step))), axis=1)
        if not np.all(np.abs(lengths - 1) < LENGTH_TOLERANCE):
            yield Problem("vectors", f"{reader.path / VECTORS} holds vectors that are not of length one")
            return
    if embedder is None:
        return
    ordinals = np.unique(np.linspace(0, count - 1, SAMPLE).astype(np.int64))
    passages = reader.store.numbers.passages_at(ordinals.tolist())
    texts = [retrieval_text(article, p) for p in passages if (article := reader.store.with_id(p.article_id))]
    if len(texts) == len(passages):
        cosines = np.sum(embedder.embed(texts) * vectors.take(ordinals), axis=1)
        if cosines.min() < SAME_COSINE:
            yield Problem(
                "vectors", f"{reader.path / VECTORS} holds vectors of other texts, or of another model"
            )


def _words(reader: Reader) -> Iterator[Problem]:
    """The words made anew from the text, where they are not the ones stored."""
    if not reader.store.numbers.count():
        return
    with tempfile.TemporaryDirectory(prefix="everysource-") as folder:
        anew = Path(folder) / WORDS
        LexicalIndex.build(_texts(reader)).save(anew)
        if _contents(anew) != _contents(reader.path / WORDS):
            yield Problem("words", f"{reader.path / WORDS} is not the index of the stored texts")


def _texts(reader: Reader) -> Iterator[str]:
    for row in reader.store.passage_rows():
        article = reader.store.with_id(row.passage.article_id)
        if article is not None and row.passage.end <= len(article.text):
            yield retrieval_text(article, row.passage)


def _contents(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*"))}


def newest_sound(generations: list[Path]) -> str | None:
    """The name of the last of `generations` whose database is whole, None where there is none."""
    for path in reversed(generations):
        try:
            reader = Reader.of(path)
        except (CollectionError, sqlite3.Error):
            continue
        try:
            if not reader.store.damage() and not any(problem.part == "text" for problem in _files(path)):
                return path.name
        finally:
            reader.close()
    return None
