from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eval import articles_by_name
from index import Article, Collection, SentenceTransformerEmbedder

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def demo_gold() -> Path:
    return EXAMPLES / "gold.jsonl"


@pytest.fixture(scope="session")
def demo_collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    folder = tmp_path_factory.mktemp("demo") / "collection"
    with Collection.create(folder, embedder=SentenceTransformerEmbedder()) as collection:
        collection.add([EXAMPLES / "articles"])
        yield collection


@pytest.fixture(scope="session")
def demo_articles(demo_collection: Collection) -> dict[str, Article]:
    return articles_by_name(demo_collection)
