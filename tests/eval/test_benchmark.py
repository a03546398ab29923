"""The benchmark runs for real on a few small articles; no figure is held to a limit."""

import sys
from pathlib import Path

import numpy as np
import pytest

from eval.benchmark import (
    Limits,
    Package,
    ReadingRate,
    ScaleFigures,
    Spread,
    SystemFigures,
    Task,
    WholeFigures,
    install_table,
    limits_text,
    packages,
    race,
    race_table,
    scale_table,
    stage_table,
    stages,
    whole,
    whole_table,
)
from eval.benchmark.limits import flops_of_a_token
from eval.benchmark.ours import COMPARING
from eval.benchmark.scale import add, ask, build, vectors
from eval.errors import BenchError
from index import Article, Collection
from index.articles import article_id

TEXTS = (
    "The mill burned down on Monday. Two people were hurt.",
    "The harbour was closed. Ships waited outside for days.",
)


def task():
    return Task(
        [Article(article_id(text), f"{place}.txt", text, f"{place}") for place, text in enumerate(TEXTS)],
        ["Who?", "How many?"],
    )


def test_a_round_is_measured_and_a_peer_that_is_not_installed_is_named():
    ours, whole, comparing, peer = race(
        task(),
        rounds=1,
        peers_python=Path(sys.executable),
        names=["everysource", "everysource, whole answers", COMPARING, "llama-index"],
    )
    assert ours.problem is None and whole.problem is None
    assert {
        "passages_per_second",
        "passages_per_cpu_second",
        "query_cpu_ms",
        "cold_seconds",
        "median_ms",
        "p95_ms",
        "build_peak_mb",
        "ask_peak_mb",
        "disk_mb",
    } == set(ours.rounds)
    assert "passages_per_second" not in whole.rounds
    assert "llama_index" in peer.problem
    # What figures add to an answer is measured behind it, so that no first question of theirs is cold.
    assert comparing.problem is None
    assert set(whole.rounds) - set(comparing.rounds) == {"cold_seconds"}
    assert "failed: ModuleNotFoundError" in race_table([ours, whole, peer])


def test_an_unknown_system_and_an_empty_task_are_refused():
    with pytest.raises(BenchError, match="no system is called 'elastic'"):
        race(task(), names=["elastic"])
    with pytest.raises(BenchError, match="0 articles"):
        Task([], ["Who?", "How many?"])


def test_the_table_shows_medians_with_their_spread():
    made = SystemFigures("one")
    for rate, cold in ((100.0, 2.0), (140.0, 2.0), (120.0, 2.0)):
        made.note({"passages_per_second": rate, "cold_seconds": cold})
    assert made.spread("passages_per_second") == Spread(120.0, 100.0, 140.0)
    line = race_table([made]).splitlines()[2]
    assert "| 120 (100-140) |" in line and "| 2.00 |" in line and "| - |" in line


def test_the_rate_is_set_beside_what_the_machine_allows():
    limits = Limits("a processor", 2, 500.0, 100.0, 10.0)
    assert flops_of_a_token(100) == pytest.approx(2 * (6 * 1_769_472 + 6 * 2 * 100 * 384))
    allowed = limits.passages_per_second(100)
    assert allowed == pytest.approx(500e9 / (100 * flops_of_a_token(100)))
    assert "50% of that" in limits_text(limits, 100, allowed / 2)


def test_synthetic_vectors_are_searched_exactly_while_they_are_few(tmp_path):
    size = 500
    built, asked = build(size, tmp_path), ask(size, tmp_path)
    added = add(size, tmp_path)
    figures = ScaleFigures(passages=size, **built, **asked, **added)
    assert figures.recall > 0.98
    assert "| 500 | all |" in scale_table([figures])


def test_a_whole_synthetic_collection_is_searched_and_added_to(tmp_path):
    built, asked = whole.build(100, tmp_path), whole.ask(100, tmp_path)
    figures = WholeFigures(**built, **asked, **whole.add(100, tmp_path))
    assert 60 < figures.passages < 140 and figures.added > 500
    with Collection.open(tmp_path / "made", embedder=whole.NoiseEmbedder()) as collection:
        assert collection.passage_count() == figures.passages + figures.added
    assert f"| {figures.added:,} |" in whole_table([figures])


def test_synthetic_vectors_do_not_depend_on_how_many_are_made():
    np.testing.assert_array_equal(vectors(100, 4096, subjects=9), vectors(5000, 4096, subjects=9)[:100])


def test_each_stage_stands_beside_its_limit():
    machine = Limits("a processor", 2, 500.0, 100.0, 10.0)
    grown = ScaleFigures(
        passages=1_000_000, looked_at=1_000, build_seconds=1, build_peak_mb=1, disk_mb=1, open_seconds=1, first_ms=1,
        median_ms=11.3536, p95_ms=1, recall=1, ask_peak_mb=1, add_seconds=1, add_peak_mb=1,
    )  # fmt: skip
    indexing, reading, search = stages(machine, 100, 10.0, ReadingRate(5.0, 100.0), [grown])
    # The reader has twice the layers of the embedding model.
    assert indexing.most == pytest.approx(2 * reading.most)
    # 56 bytes of each sketch, and 768 of each vector that is compared, at 10^10 bytes a second.
    assert search.share == pytest.approx((56e6 + 768e3) / 1e10 / 0.0113536)
    assert "| 50% |" in stage_table([search])
    assert stages(machine, 100, None, None) == []


def test_an_installation_is_weighed_with_its_licences():
    found = packages(sys.executable, ("bm25s", "no-such-package-of-ours"))
    by_name = {one.name: one for one in found}
    assert {"bm25s", "numpy"} <= set(by_name)
    assert by_name["numpy"].licence.startswith("BSD-3-Clause")
    assert by_name["numpy"].mb > by_name["bm25s"].mb > 0
    assert packages(sys.executable, ("no-such-package-of-ours",)) == []
    lines = install_table([Package("big", "1", "MIT", 90.0), Package("small", "2", "MIT", 10.0)], shown=1)
    assert "| big 1 | MIT | 90 |" in lines and "| 1 more |  | 10 |" in lines and "| all |  | 100 |" in lines


def test_a_system_is_named_with_its_version_and_licence():
    made = SystemFigures("txtai", package=Package("txtai", "9.14.0", "Apache-2.0", 1.0), installed_mb=900.0)
    assert "| txtai 9.14.0 | Apache-2.0 | 900 |" in race_table([made])
