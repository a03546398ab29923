"""Text and metadata in SQLite, the one owner of what a collection knows; vectors and words are derived from it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from index.articles import Article, Passage
from index.copies import Candidate
from index.errors import CollectionError

FORMAT = "3"

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, text TEXT NOT NULL, title TEXT NOT NULL, outlet TEXT, author TEXT,
    published TEXT, url TEXT, language TEXT, fetched TEXT, pages TEXT NOT NULL, origin TEXT, part TEXT NOT NULL,
    signature BLOB NOT NULL, copy_of TEXT
);
CREATE TABLE left_out (article_id TEXT PRIMARY KEY, lines TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX articles_by_origin ON articles (origin, part);
CREATE TABLE passages (
    article_id TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, heading TEXT, digest BLOB NOT NULL,
    ordinal INTEGER, PRIMARY KEY (article_id, start)
) WITHOUT ROWID;
CREATE INDEX passages_by_digest ON passages (digest);
CREATE INDEX passages_by_ordinal ON passages (ordinal);
CREATE TABLE copy_pairs (one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
"""
_ARTICLE = "id, name, text, title, outlet, author, published, url, language, fetched, pages"
_PASSAGE = "article_id, start, stop, heading"


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A stored passage, the digest of its retrieval text, and its place in the vectors where it has one."""

    passage: Passage
    digest: bytes
    ordinal: int | None


class Store:
    """One generation's database. Not safe for several threads at once; the Collection sees to that."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    def create(cls, path: Path, base: Store | None = None) -> Store:
        """A new database at `path`, empty or with all that `base` holds, open for writing."""
        store = cls(sqlite3.connect(path, isolation_level=None, check_same_thread=False))
        # Nobody reads it before it is whole and synced, so a journal would only cost time.
        store._db.execute("PRAGMA journal_mode = OFF")
        store._db.execute("PRAGMA synchronous = OFF")
        if base is None:
            store._db.executescript(_SCHEMA)
            store.set_meta({"format": FORMAT})
        else:
            base._db.backup(store._db)
        store._db.execute("BEGIN")
        return store

    @classmethod
    def read(cls, path: Path) -> Store:
        """The database at `path`, held open by a read transaction that keeps its generation from being deleted.

        Raises sqlite3.Error where it is damaged, CollectionError where it is of another format.
        """
        uri = f"{path.absolute().as_uri()}?mode=ro"
        store = cls(sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=1))
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

    def commit(self) -> None:
        """Write everything and end the transaction."""
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

    def names_from(self, origin: str, part: str | None = None) -> tuple[str, ...]:
        """Names of the articles that were read from the file `origin`, or from one part of it."""
        query = "SELECT name FROM articles WHERE origin = ? AND (?2 IS NULL OR part = ?2) ORDER BY name"
        return tuple(name for (name,) in self._db.execute(query, (origin, part)))

    def put(self, article: Article, origin: str | None, part: str, signature: bytes) -> None:
        """Store an article, read from the file `origin` and there from `part`, if it has several."""
        values = (
            article.id,
            article.name,
            article.text,
            article.title,
            article.outlet,
            article.author,
            article.published.isoformat() if article.published else None,
            article.url,
            article.language,
            article.fetched.isoformat() if article.fetched else None,
            " ".join(map(str, article.pages)),
            origin,
            part,
            signature,
        )
        places = ", ".join("?" * len(values))
        self._db.execute(
            f"INSERT INTO articles ({_ARTICLE}, origin, part, signature) VALUES ({places})", values
        )
        self.set_left_out(article)

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
        self._db.execute("DELETE FROM articles WHERE id = ?", (article_id,))
        self._db.execute("DELETE FROM left_out WHERE article_id = ?", (article_id,))
        self._db.execute("DELETE FROM passages WHERE article_id = ?", (article_id,))
        self._db.execute("DELETE FROM copy_pairs WHERE one = ?1 OR other = ?1", (article_id,))

    def put_passages(self, rows: Iterable[PassageRow]) -> None:
        """Store passages."""
        values = (
            (r.passage.article_id, r.passage.start, r.passage.end, r.passage.heading, r.digest, r.ordinal)
            for r in rows
        )
        self._db.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)", values)

    def passage_rows(self) -> Iterator[PassageRow]:
        """All passages by article name and start, the order of the ordinals."""
        found = self._db.execute(
            f"SELECT {_PASSAGE}, digest, ordinal FROM passages JOIN articles ON id = article_id ORDER BY name, start"
        )
        return (PassageRow(Passage(*row[:4]), row[4], row[5]) for row in found)

    def ordinal_of(self, digest: bytes) -> int | None:
        """The place of the vector that was made of the text with this digest."""
        row = self._db.execute("SELECT min(ordinal) FROM passages WHERE digest = ?", (digest,)).fetchone()
        return None if row is None else row[0]

    def forget_ordinals(self) -> None:
        """Take all passages for new, so that their vectors are made anew."""
        self._db.execute("UPDATE passages SET ordinal = NULL")

    def number_passages(self, passages: Iterable[Passage]) -> None:
        """Give `passages` the ordinals 0, 1, 2 and so on."""
        values = ((ordinal, p.article_id, p.start) for ordinal, p in enumerate(passages))
        self._db.executemany("UPDATE passages SET ordinal = ? WHERE article_id = ? AND start = ?", values)

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        """The passages of one article in order."""
        query = f"SELECT {_PASSAGE} FROM passages WHERE article_id = ? ORDER BY start"
        return tuple(Passage(*row) for row in self._db.execute(query, (article_id,)))

    def passage_at(self, ordinal: int) -> Passage:
        """The passage with this ordinal."""
        row = self._db.execute(f"SELECT {_PASSAGE} FROM passages WHERE ordinal = ?", (ordinal,)).fetchone()
        return Passage(*row)

    def ordinals(self, article_ids: Sequence[str] | None) -> list[int]:
        """Ordinals of the passages of some articles, or of all, ascending."""
        if article_ids is None:
            return [
                ordinal for (ordinal,) in self._db.execute("SELECT ordinal FROM passages ORDER BY ordinal")
            ]
        query = "SELECT ordinal FROM passages WHERE article_id = ?"
        return sorted(ordinal for key in article_ids for (ordinal,) in self._db.execute(query, (key,)))

    def ordinals_by(self, outlet: str) -> list[int]:
        """Ordinals of the passages that `outlet` printed, ascending."""
        query = (
            "SELECT ordinal FROM passages JOIN articles ON id = article_id WHERE outlet = ? ORDER BY ordinal"
        )
        return [ordinal for (ordinal,) in self._db.execute(query, (outlet,))]

    def passage_count(self) -> int:
        """How many passages there are."""
        return int(self._db.execute("SELECT count(*) FROM passages").fetchone()[0])

    def candidates(self) -> list[Candidate]:
        """What is needed to find copies, for all articles by name."""
        found = self._db.execute("SELECT id, name, published, signature FROM articles ORDER BY name")
        return [
            Candidate(key, name, _date(published), signature) for key, name, published, signature in found
        ]

    def copy_pairs(self) -> set[tuple[str, str]]:
        """Pairs of ids that were found to be copies of each other."""
        return set(self._db.execute("SELECT one, other FROM copy_pairs").fetchall())

    def set_copies(self, copies: Mapping[str, str], pairs: Iterable[tuple[str, str]]) -> None:
        """Store which article is a copy of which, and the pairs that were verified."""
        self._db.execute("UPDATE articles SET copy_of = NULL")
        self._db.executemany(
            "UPDATE articles SET copy_of = ? WHERE id = ?", ((b, a) for a, b in copies.items())
        )
        self._db.executemany("INSERT OR IGNORE INTO copy_pairs VALUES (?, ?)", pairs)

    def digest(self) -> str:
        """A digest of the settings, the articles and their copies, for the generation's name."""
        hashed = hashlib.sha256(repr(sorted(self.meta().items())).encode())
        for row in self._db.execute(f"SELECT {_ARTICLE}, copy_of FROM articles ORDER BY name"):
            hashed.update(repr(row[:2] + row[3:]).encode())
        return hashed.hexdigest()

    def copies(self) -> dict[str, str]:
        """Each copy's id with its original's."""
        return dict(
            self._db.execute(
                "SELECT id, copy_of FROM articles WHERE copy_of IS NOT NULL ORDER BY name"
            ).fetchall()
        )


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


def _article(row: tuple[Any, ...]) -> Article:
    key, name, text, title, outlet, author, published, url, language, fetched, pages = row
    days = _date(published), _date(fetched)
    starts = tuple(map(int, pages.split()))
    return Article(key, name, text, title, outlet, author, days[0], url, language, days[1], starts)


def _date(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
