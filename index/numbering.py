"""Ordinals of passages: their numbers by article name and place, kept as one range for each article."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.articles import Passage

Ordinals = NDArray[np.int64]

NUMBERED = "CREATE TABLE numbered (first INTEGER PRIMARY KEY, count INTEGER NOT NULL, article_id TEXT NOT NULL UNIQUE);"


class Numbers:
    """The ordinals in one generation's database; an article that is new has none until they are settled."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def before(self) -> Ordinals:
        """For each passage, in the order of the ordinals to come, the ordinal that it is known by; -1 for none."""
        parts: list[Ordinals] = [np.empty(0, dtype=np.int64)]
        found = self._db.execute(
            "SELECT id, first, count FROM articles LEFT JOIN numbered ON id = article_id ORDER BY name"
        )
        for key, first, count in found.fetchall():
            if first is None:
                query = "SELECT ifnull(known, -1) FROM passages WHERE article_id = ? ORDER BY place"
                known = self._db.execute(query, (key,)).fetchall()
                parts.append(np.asarray(known, dtype=np.int64).reshape(-1))
            else:
                parts.append(np.arange(first, first + count))
        return np.concatenate(parts)

    def settle(self) -> None:
        """Give all passages the ordinals 0, 1, 2 and so on, by article name and place.

        They are kept by article: numbers of single passages would nearly all change where an article comes between.
        """
        counts = dict(self._db.execute("SELECT article_id, count FROM numbered").fetchall())
        self._db.execute("DELETE FROM numbered")
        first, rows = 0, []
        for (key,) in self._db.execute("SELECT id FROM articles ORDER BY name").fetchall():
            count = counts.get(key)
            if count is None:
                query = "SELECT count(*) FROM passages WHERE article_id = ?"
                count = self._db.execute(query, (key,)).fetchone()[0]
                self._db.execute("UPDATE passages SET known = NULL WHERE article_id = ?", (key,))
            if count:
                rows.append((first, count, key))
                first += count
        self._db.executemany("INSERT INTO numbered VALUES (?, ?, ?)", rows)

    def all(self) -> list[tuple[int, int, str]]:
        """First ordinal, count of passages and id of each article that has any, ascending."""
        return self._db.execute("SELECT first, count, article_id FROM numbered ORDER BY first").fetchall()

    def count(self) -> int:
        """How many passages there are."""
        last = self._db.execute("SELECT first + count FROM numbered ORDER BY first DESC LIMIT 1").fetchone()
        return 0 if last is None else int(last[0])

    def ordinal_of(self, digest: bytes) -> int | None:
        """The place of the vector that was made of the text with this digest."""
        found = self._db.execute(
            "SELECT min(first + place) FROM passages JOIN numbered USING (article_id) WHERE digest = ?",
            (digest,),
        ).fetchone()
        return None if found is None else found[0]

    def passages_at(self, ordinals: Iterable[int]) -> list[Passage]:
        """The passages with these ordinals, in their order; KeyError where there is none."""
        numbered = "SELECT article_id, ? - first FROM numbered WHERE first <= ?1 ORDER BY first DESC LIMIT 1"
        passage = "SELECT article_id, start, stop, heading FROM passages WHERE article_id = ? AND place = ?"
        found: list[Passage] = []
        for ordinal in ordinals:
            place = self._db.execute(numbered, (ordinal,)).fetchone()
            row = place and self._db.execute(passage, place).fetchone()
            if row is None:
                raise KeyError(ordinal)
            found.append(Passage(*row))
        return found

    def of_articles(self, article_ids: Iterable[str]) -> Ordinals:
        """Ordinals of the passages of some articles, ascending."""
        query = "SELECT first, count FROM numbered WHERE article_id = ?"
        return _ranges(row for key in article_ids for row in self._db.execute(query, (key,)))

    def of_outlet(self, outlet: str) -> Ordinals:
        """Ordinals of the passages that `outlet` printed, ascending."""
        query = "SELECT first, count FROM numbered JOIN articles ON id = article_id WHERE outlet = ?"
        return _ranges(self._db.execute(query, (outlet,)))


def _ranges(numbered: Iterable[tuple[int, int]]) -> Ordinals:
    ranges = [np.arange(first, first + count) for first, count in sorted(numbered)]
    return np.concatenate([np.empty(0, dtype=np.int64), *ranges])
