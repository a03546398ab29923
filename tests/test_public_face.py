"""The names that each package shows, and what importing it costs."""

import subprocess
import sys
from pathlib import Path

import pytest

import eval
import eval.bench
import eval.benchmark
import index
import qa
import qa.reading
import ui

ROOT = Path(index.__file__).parents[1]


@pytest.mark.parametrize(
    "package",
    [eval, eval.bench, eval.benchmark, index, qa, qa.reading, ui],
    ids=lambda package: package.__name__,
)
def test_the_public_names_are_sorted_and_there(package):
    def order(name):
        return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)

    assert package.__all__ == sorted(package.__all__, key=order)
    assert all(hasattr(package, name) for name in package.__all__)


@pytest.mark.parametrize("package", ["index", "qa", "ui", "eval"])
def test_a_package_says_that_it_is_typed(package):
    assert (ROOT / package / "py.typed").is_file()


@pytest.mark.parametrize("package", ["index", "qa", "ui.cli"])
def test_importing_it_loads_no_model_library(package):
    heavy = (
        "torch",
        "transformers",
        "sentence_transformers",
        "faiss",
        "bm25s",
        "datasketch",
        "sentencex",
        "openvino",
        "gradio",
    )
    code = f"import sys, {package}; sys.exit(repr([name for name in {heavy} if name in sys.modules] or ''))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "''"


def test_a_question_of_the_default_model_is_answered_without_torch(tmp_path):
    code = (
        "import sys; from index import Collection; from qa import Assistant; from ui.demo import demo_articles\n"
        f"with Collection.create({str(tmp_path / 'c')!r}) as made:\n"
        "    made.add(sorted(demo_articles().iterdir())[:2])\n"
        "    assert Assistant(made).ask('Who is the mayor?').sources\n"
        "sys.exit(repr([name for name in ('torch', 'transformers', 'sentence_transformers') if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "[]"


def test_imports_run_one_way():
    above = {"index": ("qa", "ui", "eval"), "qa": ("ui", "eval"), "eval": ("ui",), "ui": ()}
    for package, forbidden in above.items():
        for module in (ROOT / package).rglob("*.py"):
            text = module.read_text(encoding="utf-8")
            for name in forbidden:
                assert f"\nfrom {name}" not in text and f"\nimport {name}" not in text, (
                    f"{module} imports {name}"
                )
