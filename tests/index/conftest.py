"""Small articles, and a collection made of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder

from index import Collection

STORIES = {
    "bridge.md": """---
title: Old bridge closed to lorries
outlet: Northern Gazette
published: 2024-05-02
---
The council closed the old bridge to lorries on Thursday. Engineers had found 14 cracked bolts. "We cannot wait,"
said Mayor Ada Quill.

## What happens next

Repairs will cost 2.5 million crowns and last until August. Buses will take the ring road.
""",
    "harbour.txt": """Harbour strike enters its third week

Some 300 dockers stayed away from work on Monday. The union asks for five per cent more pay.
The port authority offers three.
Post Comment
""",
    "sub/orchard.txt": """Frost has killed a third of the apple blossom in the valley, growers say.

The co-operative expects 9,000 tonnes of fruit, down from 14,000 last year.
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three articles, one of them in a folder below."""
    for name, text in STORIES.items():
        path = tmp_path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "articles"


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def collection(tmp_path: Path, folder: Path, embedder: HashingEmbedder) -> Iterator[Collection]:
    """A collection of the three articles."""
    with Collection.open(tmp_path / "collection", create=True, embedder=embedder) as made:
        made.add([folder])
        yield made
