"""A collection as one file, and back.

The file is a ZIP with three members: `articles.jsonl` (an article a line, with all its fields), `vectors.bin` (for every
passage the digest of its text and its vector in half precision) and `collection.json` (what they were made with, their
lengths and digests). Nothing of it is unpacked under a name that it gives, and no article or vector is taken on trust:
ids and passages are made anew from the texts, and a sample of the vectors is embedded again.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import IO, Any

import numpy as np

from index.articles import Article, article_id
from index.collection import Collection
from index.embedding import Embedder, SentenceTransformerEmbedder
from index.errors import CollectionError
from index.generations import Folder
from index.passages import PassageSettings
from index.pending import PendingVectors, discard
from index.reports import IndexReport, ProgressCallback, no_progress

KIND = "everysource collection"
VERSION = 1
HEADER, ARTICLES, VECTORS = "collection.json", "articles.jsonl", "vectors.bin"
MAX_HEADER = 1_000_000
MAX_LINE = 16_000_000
MAX_RATIO = 200
"""No text shrinks to less than this part of itself; a file that claims to is made to fill a disk."""

DIGEST_BYTES = 16
LENGTH_TOLERANCE = 0.01
AT_ONCE = 1024

_FIELDS = {field.name: str(field.type) for field in fields(Article) if field.compare}


def export_collection(collection: Collection, file: str | Path) -> int:
    """Write all of `collection` into the new file `file`; returns how many articles it holds.

    The same collection gives the same bytes. Where files were read from is left out. Raises CollectionError where the
    file is there already or cannot be written.
    """
    path = Path(file)
    if path.exists():
        raise CollectionError(f"{path} is there already; choose another name, or delete it first")
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(half, "x", zipfile.ZIP_DEFLATED) as archive:
            articles = _Digested(_lines(collection))
            _write(archive, ARTICLES, articles)
            vectors = _Digested(collection.passage_vectors())
            _write(archive, VECTORS, vectors)
            header = collection.made_with() | {
                "kind": KIND, "version": VERSION, "articles": articles.pieces, "passages": collection.passage_count(),
                "files": {ARTICLES: articles.known(), VECTORS: vectors.known()},
            }  # fmt: skip
            _write(archive, HEADER, [json.dumps(header, sort_keys=True).encode()])
        os.replace(half, path)
    except OSError as error:
        raise CollectionError(
            f"{path} could not be written ({error.strerror or error}); check the disk"
        ) from error
    finally:
        half.unlink(missing_ok=True)
    return articles.pieces


def import_collection(
    file: str | Path,
    folder: str | Path,
    *,
    model: str | None = None,
    embedder: Embedder | None = None,
    progress: ProgressCallback = no_progress,
) -> IndexReport:
    """Make a new collection in `folder` of a file that `export_collection` wrote.

    Raises CollectionError, and leaves nothing behind, where the file is no such file, is damaged, or holds what does
    not fit together; where `folder` is not empty; and where the file was made with another embedding model than
    `model` or `embedder`, by default the one that is installed.
    """
    path, place = Path(file), Folder(Path(folder))
    if place.is_collection() or not place.is_free():
        raise CollectionError(f"{place.path} is not empty; import into a new folder")
    embedder = embedder or SentenceTransformerEmbedder(model)
    with _opened(path) as archive:
        header = _header(path, archive)
        if header.fingerprint and header.fingerprint != embedder.fingerprint:
            raise CollectionError(
                f"{path} was made with the embedding model {header.model!r} ({header.fingerprint}), not with "
                f"{embedder.name!r} ({embedder.fingerprint}); name the former with --model, or index the articles again"
            )
        with Collection.create(place.path, embedder=embedder, settings=header.settings) as made:
            try:
                report = _filled(made, path, archive, header, embedder, progress)
            except BaseException:
                made.close()
                discard(place.pending)
                place.delete()
                place.delete_if_empty()
                raise
    return report


def _filled(
    made: Collection,
    path: Path,
    archive: zipfile.ZipFile,
    header: _Header,
    embedder: Embedder,
    progress: ProgressCallback,
) -> IndexReport:
    if header.passages:
        _keep_vectors(path, archive, Folder(made.folder), embedder)
    report = made.add_articles(_articles(path, archive), progress=progress)
    if (len(report.added), report.passages) != (header.articles, header.passages) or report.embedded:
        raise _broken(path, "its articles and vectors do not belong together")
    if off := made.vectors_off():
        raise _broken(path, off)
    return report


@dataclass(frozen=True, slots=True)
class _Header:
    model: str
    fingerprint: str | None
    dimensions: int
    settings: PassageSettings
    articles: int
    passages: int


class _Digested:
    """Pieces of bytes on their way into a file: counted, and their digest taken."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._from = pieces
        self._digest = hashlib.sha256()
        self._bytes = 0
        self.pieces = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._from:
            self._digest.update(piece)
            self._bytes += len(piece)
            self.pieces += 1
            yield piece

    def known(self) -> dict[str, Any]:
        """Length and digest of what has gone through."""
        return {"bytes": self._bytes, "sha256": self._digest.hexdigest()}


