"""The names that the package shows, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import index


def test_the_public_names_are_sorted_and_there() -> None:
    assert index.__all__ == sorted(index.__all__)
    assert all(hasattr(index, name) for name in index.__all__)
    assert (Path(index.__file__).parent / "py.typed").is_file()


def test_importing_it_loads_no_model_library() -> None:
    heavy = ("torch", "transformers", "sentence_transformers", "faiss", "bm25s", "datasketch", "sentencex")
    code = f"import sys, index; sys.exit(repr([name for name in {heavy} if name in sys.modules] or ''))"
    root = Path(index.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "''"
