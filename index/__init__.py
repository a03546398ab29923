"""What is known: articles in, passages found."""

from __future__ import annotations

from index.articles import Article, Passage, retrieval_text
from index.collection import Collection
from index.embedding import Embedder, SentenceTransformerEmbedder
from index.errors import (
    CollectionError,
    CollectionLockedError,
    EverysourceError,
    FetchError,
    LoadError,
    ModelMismatchError,
    UnknownSourceError,
)
from index.hits import Hit
from index.loading import Fetcher, LoadOptions, load
from index.passages import PassageSettings, split, widened
from index.reports import IndexReport, Progress
from index.scope import Scope
from index.sentences import Sentence, sentences

__all__ = [
    "Article",
    "Collection",
    "CollectionError",
    "CollectionLockedError",
    "Embedder",
    "EverysourceError",
    "FetchError",
    "Fetcher",
    "Hit",
    "IndexReport",
    "LoadError",
    "LoadOptions",
    "ModelMismatchError",
    "Passage",
    "PassageSettings",
    "Progress",
    "Scope",
    "Sentence",
    "SentenceTransformerEmbedder",
    "UnknownSourceError",
    "load",
    "retrieval_text",
    "sentences",
    "split",
    "widened",
]
