"""Start weights for the reader: a cross-encoder restored from its int8 ONNX file, or a sentence encoder."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from transformers import AutoModel, BertConfig, BertModel, PreTrainedModel

CROSS_ENCODER_SHA256 = "1225ccd6"
"""First digits of the ONNX file's sha256 that the dequantisation below was written for."""


def sentence_encoder(folder: Path) -> PreTrainedModel:
    """The encoder stored in a transformers folder, without dropout (its random numbers cost half of a CPU step)."""
    model: PreTrainedModel = AutoModel.from_pretrained(
        str(folder), hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, attn_implementation="eager"
    )
    return model


def cross_encoder_from_onnx(path: Path, *, check: bool = True) -> PreTrainedModel:
    """ms-marco-MiniLM-L-12-v2 with float weights restored from its dynamically quantised ONNX export.

    Each int8 matrix is multiplied out with its scale, (q - zero_point) * scale; biases, norms and
    embeddings are read as they stand. Raises ValueError when the file is another one or a weight is missing.
    """
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if check and not digest.startswith(CROSS_ENCODER_SHA256):
        raise ValueError(
            f"{path} has sha256 {digest[:8]}..., expected {CROSS_ENCODER_SHA256}...: take the file named there"
        )
    graph = onnx.load(str(path)).graph
    tensors = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights = {
        name: value for name, value in tensors.items() if name.startswith("bert.") and "quantized" not in name
    }
    weights = {name: value for name, value in weights.items() if not name.endswith(("_scale", "_zero_point"))}
    weights |= _embedding_tables(tensors)
    weights |= _dense_matrices(graph, tensors)
    config = BertConfig(
        vocab_size=30522,
        hidden_size=384,
        num_hidden_layers=12,
        num_attention_heads=12,
        intermediate_size=1536,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    config._attn_implementation = "eager"
    model = BertModel(config, add_pooling_layer=False)
    state = {
        name.removeprefix("bert."): torch.tensor(np.asarray(value, dtype=np.float32))
        for name, value in weights.items()
        if not name.startswith("bert.pooler")
    }
    missing, unexpected = model.load_state_dict(state, strict=False)
    if missing or unexpected:
        raise ValueError(
            f"{path} lacks {missing[:3]} and has unknown {unexpected[:3]}: it is not this architecture"
        )
    return model


def _dequantise(tensors: dict[str, Any], quantised: str) -> Any:
    base = quantised.removesuffix("_quantized")
    scale, zero = tensors[f"{base}_scale"], tensors[f"{base}_zero_point"]
    return (tensors[quantised].astype(np.float32) - zero.astype(np.float32)) * scale


def _embedding_tables(tensors: dict[str, Any]) -> dict[str, Any]:
    return {
        name.removesuffix("_quantized"): _dequantise(tensors, name)
        for name in tensors
        if name.startswith("bert.embeddings.") and name.endswith("_quantized")
    }


def _dense_matrices(graph: Any, tensors: dict[str, Any]) -> dict[str, Any]:
    """Each int8 matrix under the name of the bias that is added after it; transposed to torch's layout."""
    consumers: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            consumers.setdefault(name, []).append(node)
    dense: dict[str, Any] = {}
    for node in graph.node:
        if node.op_type != "MatMulInteger":
            continue
        bias = _bias_after(node, consumers, tensors)
        if bias.startswith("bert."):
            dense[bias.removesuffix("bias") + "weight"] = _dequantise(tensors, node.input[1]).T
    return dense


def _bias_after(node: Any, consumers: dict[str, list[Any]], tensors: dict[str, Any]) -> str:
    while True:
        node = consumers[node.output[0]][0]
        if node.op_type == "Add":
            return next(str(name) for name in node.input if name in tensors)
