"""`verify`: a collection looked through from outside, and mended where that is asked for."""

from __future__ import annotations

from pathlib import Path

from index.collection import Collection
from index.embedding import Embedder
from index.errors import CollectionError, ModelMismatchError
from index.generations import Folder
from index.locking import LOCK_SECONDS, writer_lock
from index.reports import Meter, ProgressCallback, no_progress
from index.verifying import Problem, VerifyReport, newest_sound


def verify(
    folder: str | Path,
    *,
    repair: bool = False,
    model: str | None = None,
    embedder: Embedder | None = None,
    wait: float = LOCK_SECONDS,
    progress: ProgressCallback = no_progress,
) -> VerifyReport:
    """Check every offset, digest and index of the collection in `folder` against its text.

    With `repair`, passages, vectors, words and copies that are wrong are made anew from the text, and where the
    database itself is damaged, the newest generation that is whole is put in force again. A text that is not what was
    stored cannot be made anew: its file has to be indexed again. Raises CollectionError where there is no collection.
    """
    place = Folder(Path(folder))
    if not place.is_collection():
        place.current()
    first = _examined(place, model, embedder, progress)
    if not repair or not first.problems:
        return first
    if any(problem.part == "generation" for problem in first.problems):
        _go_back(place, wait)
    now = _examined(place, model, embedder, progress)
    parts = {problem.part for problem in now.problems}
    if parts & {"passages", "vectors", "words", "copies"} and "generation" not in parts:
        with Collection.open(folder, model=model, embedder=embedder, wait=wait) as collection:
            collection.rebuild(keep_vectors=not parts & {"passages", "vectors"}, progress=progress)
        now = _examined(place, model, embedder, progress)
    mended = tuple(problem for problem in first.problems if problem not in now.problems)
    return VerifyReport(now.generation, now.articles, now.passages, now.problems, mended)


def _examined(
    place: Folder, model: str | None, embedder: Embedder | None, progress: ProgressCallback
) -> VerifyReport:
    try:
        collection = Collection.open(place.path, model=model, embedder=embedder)
    except ModelMismatchError:
        raise
    except CollectionError as error:
        return VerifyReport(None, 0, 0, (Problem("generation", str(error)),))
    with collection:
        return collection.examined(Meter(progress))


def _go_back(place: Folder, wait: float) -> None:
    """Put the newest generation that is whole in force, where there is one."""
    with writer_lock(place.path, wait):
        name = newest_sound(place.complete())
        if name is not None:
            place.point_to(name)
