"""What the user says of a file beside it: `NAME.meta.json`, or its row in the folder's `metadata.csv`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from index.errors import LoadError
from index.loading.decoding import decode, read_bytes
from index.loading.options import FIELDS
from index.loading.records import known

SUFFIX = ".meta.json"
TABLE = "metadata.csv"
FILE_COLUMNS = ("file", "filename", "path")
MAX_SIDE_BYTES = 8 * 2**20


def is_sidecar(name: str) -> bool:
    """Whether a file of this name says something of others, and is no article itself."""
    return name.lower().endswith(SUFFIX) or name.lower() == TABLE


def own_fields(path: Path) -> Mapping[str, object]:
    """The fields that the user gives for the file at `path`; empty where there are none.

    A file `a.html` may have `a.html.meta.json` or `a.meta.json`; what these say goes before the table. Raises LoadError
    where one of them cannot be read, or names a field that there is not.
    """
    fields: dict[str, object] = {}
    table = path.with_name(TABLE)
    if _is_there(table) and table != path:
        fields |= _table(table, table.stat().st_mtime_ns).get(path.name, {})
    for side in (path.with_name(f"{path.name}{SUFFIX}"), path.with_name(f"{path.stem}{SUFFIX}")):
        if _is_there(side) and side != path:
            return fields | _object(side)
    return fields


def _is_there(side: Path) -> bool:
    try:
        return side.is_file()
    except OSError:
        # What may not be looked at is the article's own file to complain of.
        return False


def _object(side: Path) -> dict[str, object]:
    try:
        record = json.loads(decode(side, read_bytes(side, MAX_SIDE_BYTES))[0])
    except (ValueError, RecursionError) as error:
        raise LoadError(side, "is not valid JSON; mend it, or take it away") from error
    if not isinstance(record, dict):
        raise LoadError(side, "holds no JSON object; write one with fields such as title and published")
    return _checked(side, record)


@lru_cache(maxsize=8)
def _table(table: Path, _changed: int) -> dict[str, dict[str, object]]:
    text = decode(table, read_bytes(table, MAX_SIDE_BYTES))[0]
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        column = next(
            (name for name in reader.fieldnames or () if name.strip().lower() in FILE_COLUMNS), None
        )
        if column is None:
            raise LoadError(table, "has no column 'file' that says which file each row is about; add it")
        rows = {str(row.pop(column)).strip(): row for row in reader}
    except csv.Error as error:
        raise LoadError(table, f"is no valid table ({error}); mend it, or take it away") from error
    return {file: _checked(table, row) for file, row in rows.items() if file}


def _checked(side: Path, record: Mapping[str, object]) -> dict[str, object]:
    named = {key: value for key, value in record.items() if isinstance(key, str)}
    fields = known(named)
    if named and not fields and any(named.values()):
        raise LoadError(side, f"names no field that an article has; known: {', '.join(FIELDS[1:-1])}")
    return {key: value for key, value in fields.items() if key not in ("text", "name")}
