"""Pages of results: each table stands in a block that names the command which makes it, and is made anew by it."""

from __future__ import annotations

from datetime import date

_END = "<!-- end -->"


def with_table(page: str, command: str, table: str, day: date) -> str:
    """The Markdown `page` with the block of `command` made anew, or added at its end where there is none yet."""
    begin = f"<!-- everysource {command} -->"
    block = f"{begin}\nMade on {day.isoformat()} by `everysource {command}`.\n\n{table.strip()}\n{_END}"
    before, found, rest = page.partition(begin)
    if found:
        return before + block + rest.partition(_END)[2]
    return f"{page.rstrip()}\n\n{block}\n".lstrip("\n")
