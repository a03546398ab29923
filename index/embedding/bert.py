"""BERT encoders (Devlin et al. 2019) in a sentence-transformers folder, as OpenVINO graphs.

The graph is made from the folder's weights directly, so that neither torch nor a conversion is needed: a conversion
would have to be cached beside the model, and loads no faster.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MASKED = -1e4
"""Added to the attention of padding: far below any score, and within the range of half precision."""

_WEIGHTS = "model.safetensors"
_MODULES = ["Transformer", "Pooling", "Normalize"]
_NEEDED = {"model_type": "bert", "hidden_act": "gelu"}


@dataclass(frozen=True)
class BertFolder:
    """A folder for which `unsuitable` returns None."""

    path: Path

    @cached_property
    def config(self) -> dict[str, Any]:
        """The encoder's configuration."""
        return dict(_json(self.path / "config.json"))

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self.config["hidden_size"])

    @property
    def first_token(self) -> bool:
        """Whether a text's vector is that of its first token, else the mean over all of its tokens."""
        return bool(_json(self.path / "1_Pooling" / "config.json").get("pooling_mode_cls_token"))

    @property
    def most_tokens(self) -> int:
        """Texts are cut to so many tokens."""
        return int(
            min(
                _json(self.path / "sentence_bert_config.json")["max_seq_length"],
                self.config["max_position_embeddings"],
            )
        )

    @property
    def tokenizer(self) -> Path:
        """The file with the tokenizer."""
        return self.path / "tokenizer.json"

    def weights(self) -> dict[str, NDArray[np.float32]]:
        """All weights by name."""
        from safetensors.numpy import load_file

        return {
            name: value.astype(np.float32, copy=False)
            for name, value in load_file(self.path / _WEIGHTS).items()
        }


def unsuitable(path: Path) -> str | None:
    """Why the model in this folder cannot be run as a BertFolder, None where it can."""
    try:
        config, modules = _json(path / "config.json"), _json(path / "modules.json")
        pooling = _json(path / "1_Pooling" / "config.json")
        extras = _json(path / "config_sentence_transformers.json")
        _json(path / "sentence_bert_config.json")["max_seq_length"]
    except (OSError, ValueError, KeyError) as error:
        return f"a file of it is missing or is not read: {error}"
    if not (path / _WEIGHTS).is_file() or not (path / "tokenizer.json").is_file():
        return f"there is no {_WEIGHTS} or no tokenizer.json"
    for key, value in _NEEDED.items():
        if config.get(key) != value:
            return f"its {key} is {config.get(key)!r}, not {value!r}"
    if config.get("position_embedding_type", "absolute") != "absolute":
        return "its positions are not absolute"
    if (kinds := [module["type"].rsplit(".", 1)[-1] for module in modules]) not in (_MODULES, _MODULES[:2]):
        return f"its modules are {', '.join(kinds)}"
    ways = {key for key, value in pooling.items() if key.startswith("pooling_mode") and value}
    if len(ways) != 1 or not ways <= {"pooling_mode_cls_token", "pooling_mode_mean_tokens"}:
        return f"it pools by {', '.join(sorted(ways)) or 'nothing known'}"
    if any((extras.get("prompts") or {}).values()):
        return "it puts words before its texts"
    return _unknown_weights(path)


def _unknown_weights(path: Path) -> str | None:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path / _WEIGHTS, framework="numpy") as file:
            if "embeddings.word_embeddings.weight" not in file.keys():  # noqa: SIM118
                return "its weights have other names"
            kinds = {file.get_slice(name).get_dtype() for name in file.keys()}  # noqa: SIM118
    except SafetensorError as error:
        return f"its weights are damaged: {error}"
    return (
        None if kinds <= {"F32", "F16", "I64"} else f"its weights are of the kinds {', '.join(sorted(kinds))}"
    )


