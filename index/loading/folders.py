"""Which files a path stands for, in a fixed order, and under which names."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.articles import normalise
from index.errors import LoadError
from index.loading.decoding import Notify
from index.loading.kinds import LOADERS, suffix_of
from index.loading.sidecars import is_sidecar

PAGE_FOLDERS = ("_files", ".html_files", "-Dateien", "_fichiers", "_archivos")
"""How browsers end the name of the folder with a saved page's pictures and scripts."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to load, and its name relative to the folder that was given."""

    path: Path
    name: str


def find(path: Path, notify: Notify) -> tuple[Found, ...]:
    """The files at `path`: itself, or all below it that are of a kind that can be read, sorted by name.

    Hidden files, collections, linked folders, side files with metadata, and folders that a browser made beside a saved
    page are passed over; `notify` is told of files of other kinds, and of links that lead out of the folder, which are
    not followed. Raises LoadError where `path` does not exist, is of another kind, or is a folder without any article.
    """
    known = ", ".join(sorted(LOADERS))
    if not path.is_dir():
        if path.exists() and suffix_of(path.name) not in LOADERS:
            raise LoadError(
                path, f"files of kind {path.suffix or 'without suffix'!r} cannot be read; known: {known}"
            )
        return (Found(path, _name(path.name)),)
    files = sorted(_files(path), key=lambda file: file.relative_to(path).as_posix())
    taken = [file for file in files if suffix_of(file.name) in LOADERS and not is_sidecar(file.name)]
    if skipped := Counter(
        file.suffix.lower() or "no suffix" for file in files if suffix_of(file.name) not in LOADERS
    ):
        listed = ", ".join(f"{suffix} ({count})" for suffix, count in sorted(skipped.items()))
        notify(f"{path}: skipped files of unknown kind: {listed}; known: {known}")
    inside = [file for file in taken if _stays_inside(file, path, notify)]
    if not inside:
        raise LoadError(path, f"the folder holds no articles; put files of these kinds there: {known}")
    return tuple(Found(file, _name(file.relative_to(path).as_posix())) for file in inside)


def _stays_inside(file: Path, folder: Path, notify: Notify) -> bool:
    if not file.is_symlink() or not file.exists() or file.resolve().is_relative_to(folder.resolve()):
        return True
    notify(
        f"{file}: skipped, a link that leads out of the folder; copy the file there, or index it by its own path"
    )
    return False


def _files(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise LoadError(
            error.filename or folder, f"the folder cannot be listed ({error.strerror})"
        ) from error

    for parent, folders, files in os.walk(folder, onerror=refuse):
        pages = {Path(name).stem for name in files if suffix_of(name) in (".html", ".htm", ".xhtml")}
        folders[:] = [
            name
            for name in _shown(folders)
            if not (Path(parent, name) / "CURRENT").is_file() and not _belongs_to_page(name, pages)
        ]
        yield from (Path(parent, name) for name in _shown(files))


def _belongs_to_page(folder: str, pages: set[str]) -> bool:
    return any(folder.endswith(end) and folder.removesuffix(end) in pages for end in PAGE_FOLDERS)


def _name(path: str) -> str:
    return normalise(path).replace("\n", " ")


def _shown(names: Iterable[str]) -> list[str]:
    return [name for name in names if not name.startswith(".")]
