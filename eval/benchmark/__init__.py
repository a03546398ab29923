"""How fast and how light it is, beside its peers and beside what the machine can do."""

from __future__ import annotations

from eval.benchmark.crowd import CrowdFigures, crowd, expected_answers
from eval.benchmark.limits import Limits, limits
from eval.benchmark.racing import Spread, SystemFigures, Task, race
from eval.benchmark.report import crowd_table, limits_text, race_table, scale_table
from eval.benchmark.scale import ScaleFigures, growth

__all__ = [
    "CrowdFigures", "Limits", "ScaleFigures", "Spread", "SystemFigures", "Task", "crowd", "crowd_table", "expected_answers",
    "growth", "limits", "limits_text", "race", "race_table", "scale_table",
]  # fmt: skip
