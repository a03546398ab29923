"""The default embedding model, run for real and without a network."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from index import Collection, CollectionError, SentenceTransformerEmbedder
from index.embedding.bert import unsuitable
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
    texts = (*TEXTS, *("Apple growers expect a poor harvest. " * times for times in range(3, 40, 6)))
    together = embedder.embed(texts)
    assert together.shape == (len(texts), embedder.dimensions)
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.vstack([embedder.embed([text]) for text in texts])
    np.testing.assert_array_equal(together, alone)
    np.testing.assert_array_equal(embedder.embed(texts), together)


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


def made_bert(folder: Path, pooling: str, **changes: object) -> Path:
    """A small BERT encoder of random weights, in the form of a sentence-transformers folder."""
    shutil.copytree(resolve(None).load_from, folder, ignore=shutil.ignore_patterns("*.safetensors"))
    width, wide, layers = 32, 64, 2
    config = json.loads((folder / "config.json").read_text())
    config |= {
        "hidden_size": width,
        "intermediate_size": wide,
        "num_hidden_layers": layers,
        "num_attention_heads": 4,
    }
    (folder / "config.json").write_text(json.dumps(config | changes))
    kinds = {f"pooling_mode_{kind}": kind == pooling for kind in ("cls_token", "mean_tokens")}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"word_embedding_dimension": width} | kinds))
    tables = {"word": config["vocab_size"], "position": 512, "token_type": 2}
    shapes = {f"embeddings.{name}_embeddings.weight": (count, width) for name, count in tables.items()}
    square = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense")
    parts = dict.fromkeys(square, (width, width)) | {
        "intermediate.dense": (wide, width),
        "output.dense": (width, wide),
    }
    for layer in range(layers):
        for part, shape in parts.items():
            shapes[f"encoder.layer.{layer}.{part}.weight"] = shape
            shapes[f"encoder.layer.{layer}.{part}.bias"] = shape[:1]
    norms = ["embeddings"] + [
        f"encoder.layer.{layer}.{part}" for layer in range(layers) for part in ("attention.output", "output")
    ]
    shapes |= {f"{norm}.LayerNorm.{kind}": (width,) for norm in norms for kind in ("weight", "bias")}
    draw = np.random.default_rng(5)
    weights = {name: draw.normal(size=shape).astype(np.float32) / 2 for name, shape in shapes.items()}
    save_file(weights, folder / "model.safetensors")
    return folder


@pytest.mark.parametrize("pooling", ["mean_tokens", "cls_token"])
def test_both_backends_give_the_same_vectors(tmp_path: Path, pooling: str) -> None:
    folder = made_bert(tmp_path / "bert", pooling)
    fast, slow = (SentenceTransformerEmbedder(folder, backend=backend) for backend in ("openvino", "torch"))
    assert fast.fingerprint == slow.fingerprint
    assert fast.dimensions == slow.dimensions == 32
    cosines = (fast.embed(TEXTS) * slow.embed(TEXTS)).sum(axis=1)
    # In bfloat16, where the processor has it.
    np.testing.assert_allclose(cosines, 1, atol=2e-3)
    np.testing.assert_allclose(fast.embed_query(TEXTS[0]), fast.embed(TEXTS)[0])


def test_a_model_that_is_no_plain_bert_is_left_to_sentence_transformers(tmp_path: Path) -> None:
    relu = made_bert(tmp_path / "relu", "mean_tokens", hidden_act="relu")
    with pytest.raises(CollectionError, match="hidden_act is 'relu'"):
        SentenceTransformerEmbedder(relu, backend="openvino").embed(["text"])
    chosen, torch = (SentenceTransformerEmbedder(relu, backend=backend) for backend in ("auto", "torch"))
    np.testing.assert_array_equal(chosen.embed(TEXTS), torch.embed(TEXTS))
    (relu / "config_sentence_transformers.json").write_text(json.dumps({"prompts": {"query": "query: "}}))
    assert unsuitable(relu) is not None
    with pytest.raises(CollectionError, match="not in a folder"):
        SentenceTransformerEmbedder("nobody/no-such-model", backend="openvino").embed(["text"])
