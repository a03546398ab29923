"""The default embedding model, run for real and without a network."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import numpy as np
import pytest

from index import Collection, CollectionError, SentenceTransformerEmbedder
from index.models import fingerprint_of, resolve

TEXTS = (
    "The council closed the old bridge to lorries on Thursday.",
    "Lorries may no longer use the old bridge.",
    "Apple growers expect a poor harvest. " * 8,
    "Frost.",
    "The union asks for five per cent more pay. " * 60,
)


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformerEmbedder:
    made = SentenceTransformerEmbedder()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _refuse)
        made.embed(["warm"])
    return made


def _refuse(*address: object) -> None:
    raise AssertionError(f"something wants to reach {address}")


def test_vectors_have_length_one_and_follow_from_their_own_text_alone(
    embedder: SentenceTransformerEmbedder,
) -> None:
    together = embedder.embed(TEXTS)
    assert together.shape == (len(TEXTS), embedder.dimensions)
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.vstack([embedder.embed([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=2e-6)
    np.testing.assert_array_equal(embedder.embed(TEXTS), together)


def test_like_texts_are_near(embedder: SentenceTransformerEmbedder) -> None:
    cosines = embedder.embed(TEXTS) @ embedder.embed_query("Is the bridge open to trucks?")
    assert set(np.argsort(-cosines)[:2]) == {0, 1}


def test_no_texts_give_no_vectors(embedder: SentenceTransformerEmbedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dimensions)


def test_the_fingerprint_follows_from_the_files_not_from_the_name(
    embedder: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(resolve(None).load_from, copy)
    assert SentenceTransformerEmbedder(copy).fingerprint == embedder.fingerprint
    assert fingerprint_of(resolve(None), "other settings") != embedder.fingerprint
    with (copy / "1_Pooling" / "config.json").open("a", encoding="utf-8") as stream:
        stream.write(" ")
    assert SentenceTransformerEmbedder(copy).fingerprint != embedder.fingerprint


def test_a_collection_can_be_opened_with_the_same_model_from_another_folder(
    tmp_path: Path, folder: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(resolve(None).load_from, copy)
    with Collection.open(tmp_path / "c", create=True, model=str(copy)) as collection:
        collection.add([folder])
    shutil.rmtree(copy)
    with Collection.open(tmp_path / "c", model="all-MiniLM-L6-v2") as collection:
        best = collection.search("Why can't trucks cross the river?")[0]
        assert collection.article(best.passage.article_id).name == "bridge.md"


def test_a_model_out_of_reach_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CollectionError, match=r"no folder '\./gone'"):
        SentenceTransformerEmbedder("./gone")
    (tmp_path / "hollow").mkdir()
    with pytest.raises(CollectionError, match=r"hollow' could not be loaded"):
        SentenceTransformerEmbedder(tmp_path / "hollow").embed(["text"])
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(CollectionError, match=r"'nobody/no-such-model' could not be loaded"):
        SentenceTransformerEmbedder("nobody/no-such-model").embed(["text"])