def _lines(collection: Collection) -> Iterator[bytes]:
    """Articles whose id follows from the text alone come first, so that they get it again."""
    articles = sorted(
        ((article_id(article.text) != article.id, article.name) for article in collection.articles()),
    )
    for _, name in articles:
        article = collection.article(name)
        values = {key: getattr(article, key) for key in _FIELDS}
        yield json.dumps(values, default=date.isoformat, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _write(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> None:
    member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(member, "w", force_zip64=True) as stream:
        for piece in pieces:
            stream.write(piece)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile, NotImplementedError) as error:
        raise CollectionError(f"{path} is no exported collection ({error})") from error
    try:
        names = sorted(member.filename for member in archive.infolist())
        if names != sorted((HEADER, ARTICLES, VECTORS)):
            strange = next((name for name in names if name not in (HEADER, ARTICLES, VECTORS)), None)
            raise _broken(
                path, f"it holds {strange!r}" if strange else f"it holds {', '.join(names) or 'nothing'}"
            )
        for member in archive.infolist():
            if member.flag_bits & 1 or member.file_size > MAX_RATIO * max(member.compress_size, 1000):
                raise _broken(
                    path, f"{member.filename} is encrypted, or {member.file_size:,} bytes when unpacked"
                )
    except BaseException:
        archive.close()
        raise
    return archive


def _header(path: Path, archive: zipfile.ZipFile) -> _Header:
    """What the file says of itself, once the digests of its members are found to be right."""
    try:
        raw = _read(archive, HEADER, MAX_HEADER)
        values = json.loads(raw)
        if (values["kind"], values["version"]) != (KIND, VERSION):
            raise _broken(
                path, f"it is a {values['kind']!r} of version {values['version']!r}, this reads {VERSION}"
            )
        for name in (ARTICLES, VECTORS):
            with archive.open(name) as stream:
                if _digest(stream) != values["files"][name]["sha256"]:
                    raise _broken(path, f"the digest of {name} is another than when it was written")
        return _Header(
            str(values["model"]), values.get("fingerprint"), int(values.get("dimensions") or 0),
            PassageSettings(**values["settings"]), int(values["articles"]), int(values["passages"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, RecursionError, zipfile.BadZipFile, EOFError, OSError) as error:
        raise _broken(path, f"its description cannot be read: {error}") from error


def _read(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    with archive.open(name) as stream:
        raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise ValueError(f"{name} is longer than {limit:,} bytes")
    return raw


def _digest(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := stream.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def _keep_vectors(path: Path, archive: zipfile.ZipFile, place: Folder, embedder: Embedder) -> None:
    """Lay the file's vectors where the writer looks for those of an earlier run."""
    size = DIGEST_BYTES + 2 * embedder.dimensions
    pending = PendingVectors(place.pending, embedder.fingerprint, embedder.dimensions)
    try:
        with archive.open(VECTORS) as stream:
            while piece := stream.read(AT_ONCE * size):
                if len(piece) % size:
                    raise _broken(path, f"{VECTORS} breaks off within a vector")
                records = np.frombuffer(piece, dtype=np.uint8).reshape(-1, size)
                vectors = np.ascontiguousarray(records[:, DIGEST_BYTES:]).view("<f2").astype(np.float32)
                if not np.all(np.abs(np.linalg.norm(vectors, axis=1) - 1) < LENGTH_TOLERANCE):
                    raise _broken(path, f"{VECTORS} holds what is no vector of length one")
                pending.put([record[:DIGEST_BYTES].tobytes() for record in records], vectors)
    finally:
        pending.close()


def _articles(path: Path, archive: zipfile.ZipFile) -> Iterator[Article]:
    with archive.open(ARTICLES) as stream:
        number = 0
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                raise _broken(path, f"line {number} of {ARTICLES} is longer than {MAX_LINE:,} bytes")
            try:
                yield _article(json.loads(line))
            except (ValueError, TypeError, KeyError, RecursionError) as error:
                raise _broken(path, f"line {number} of {ARTICLES}: {error}") from error


def _article(values: Any) -> Article:
    if not isinstance(values, dict) or not set(values) <= set(_FIELDS):
        raise ValueError("it is no article with the fields of one")
    article = Article(**{key: _restored(_FIELDS[key], value) for key, value in values.items()})
    if article.id not in (article_id(article.text), article_id(f"{article.name}\0{article.text}")):
        raise ValueError(f"the id {article.id} is not that of its text")
    return article


def _restored(kind: str, value: Any) -> Any:
    if isinstance(value, list) and kind.startswith("tuple"):
        return tuple(value)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return date.fromisoformat(value) if value is not None and "date" in kind else value


def _broken(path: Path, why: str) -> CollectionError:
    return CollectionError(f"{path} cannot be imported: {why}; export the collection again")