def graph(folder: BertFolder) -> Any:
    """The encoder as an openvino.Model: input_ids and attention_mask, both (n, length), to vectors (n, dimensions)."""
    import openvino
    from openvino import opset13 as op

    ids = op.parameter([-1, -1], np.int64, name="input_ids")
    mask = op.parameter([-1, -1], np.int64, name="attention_mask")
    hidden = _Layers(folder, op).encoded(ids, mask)
    kept = op.unsqueeze(op.convert(mask, np.float32), _axes(op, 2))
    if folder.first_token:
        pooled = op.gather(hidden, op.constant(np.int64(0)), op.constant(np.int64(1)))
    else:
        total = op.reduce_sum(op.multiply(hidden, kept), _axes(op, 1))
        pooled = op.divide(total, op.reduce_sum(kept, _axes(op, 1)))
    vectors = op.normalize_l2(pooled, _axes(op, 1), 1e-12, "max")
    return openvino.Model([op.result(vectors)], [ids, mask], "bert")


class _Layers:
    """The parts of the encoder, named as in the file of weights."""

    def __init__(self, folder: BertFolder, op: Any) -> None:
        self._op = op
        self._weights = folder.weights()
        self._heads = int(folder.config["num_attention_heads"])
        self._width = folder.dimensions
        self._epsilon = float(folder.config["layer_norm_eps"])
        self._count = int(folder.config["num_hidden_layers"])

    def encoded(self, ids: Any, mask: Any) -> Any:
        """One vector for each token, (n, length, dimensions)."""
        op = self._op
        hidden = self._embedded(ids)
        kept = op.unsqueeze(op.convert(mask, np.float32), _axes(op, 1, 2))
        padding = op.multiply(op.subtract(op.constant(np.float32(1)), kept), op.constant(np.float32(MASKED)))
        for layer in range(self._count):
            hidden = self._layer(hidden, padding, f"encoder.layer.{layer}.")
        return hidden

    def _embedded(self, ids: Any) -> Any:
        op = self._op
        # There is one text, not a pair: every token is of the first kind.
        places = self._weights["embeddings.position_embeddings.weight"]
        places = places + self._weights["embeddings.token_type_embeddings.weight"][0]
        length = op.gather(op.shape_of(ids), _axes(op, 1), _axes(op, 0))
        first = op.slice(op.constant(places), _axes(op, 0), length, _axes(op, 1), _axes(op, 0))
        words = op.gather(self._constant("embeddings.word_embeddings.weight"), ids, op.constant(np.int64(0)))
        return self._normal(op.add(words, first), "embeddings.LayerNorm")

    def _layer(self, hidden: Any, padding: Any, name: str) -> Any:
        op = self._op
        query, key, value = (
            self._split(self._dense(hidden, f"{name}attention.self.{part}"))
            for part in ("query", "key", "value")
        )
        seen = op.scaled_dot_product_attention(query, key, value, padding)
        merged = op.reshape(op.transpose(seen, _axes(op, 0, 2, 1, 3)), _axes(op, 0, 0, self._width), True)
        attended = op.add(hidden, self._dense(merged, f"{name}attention.output.dense"))
        attended = self._normal(attended, f"{name}attention.output.LayerNorm")
        wide = op.gelu(self._dense(attended, f"{name}intermediate.dense"), "erf")
        return self._normal(
            op.add(attended, self._dense(wide, f"{name}output.dense")), f"{name}output.LayerNorm"
        )

    def _split(self, hidden: Any) -> Any:
        """(n, length, dimensions) to (n, heads, length, dimensions of a head)."""
        op = self._op
        shape = _axes(op, 0, 0, self._heads, self._width // self._heads)
        return op.transpose(op.reshape(hidden, shape, True), _axes(op, 0, 2, 1, 3))

    def _dense(self, hidden: Any, name: str) -> Any:
        op = self._op
        product = op.matmul(hidden, self._constant(f"{name}.weight"), False, True)
        return op.add(product, self._constant(f"{name}.bias"))

    def _normal(self, hidden: Any, name: str) -> Any:
        op = self._op
        even = op.mvn(hidden, _axes(op, -1), True, self._epsilon, "inside_sqrt")
        return op.add(op.multiply(even, self._constant(f"{name}.weight")), self._constant(f"{name}.bias"))

    def _constant(self, name: str) -> Any:
        return self._op.constant(self._weights[name])


def _axes(op: Any, *values: int) -> Any:
    return op.constant(np.array(values, dtype=np.int64))


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
