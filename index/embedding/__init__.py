"""Embedders: text to vectors of length one. Another model is another class with the members of Embedder."""

from __future__ import annotations

from index.embedding.embedder import Backend, Embedder, SentenceTransformerEmbedder, Vectors

__all__ = ["Backend", "Embedder", "SentenceTransformerEmbedder", "Vectors"]
