"""How fast and how light it is, beside its peers and beside what the machine can do."""

from __future__ import annotations

from eval.benchmark.crowd import CrowdFigures, crowd, expected_answers
from eval.benchmark.installed import Package, packages
from eval.benchmark.limits import Limits, limits
from eval.benchmark.racing import Spread, SystemFigures, Task, race
from eval.benchmark.report import (
    crowd_table,
    install_table,
    limits_text,
    race_table,
    scale_table,
    stage_table,
    start_text,
    whole_table,
)
from eval.benchmark.scale import ScaleFigures, growth
from eval.benchmark.stages import ReadingRate, Stage, reading_rate, stages
from eval.benchmark.starting import starting
from eval.benchmark.whole import WholeFigures, whole_growth

__all__ = [
    "CrowdFigures", "Limits", "Package", "ReadingRate", "ScaleFigures", "Spread", "Stage", "SystemFigures", "Task",
    "WholeFigures", "crowd", "crowd_table", "expected_answers", "growth", "install_table", "limits", "limits_text",
    "packages", "race", "race_table", "reading_rate", "scale_table", "stage_table", "stages", "start_text",
    "starting", "whole_growth", "whole_table",
]  # fmt: skip
