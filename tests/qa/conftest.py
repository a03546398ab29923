import pytest

from index import SentenceTransformerEmbedder


@pytest.fixture(scope="session")
def similarity():
    """The cosine of two texts by the default model."""
    embedder = SentenceTransformerEmbedder()

    def cosine(left, right):
        a, b = embedder.embed([left, right])
        return float(a @ b)

    return cosine
