"""The gate on the demo gold: what a change would have to pass."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from eval import Baseline, evaluate, gate, load_gold
from index import Article, Collection
from qa import Assistant

BASELINE = Path(str(resources.files("eval").joinpath("baseline.json")))


def test_every_eighth_question_of_the_demo_gold_passes_the_gate(
    demo_collection: Collection, demo_articles: dict[str, Article], demo_gold: Path
) -> None:
    """A sample, to keep the tests quick; `everysource eval --gate` asks them all."""
    evaluation = evaluate(Assistant(demo_collection), load_gold(demo_gold, demo_articles)[::8])
    sampled = Baseline(evaluation.gold_hash(), Baseline.load(BASELINE).scores)
    result = gate(evaluation, sampled)
    assert result.passed, "\n".join(result.lines)
