"""How good it is: gold sets, metrics, public sets, and the gate."""

from __future__ import annotations

from eval.annotate import Console, annotate, append_gold, check_room, free_id
from eval.errors import BaselineError, BenchError, EvaluationError, GoldError
from eval.export import source_ranking, write_beir, write_trec
from eval.gate import Baseline, GateResult, gate
from eval.gold import GoldFigure, GoldQuestion, GoldQuote, SourceTruth, load_gold, narrow, select
from eval.harness import Evaluation, Miss, QuestionResult, articles_by_name, evaluate
from eval.intervals import Interval, Ratio, interval, paired_difference
from eval.metrics import METRICS, score

__all__ = [
    "METRICS", "Baseline", "BaselineError", "BenchError", "Console", "Evaluation", "EvaluationError", "GateResult", "GoldError",
    "GoldFigure", "GoldQuestion", "GoldQuote", "Interval", "Miss", "QuestionResult", "Ratio", "SourceTruth", "annotate",
    "append_gold", "articles_by_name", "check_room", "evaluate", "free_id", "gate", "interval", "load_gold", "narrow",
    "paired_difference", "score", "select", "source_ranking", "write_beir", "write_trec",
]  # fmt: skip
