"""What can go wrong, as one small tree.

EverysourceError                 anything that a user can be told about
├── LoadError                    a file or folder could not be read as articles
├── FetchError                   an address of the web could not, or may not, be fetched
└── CollectionError              a collection could not be opened, read or written
    ├── ModelMismatchError       its vectors come from another embedding model
    ├── CollectionLockedError    somebody else is writing to it
    └── UnknownSourceError       it holds no article of that name or id
"""

from __future__ import annotations

from pathlib import Path


class EverysourceError(Exception):
    """Root of all errors that Everysource raises on purpose; its message is fit to be shown to a user."""


class LoadError(EverysourceError):
    """A file or folder could not be read as articles; `path` says which, `reason` why and what to do.

    Where none of several files could be read, `failed` lists every path with its reason.
    """

    def __init__(self, path: str | Path, reason: str, failed: tuple[tuple[Path, str], ...] = ()) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = Path(path)
        self.reason = reason
        self.failed = failed

    def __reduce__(self) -> tuple[type[LoadError], tuple[Path, str, tuple[tuple[Path, str], ...]]]:
        """Keep the arguments when the error travels between processes."""
        return type(self), (self.path, self.reason, self.failed)


class FetchError(EverysourceError):
    """A page could not be fetched, or may not be; the message names its address and says why."""


class CollectionError(EverysourceError):
    """A collection could not be opened, read or written."""


class ModelMismatchError(CollectionError):
    """The collection's vectors were made by another embedding model."""


class CollectionLockedError(CollectionError):
    """Another writer is at work on the collection."""


class UnknownSourceError(CollectionError):
    """No article of the collection has this name or id."""
