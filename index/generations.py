"""A collection's folder: complete generations side by side, and a pointer to the one that counts.

    CURRENT                      the name of the generation in force, replaced in one step
    writer.lock, writer.json     held by the one writer, and who that is
    pending.sqlite               vectors of a run that has not got to its end, for the next one to go on with
    generations/3-1f0c9a2b/      articles.sqlite, vectors.faiss (and what came beside it), words/, manifest.json

A writer makes a new generation beside the others, syncs it to disk and only then replaces CURRENT, so that a killed
writer leaves nothing but a folder that the next one clears away, and the vectors that it had made. After the swap older
generations are deleted, but for the one just left and any that a reader holds open.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from index.errors import CollectionError
from index.locking import HOLDER, LOCK
from index.pending import JOURNAL, PENDING
from index.storage import is_in_use

DATABASE = "articles.sqlite"
VECTORS = "vectors.faiss"
WORDS = "words"
MANIFEST = "manifest.json"

_NAME = re.compile(r"(\d{1,9})-[0-9a-f]{8}")
_STAGING = ".staging"


class Folder:
    """The folder of a collection and the generations in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._generations = path / "generations"
        self._pointer = path / "CURRENT"

    def current(self) -> str:
        """The name of the generation in force; CollectionError where there is none, saying how to go on."""
        try:
            name = self._pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            raise self._missing() from None
        except (OSError, UnicodeDecodeError) as error:
            raise CollectionError(f"{self._pointer} cannot be read ({error}); {self._way_out()}") from error
        if not _NAME.fullmatch(name) or not (self._generations / name / MANIFEST).is_file():
            raise CollectionError(
                f"{self._pointer} names {name[:40]!r}, which is no generation here; {self._way_out()}"
            )
        return name

    def generation(self, name: str) -> Path:
        """The folder of a generation."""
        return self._generations / name

    def is_collection(self) -> bool:
        """Whether there is a collection here, whole or damaged; one whose making was cut short does not count."""
        return self._pointer.exists() or any(number > 0 for number, _ in self._complete())

    def is_free(self) -> bool:
        """Whether a collection can be made here: nothing but what an earlier attempt left behind."""
        if not self.path.exists():
            return True
        ours = {"generations", LOCK, HOLDER, "CURRENT.new", PENDING, PENDING + JOURNAL}
        return self.path.is_dir() and all(entry.name in ours for entry in self.path.iterdir())

    @property
    def pending(self) -> Path:
        """Where the vectors of a run lie until it is published."""
        return self.path / PENDING

    def point_to(self, name: str) -> None:
        """Put a complete generation in force. Needs the writer's lock."""
        new = self.path / "CURRENT.new"
        with new.open("w", encoding="ascii") as stream:
            stream.write(f"{name}\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(new, self._pointer)
        _sync(self.path)

    def delete(self) -> None:
        """Delete the collection's generations. Needs the writer's lock."""
        self._pointer.unlink(missing_ok=True)
        shutil.rmtree(self._generations, ignore_errors=True)

    def delete_if_empty(self) -> None:
        """Delete the folder where nothing but a lock is in it."""
        if self.path.is_dir() and {entry.name for entry in self.path.iterdir()} <= {LOCK, HOLDER}:
            shutil.rmtree(self.path, ignore_errors=True)

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """An empty folder for a new generation; deleted if it was not published. Needs the writer's lock."""
        for left_over in self._generations.glob(f"{_STAGING}*"):
            shutil.rmtree(left_over, ignore_errors=True)
        path = self._generations / f"{_STAGING}-{os.getpid()}"
        path.mkdir(parents=True)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def publish(self, staged: Path, content: str) -> str:
        """Put a staged generation in force and return its name; `content` is a digest of what it holds."""
        number = max((number for number, _ in self._complete()), default=-1) + 1
        name = f"{number}-{content[:8]}"
        _seal(staged, self._shared(staged / VECTORS))
        staged.rename(self._generations / name)
        _sync(self._generations)
        self.point_to(name)
        return name

    def _shared(self, path: Path) -> dict[Path, Any]:
        """What is known of a staged file that an earlier generation has as well, of when it was written."""
        for generation in self.complete():
            other = generation / path.name
            if path.exists() and other.exists() and other.samefile(path):
                with suppress(OSError, ValueError, KeyError):
                    return {path: written_files(generation)[path.name]}
        return {}

    def prune(self, *keep: str) -> None:
        """Delete generations that are not in `keep` and that no reader holds open. Needs the writer's lock."""
        for _, name in self._complete():
            path = self._generations / name
            if name not in keep and not is_in_use(path / DATABASE):
                # Renamed first, so that no reader finds half of one.
                doomed = path.rename(self._generations / f"{_STAGING}-{name}")
                shutil.rmtree(doomed, ignore_errors=True)

    def complete(self) -> list[Path]:
        """The folders of all generations that were written to their end, in order."""
        return [self.generation(name) for _, name in self._complete()]

    def _complete(self) -> list[tuple[int, str]]:
        if not self._generations.is_dir():
            return []
        names = [path.name for path in self._generations.iterdir() if (path / MANIFEST).is_file()]
        return sorted((int(match[1]), name) for name in names if (match := _NAME.fullmatch(name)))

    def _missing(self) -> CollectionError:
        if self.is_collection():
            return CollectionError(f"{self._pointer} is missing; {self._way_out()}")
        return CollectionError(f"there is no collection in {self.path}; index some articles into it first")

    def _way_out(self) -> str:
        if complete := self._complete():
            return f"write the line {complete[-1][1]!r} into it to go on with the newest generation that is complete"
        return "no generation is complete: delete the folder and index the articles again"


def written_files(generation: Path) -> dict[str, Any]:
    """Length and digest of each file, as they were written."""
    files: dict[str, Any] = json.loads((generation / MANIFEST).read_text(encoding="utf-8"))["files"]
    return files


def check_sizes(generation: Path) -> None:
    """Raise CollectionError where the database is not as long as it was when the generation was sealed."""
    try:
        expected = written_files(generation)[DATABASE]["bytes"]
        found = (generation / DATABASE).stat().st_size
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CollectionError(f"{generation} is damaged ({error}); {_restore(generation)}") from error
    if expected != found:
        raise CollectionError(
            f"{generation / DATABASE} is damaged: {found:,} bytes of {expected:,}; {_restore(generation)}"
        )


def damaged(generation: Path, error: sqlite3.Error) -> CollectionError:
    """The error to raise where SQLite finds the database damaged."""
    return CollectionError(f"{generation / DATABASE} is damaged ({error}); {_restore(generation)}")


def _restore(generation: Path) -> str:
    others = sorted(
        (path for path in generation.parent.iterdir() if _NAME.fullmatch(path.name) and path != generation),
        key=lambda path: int(path.name.split("-")[0]),
    )
    if others:
        return f"write {others[-1].name!r} into {generation.parents[1] / 'CURRENT'} to go back to the generation before"
    return f"delete {generation.parents[1]} and index the articles again"


def _seal(staged: Path, known: Mapping[Path, Any]) -> None:
    """Sync every file to disk and write down its length and digest, where they are not `known`."""
    paths = sorted(path for path in staged.rglob("*") if path.is_file())
    with ThreadPoolExecutor(max_workers=2) as threads:
        written = threads.map(lambda path: known.get(path) or _settled(path), paths)
        files = {path.relative_to(staged).as_posix(): told for path, told in zip(paths, written, strict=True)}
    manifest = staged / MANIFEST
    with manifest.open("w", encoding="utf-8") as stream:
        json.dump({"files": files}, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    for folder in {path.parent for path in staged.rglob("*")} | {staged}:
        _sync(folder)


def _settled(path: Path) -> dict[str, int | str]:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}


def _sync(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
