"""Text and metadata in SQLite, the one owner of what a collection knows; vectors and words are derived from it."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from index.articles import Article, Passage
from index.copies import Groups, Relation, address, are_alike, bands
from index.errors import CollectionError
from index.numbering import NUMBERED, Numbers

FORMAT = "5"

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    {fields}, origin TEXT, part TEXT NOT NULL, signature BLOB NOT NULL, page TEXT, copy_of TEXT, version_of TEXT,
    PRIMARY KEY (id), UNIQUE (name)
);
CREATE TABLE left_out (article_id TEXT PRIMARY KEY, lines TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX articles_by_origin ON articles (origin, part);
CREATE TABLE passages (
    article_id TEXT NOT NULL, place INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, heading TEXT,
    digest BLOB NOT NULL, known INTEGER, PRIMARY KEY (article_id, place)
) WITHOUT ROWID;
CREATE INDEX passages_by_digest ON passages (digest);
{numbered}
CREATE INDEX articles_by_page ON articles (page);
CREATE TABLE bands (band BLOB NOT NULL, article_id TEXT NOT NULL, PRIMARY KEY (band, article_id)) WITHOUT ROWID;
CREATE INDEX bands_by_article ON bands (article_id);
CREATE TABLE pairs (one TEXT NOT NULL, other TEXT NOT NULL, relation TEXT, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE INDEX pairs_by_other ON pairs (other);
"""
_FIELDS = tuple(field for field in fields(Article) if field.compare)
_ARTICLE = ", ".join(field.name for field in _FIELDS)
_REQUIRED = {"id", "name", "text", "title"}
_PASSAGE = "article_id, start, stop, heading"


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A stored passage, the digest of its retrieval text, and, until the generation is numbered, what is `known`.

    That is the ordinal which a passage of the same text has in the generation before, None where it has to be embedded.
    """

    passage: Passage
    digest: bytes
    known: int | None = None


class Store:
    """One generation's database. Not safe for several threads at once; the Collection sees to that."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._db = connection
        self.numbers = Numbers(connection)

    @classmethod
    def create(cls, path: Path, base: Store | None = None) -> Store:
        """A new database at `path`, empty or with all that `base` holds, open for writing."""
        if base is not None:
            # What a reader holds open is complete and never written again: its file is all of it.
            shutil.copyfile(base._path, path)
        store = cls(path, sqlite3.connect(path, isolation_level=None, check_same_thread=False))
        # Nobody reads it before it is whole and synced: a journal is needed to leave a broken file out, not on disk.
        store._db.execute("PRAGMA journal_mode = MEMORY")
        store._db.execute("PRAGMA synchronous = OFF")
        if base is None:
            store._db.executescript(_SCHEMA.format(fields=_columns(), numbered=NUMBERED))
            store.set_meta({"format": FORMAT})
        return store

    @classmethod
    def read(cls, path: Path) -> Store:
        """The database at `path`, held open by a read transaction that keeps its generation from being deleted.

        Raises sqlite3.Error where it is damaged, CollectionError where it is of another format.
        """
        uri = f"{path.absolute().as_uri()}?mode=ro"
        store = cls(
            path, sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=1)
        )
        try:
            store._db.execute("BEGIN")
            found = store.meta().get("format")
            if found != FORMAT:
                raise CollectionError(
                    f"the collection in {path.parent} has format {found}, this version reads {FORMAT}; index its "
                    "articles again into a new folder, or use the version of Everysource that wrote it"
                )
        except BaseException:
            store.close()
            raise
        return store

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written in the block, or none of it where the block ends in an error."""
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the database; a second time does nothing."""
        self._db.close()

    def meta(self) -> dict[str, str]:
        """All settings: format, model, fingerprint, dimensions, passage settings."""
        return dict(self._db.execute("SELECT key, value FROM meta").fetchall())

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Store settings."""
        self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def articles(self) -> tuple[Article, ...]:
        """All articles by name."""
        return tuple(map(_article, self._db.execute(f"SELECT {_ARTICLE} FROM articles ORDER BY name")))

    def named(self, name: str) -> Article | None:
        """The article of this name."""
        row = self._db.execute(f"SELECT {_ARTICLE} FROM articles WHERE name = ?", (name,)).fetchone()
        return _article(row) if row else None

    def with_id(self, article_id: str) -> Article | None:
        """The article with this id."""
        row = self._db.execute(f"SELECT {_ARTICLE} FROM articles WHERE id = ?", (article_id,)).fetchone()
        return _article(row) if row else None

    def names(self) -> tuple[str, ...]:
        """All article names, sorted."""
        return tuple(name for (name,) in self._db.execute("SELECT name FROM articles ORDER BY name"))

    def ids(self) -> frozenset[str]:
        """All article ids."""
        return frozenset(key for (key,) in self._db.execute("SELECT id FROM articles"))

    def signature(self, article_id: str) -> bytes | None:
        """The stored MinHash signature of an article."""
        row = self._db.execute("SELECT signature FROM articles WHERE id = ?", (article_id,)).fetchone()
        return row[0] if row else None

    def outlets(self) -> tuple[str, ...]:
        """Every outlet that printed an article, sorted."""
        found = self._db.execute(
            "SELECT DISTINCT outlet FROM articles WHERE outlet IS NOT NULL ORDER BY outlet"
        )
        return tuple(outlet for (outlet,) in found)

    def origin(self, name: str) -> str | None:
        """Where the article of this name was read from."""
        row = self._db.execute("SELECT origin FROM articles WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def part(self, name: str) -> str:
        """Which part of its file the article of this name is, empty for the whole of it."""
        row = self._db.execute("SELECT part FROM articles WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def names_from(self, origin: str, part: str | None = None) -> tuple[str, ...]:
        """Names of the articles that were read from the file `origin`, or from one part of it."""
        query = "SELECT name FROM articles WHERE origin = ? AND (?2 IS NULL OR part = ?2) ORDER BY name"
        return tuple(name for (name,) in self._db.execute(query, (origin, part)))

    def put(self, article: Article, origin: str | None, part: str, signature: bytes) -> None:
        """Store an article, read from the file `origin` and there from `part`, if it has several.

        Articles that may be copies of it, by their signatures or their address, are noted as pairs to look at.
        """
        page = address(article.url)
        candidates = self._candidates(signature, page)
        values = [_stored(getattr(article, field.name)) for field in _FIELDS]
        marks = ", ".join("?" * (len(values) + 4))
        self._db.execute(
            f"INSERT INTO articles ({_ARTICLE}, origin, part, signature, page) VALUES ({marks})",
            (*values, origin, part, signature, page),
        )
        self._db.executemany(
            "INSERT INTO bands VALUES (?, ?)", ((band, article.id) for band in bands(signature))
        )
        pairs = (sorted((article.id, candidate)) for candidate in candidates)
        self._db.executemany("INSERT OR IGNORE INTO pairs VALUES (?, ?, NULL)", pairs)
        self.set_left_out(article)

    def _candidates(self, signature: bytes, page: str | None) -> list[str]:
        keys = bands(signature)
        near = f"SELECT article_id FROM bands WHERE band IN ({', '.join('?' * len(keys))})"
        found = self._db.execute(f"SELECT id, signature FROM articles WHERE id IN ({near})", keys)
        alike = [key for key, other in found if are_alike(signature, other)]
        return alike + [key for (key,) in self._db.execute("SELECT id FROM articles WHERE page = ?", (page,))]

    def set_left_out(self, article: Article) -> None:
        """Store what the loader of an article left out as no part of it."""
        self._db.execute("DELETE FROM left_out WHERE article_id = ?", (article.id,))
        if article.left_out:
            self._db.execute("INSERT INTO left_out VALUES (?, ?)", (article.id, "\n".join(article.left_out)))

    def left_out(self, article_id: str) -> tuple[str, ...]:
        """The lines that the loader of an article left out as no part of it."""
        row = self._db.execute("SELECT lines FROM left_out WHERE article_id = ?", (article_id,)).fetchone()
        return tuple(row[0].split("\n")) if row else ()

    def delete(self, article_id: str) -> None:
        """Delete an article, its passages and what is known about its copies."""
        self._db.execute("DELETE FROM bands WHERE article_id = ?", (article_id,))
        self._db.execute("DELETE FROM articles WHERE id = ?", (article_id,))
        self._db.execute("DELETE FROM left_out WHERE article_id = ?", (article_id,))
        self._db.execute("DELETE FROM numbered WHERE article_id = ?", (article_id,))
        self._db.execute("DELETE FROM passages WHERE article_id = ?", (article_id,))
        self._db.execute("DELETE FROM pairs WHERE one = ?1 OR other = ?1", (article_id,))

    def put_passages(self, rows: Iterable[PassageRow]) -> None:
        """Store the passages of an article, in order."""
        values = (
            (
                r.passage.article_id,
                place,
                r.passage.start,
                r.passage.end,
                r.passage.heading,
                r.digest,
                r.known,
            )
            for place, r in enumerate(rows)
        )
        self._db.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def passage_rows(self) -> Iterator[PassageRow]:
        """All passages by article name and place, the order of the ordinals."""
        return self._rows("")

    def new_passages(self) -> Iterator[PassageRow]:
        """Those of all passages, in the same order, whose text the generation before does not have."""
        return self._rows("WHERE known IS NULL AND id NOT IN (SELECT article_id FROM numbered)")

    def _rows(self, which: str) -> Iterator[PassageRow]:
        found = self._db.execute(
            f"SELECT {_PASSAGE}, digest, known FROM passages JOIN articles ON id = article_id {which} "
            "ORDER BY name, place"
        )
        return (PassageRow(Passage(*row[:4]), row[4], row[5]) for row in found)

    def rows_of(self, article_id: str) -> list[PassageRow]:
        """The passages of one article in order."""
        query = f"SELECT {_PASSAGE}, digest, known FROM passages WHERE article_id = ? ORDER BY place"
        return [
            PassageRow(Passage(*row[:4]), row[4], row[5]) for row in self._db.execute(query, (article_id,))
        ]

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        """The passages of one article in order."""
        query = f"SELECT {_PASSAGE} FROM passages WHERE article_id = ? ORDER BY place"
        return tuple(Passage(*row) for row in self._db.execute(query, (article_id,)))

    def pairs(self) -> list[tuple[str, str, Relation | None]]:
        """Pairs of ids that may be copies, each in order, with their relation where they have been looked at."""
        return self._db.execute("SELECT one, other, relation FROM pairs ORDER BY one, other").fetchall()

    def set_relations(self, relations: Mapping[tuple[str, str], Relation]) -> None:
        """Store what pairs of ids, each in order, were found to be to each other."""
        rows = ((relation, *pair) for pair, relation in relations.items())
        self._db.executemany("UPDATE pairs SET relation = ? WHERE one = ? AND other = ?", rows)

    def order_of(self, article_id: str) -> tuple[date, str]:
        """Day and name of an article: earliest first, undated ones last, then by name."""
        row = self._db.execute("SELECT published, name FROM articles WHERE id = ?", (article_id,)).fetchone()
        return (date.fromisoformat(row[0]) if row[0] else date.max), row[1]

    def set_groups(self, groups: Groups) -> None:
        """Store which article is a copy of which, and which a newer version of which."""
        linked = "copy_of IS NOT NULL OR version_of IS NOT NULL"
        self._db.execute(f"UPDATE articles SET copy_of = NULL, version_of = NULL WHERE {linked}")
        for column, found in (("copy_of", groups.copies), ("version_of", groups.versions)):
            values = ((other, key) for key, other in found.items())
            self._db.executemany(f"UPDATE articles SET {column} = ? WHERE id = ?", values)

    def digest(self) -> str:
        """A digest of the settings, the articles and their copies, for the generation's name."""
        hashed = hashlib.sha256(repr(sorted(self.meta().items())).encode())
        # The text is left out, as the id follows from it.
        columns = [field.name for field in _FIELDS if field.name != "text"] + ["copy_of", "version_of"]
        for row in self._db.execute(f"SELECT {', '.join(columns)} FROM articles ORDER BY name"):
            hashed.update(repr(row).encode())
        return hashed.hexdigest()

    def copies(self) -> dict[str, str]:
        """Each copy's id with its original's, by the copy's name."""
        return self._linked("copy_of")

    def versions(self) -> dict[str, str]:
        """Each newer version's id with that of the one before it, by the newer one's name."""
        return self._linked("version_of")

    def _linked(self, column: str) -> dict[str, str]:
        found = f"SELECT id, {column} FROM articles WHERE {column} IS NOT NULL ORDER BY name"
        return dict(self._db.execute(found).fetchall())

    def damage(self) -> tuple[str, ...]:
        """What SQLite finds wrong with the file, nothing where it is sound."""
        found = tuple(str(line) for (line,) in self._db.execute("PRAGMA integrity_check(20)"))
        return () if found == ("ok",) else found


def is_in_use(path: Path) -> bool:
    """Whether somebody holds the database at `path` open with `Store.read`."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as db:
        try:
            db.execute("BEGIN EXCLUSIVE")
            db.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            return error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        except sqlite3.DatabaseError:
            return False
    return False


def _columns() -> str:
    return ", ".join(
        f"{field.name} TEXT{' NOT NULL' if field.name in _REQUIRED else ''}" for field in _FIELDS
    )


def _article(row: tuple[Any, ...]) -> Article:
    return Article(
        **{field.name: _restored(field.type, value) for field, value in zip(_FIELDS, row, strict=True)}
    )


def _stored(value: Any) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, tuple) else value


def _restored(kind: Any, value: str | None) -> Any:
    """A stored value as a field of this annotation holds it."""
    if value is not None and "date" in kind:
        return date.fromisoformat(value)
    return tuple(json.loads(value)) if value is not None and kind.startswith("tuple") else value
