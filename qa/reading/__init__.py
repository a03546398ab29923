"""Reading: does this window answer the question, and in which words."""

from __future__ import annotations

from pathlib import Path

from qa.reading.hugging_face import HuggingFaceReader
from qa.reading.model import Reader, Reading, Span, Window
from qa.reading.trained import TrainedReader

__all__ = [
    "HuggingFaceReader",
    "Reader",
    "Reading",
    "Span",
    "TrainedReader",
    "Window",
    "default_reader",
    "reader_named",
]


def default_reader() -> Reader:
    """The reader that ships with the project; needs no network."""
    return TrainedReader()


def reader_named(name_or_folder: str | None) -> Reader:
    """The default reader, one trained by `qa.training` in a folder, or a Hugging Face model by name or folder."""
    if name_or_folder is None:
        return default_reader()
    folder = Path(name_or_folder)
    return TrainedReader(folder) if (folder / "card.json").exists() else HuggingFaceReader(name_or_folder)
