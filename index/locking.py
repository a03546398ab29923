"""The writer's lock of a collection, and who holds it."""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import CollectionLockedError

LOCK = "writer.lock"
HOLDER = "writer.json"
LOCK_SECONDS = 2.0
FOREVER = math.inf


@contextmanager
def writer_lock(folder: Path, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the lock of the collection in `folder`, waiting up to `seconds` for it, `FOREVER` for as long as it takes.

    Raises CollectionLockedError, which names the process that holds it. A killed process holds nothing.
    """
    lock = FileLock(folder / LOCK, timeout=-1 if seconds == FOREVER else seconds)
    try:
        lock.acquire()
    except Timeout:
        raise CollectionLockedError(
            f"{_holder(folder)} is writing to the collection in {folder} (waited {seconds:g} s); "
            "try again when it is done, or wait for it with --wait"
        ) from None
    holder = folder / HOLDER
    try:
        started = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
        holder.write_text(
            json.dumps({"process": os.getpid(), "machine": platform.node(), "since": started}),
            encoding="utf-8",
        )
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _holder(folder: Path) -> str:
    try:
        known = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
        return f"process {known['process']} on {known['machine']}, since {known['since']},"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
