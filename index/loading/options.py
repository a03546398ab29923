"""What a user may say about how files are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.loading.fetching import Fetcher

FIELDS = ("text", "title", "outlet", "author", "published", "fetched", "url", "language", "name")
"""What can be known of an article, under these names wherever a user writes them."""


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """`columns` maps a field of `FIELDS` to a column of tables and JSON; `fetcher` allows lists of URLs to be fetched.

    Raises ValueError for a field that there is not.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    fetcher: Fetcher | None = None

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.columns) - set(FIELDS)):
            raise ValueError(f"{unknown[0]!r} is no field of an article; known: {', '.join(FIELDS)}")
