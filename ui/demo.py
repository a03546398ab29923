"""The demo articles that ship with Everysource, and their gold questions."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index import Collection

# Beside this package in a checkout and in an installation alike; an import could find somebody else's `examples`.
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
DEMO_QUESTION = "How many people were killed when the Hollin dam failed?"
EXAMPLE_QUESTIONS = (
    DEMO_QUESTION,
    "Who told people in Varnby to leave?",
    "How many people were hurt at Gate 4?",
    "What did HydroSord's chief executive say?",
    "Was the Hollin dam insured?",
)


def demo_articles() -> Path:
    """The folder of the demo articles, in a checkout as in an installation."""
    return EXAMPLES / "articles"


def demo_gold() -> Path:
    """The gold questions over the demo articles."""
    return EXAMPLES / "gold.jsonl"


def demo_collection(model: str | None = None) -> AbstractContextManager[Collection]:
    """A collection of the demo articles, gone at the end."""
    return temporary_collection(demo_articles(), model)


@contextmanager
def temporary_collection(articles: Path, model: str | None = None) -> Iterator[Collection]:
    """A collection of the articles in a folder, kept in a temporary folder and gone at the end."""
    from index import Collection

    with (
        tempfile.TemporaryDirectory(prefix="everysource-", ignore_cleanup_errors=True) as folder,
        Collection.create(Path(folder) / "collection", model=model) as collection,
    ):
        collection.add([articles])
        yield collection
