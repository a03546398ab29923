"""Reading the public sets' files, with errors that say what is missing."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from eval.errors import BenchError

Item = TypeVar("Item")


def read_text(path: Path) -> str:
    """A text file, unpacked where its name ends in .gz; raises BenchError where it cannot be read."""
    try:
        if path.suffix == ".gz":
            with gzip.open(path, "rt", encoding="utf-8") as file:
                return file.read()
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, EOFError) as error:
        raise BenchError(
            f"{path}: cannot be read: {error}; give the folder that holds the public sets with --data"
        ) from error


def read_json(path: Path) -> Any:
    """A JSON file; raises BenchError where it cannot be read or parsed."""
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise BenchError(f"{path}: is not JSON: {error}") from error


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON lines file; raises BenchError with the line's number."""
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            rows.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise BenchError(f"{path}:{number}: is not JSON: {error}") from error
    return rows


def sample(items: Sequence[Item], limit: int | None, seed: int) -> list[Item]:
    """All items, or `limit` of them drawn by `seed`, in their own order."""
    if limit is None or limit >= len(items):
        return list(items)
    drawn = np.random.default_rng(seed).choice(len(items), size=limit, replace=False)
    return [items[place] for place in sorted(drawn.tolist())]
