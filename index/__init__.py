"""What is known: articles in, passages found."""

from __future__ import annotations

from index.articles import Article, Passage, retrieval_text
from index.changes import Change
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
from index.locking import FOREVER, LOCK_SECONDS
from index.mending import verify
from index.outlets import named_outlets
from index.passages import PassageSettings, split, widened
from index.reports import IndexReport, Progress
from index.scope import Scope
from index.sentences import Sentence, sentences
from index.transfer import export_collection, import_collection
from index.verifying import Problem, VerifyReport

__all__ = [
    "FOREVER",
    "LOCK_SECONDS",
    "Article",
    "Change",
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
    "Problem",
    "Progress",
    "Scope",
    "Sentence",
    "SentenceTransformerEmbedder",
    "UnknownSourceError",
    "VerifyReport",
    "export_collection",
    "import_collection",
    "load",
    "named_outlets",
    "retrieval_text",
    "sentences",
    "split",
    "verify",
    "widened",
]
