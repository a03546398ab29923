"""Which files a path stands for, in a fixed order, and under which names."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.articles import normalise
from index.errors import LoadError
from index.loading.decoding import Notify


@dataclass(frozen=True, slots=True)
class Found:
    """A file to load, and its name relative to the folder that was given."""

    path: Path
    name: str


def find(path: Path, suffixes: Collection[str], notify: Notify) -> tuple[Found, ...]:
    """The files at `path`: itself, or all below it that have one of `suffixes`, sorted by name.

    Hidden files, collections and linked folders are passed over; `notify` is told of files of other kinds. Raises
    LoadError where `path` does not exist, is of another kind, or is a folder without any article.
    """
    known = ", ".join(sorted(suffixes))
    if not path.is_dir():
        if path.exists() and path.suffix.lower() not in suffixes:
            raise LoadError(
                path, f"files of kind {path.suffix or 'without suffix'!r} cannot be read; known: {known}"
            )
        return (Found(path, _name(path.name)),)
    files = sorted(_files(path), key=lambda file: file.relative_to(path).as_posix())
    taken = [file for file in files if file.suffix.lower() in suffixes]
    if skipped := Counter(
        file.suffix.lower() or "no suffix" for file in files if file.suffix.lower() not in suffixes
    ):
        listed = ", ".join(f"{suffix} ({count})" for suffix, count in sorted(skipped.items()))
        notify(f"{path}: skipped files of unknown kind: {listed}; known: {known}")
    if not taken:
        raise LoadError(path, f"the folder holds no articles; put files of these kinds there: {known}")
    return tuple(Found(file, _name(file.relative_to(path).as_posix())) for file in taken)


def _files(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise LoadError(
            error.filename or folder, f"the folder cannot be listed ({error.strerror})"
        ) from error

    for parent, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in _shown(folders) if not (Path(parent, name) / "CURRENT").is_file()]
        yield from (Path(parent, name) for name in _shown(files))


def _name(path: str) -> str:
    return normalise(path).replace("\n", " ")


def _shown(names: Iterable[str]) -> list[str]:
    return [name for name in names if not name.startswith(".")]
