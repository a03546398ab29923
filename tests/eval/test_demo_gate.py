"""The gate on the demo gold: what a change would have to pass."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from eval import Baseline, evaluate, gate, load_gold
from index import Article, Collection
from qa import Assistant

BASELINE = Path(str(resources.files("eval").joinpath("baseline.json")))


@pytest.mark.skipif(not BASELINE.exists(), reason="no baseline: make one with `everysource eval --update-baseline`")
def test_the_demo_gold_passes_the_gate(demo_collection: Collection, demo_articles: dict[str, Article], demo_gold: Path) -> None:
    evaluation = evaluate(Assistant(demo_collection), load_gold(demo_gold, demo_articles))
    result = gate(evaluation, Baseline.load(BASELINE))
    assert result.passed, "\n".join(result.lines)
