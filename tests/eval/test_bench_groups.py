"""Grouping of CoQEx's labelled count contexts."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.bench import Bench
from eval.bench.coqex_groups import Context, Query, grouped, load, scores
from eval.errors import BenchError

HEAD = (
    "qid,query,prediction,cardinals,tf_answer,relaxed_precision,equivalent_ids,subgroups_ids,unrelated_ids\n"
)
QUERY = Query(
    "how many mills are there",
    (
        Context("1", "12 mills", "equivalent"),
        Context("2", "about 13 mills", "equivalent"),
        Context("3", "30 people", "unrelated"),
        Context("4", "no count", "equivalent"),
    ),
)


def rows(folder: Path, *lines: str) -> Bench:
    (folder / "coqex").mkdir()
    (folder / "coqex" / "snippet_contexts.csv").write_text(HEAD + "\n".join(lines) + "\n")
    return Bench(folder)


def test_contexts_are_read_with_their_labels(tmp_path: Path) -> None:
    answers = "\"[('1', 0.9, '12 mills', 12.0), ('3', 0.8, '30 people', 30.0)]\""
    bench = rows(tmp_path, f"7,how many mills,12,[],{answers},1,[1],,[3]", "8,how many dams,1,[],[],1,,,")
    assert load(bench) == [
        Query(
            "how many mills", (Context("1", "12 mills", "equivalent"), Context("3", "30 people", "unrelated"))
        )
    ]


def test_a_broken_row_is_named_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"snippet_contexts\.csv:2"):
        load(rows(tmp_path, "7,how many mills,12,[],{broken,1,[1],,"))


def test_pairs_are_scored_by_the_labels() -> None:
    made = grouped(QUERY)
    assert made["1"] == made["2"] != made["3"] and "4" not in made
    found = scores(QUERY, made)
    assert (found["same_precision"].numerator, found["same_precision"].denominator) == (1, 1)
    assert (found["same_recall"].numerator, found["same_recall"].denominator) == (1, 3)
    assert (found["unrelated_apart"].numerator, found["unrelated_apart"].denominator) == (1, 1)
    assert found["subgroup_apart"].denominator == 0
