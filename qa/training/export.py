"""Export of a trained reader: ONNX with int8 weights, beside the tokenizer and the card."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from qa.training.network import ReaderNetwork

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("start", "end", "answerable")


def export_reader(
    network: ReaderNetwork, tokenizer: Path, folder: Path, *, name: str, threshold: float
) -> None:
    """Writes reader.onnx (weights int8, a scale for each column; activations float), tokenizer.json and card.json.

    Weights alone are quantised: scores stay independent of what is read beside a window, which dynamically
    quantised activations do not give, and the runtime may compute in bfloat16.
    """
    folder.mkdir(parents=True, exist_ok=True)
    exact = folder / "reader.fp32.onnx"
    example = tuple(torch.ones(2, 16, dtype=torch.long) for _ in INPUTS)
    axes = {key: {0: "batch", 1: "tokens"} for key in INPUTS}
    torch.onnx.export(
        network.eval(),
        example,
        str(exact),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    onnx.save(quantise_weights(onnx.load(str(exact))), str(folder / "reader.onnx"))
    exact.unlink()
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    write_card(folder, name=name, threshold=threshold)


def write_card(folder: Path, *, name: str, threshold: float) -> None:
    """Writes card.json: the reader's name, and the threshold on its answerability logit."""
    card = json.dumps({"name": name, "threshold": threshold}, indent=2)
    (folder / "card.json").write_text(card + "\n", encoding="utf-8")


def quantise_weights(model: onnx.ModelProto, *, smallest: int = 4096) -> onnx.ModelProto:
    """Every float matrix of at least `smallest` values as int8 with a float scale, restored by DequantizeLinear.

    Matrices of MatMul get one scale a column, tables of Gather one scale a row: symmetric, no zero point.
    """
    graph = model.graph
    axis = {node.input[1]: 1 for node in graph.node if node.op_type == "MatMul"}
    axis |= {node.input[0]: 0 for node in graph.node if node.op_type == "Gather"}
    kept, nodes = [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if (
            tensor.data_type != TensorProto.FLOAT
            or values.ndim != 2
            or values.size < smallest
            or tensor.name not in axis
        ):
            kept.append(tensor)
            continue
        along = axis[tensor.name]
        scale = np.maximum(np.abs(values).max(axis=1 - along), 1e-8).astype(np.float32) / np.float32(127)
        steps = np.rint(values / (scale[None, :] if along == 1 else scale[:, None])).astype(np.int8)
        kept += [
            numpy_helper.from_array(steps, f"{tensor.name}.int8"),
            numpy_helper.from_array(scale, f"{tensor.name}.scale"),
        ]
        inputs = [f"{tensor.name}.int8", f"{tensor.name}.scale"]
        nodes.append(
            helper.make_node(
                "DequantizeLinear", inputs, [tensor.name], name=f"{tensor.name}.restore", axis=along
            )
        )
    nodes += graph.node
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model
