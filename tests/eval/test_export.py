from __future__ import annotations

import json
from pathlib import Path

import ir_measures
import pytest
from made_answers import ARTICLES, answer, gold, quote

from eval import Evaluation, QuestionResult, score, source_ranking, write_beir, write_trec
from eval.export import ranking_metrics

TRUTH = gold("How many people were hurt?", {"b.txt": ["15 injured"]}, question_id="q 1")
NOBODY = gold("Who is the mayor?", {}, question_id="q-2", verdict="none")
TOLD = answer(
    TRUTH.question, {"a.txt": [quote("a.txt", "12 people")], "b.txt": [quote("b.txt", "15 injured")]}
)
SILENT = answer(NOBODY.question, {}, verdict="none")
PAIRS = ((TRUTH, TOLD), (NOBODY, SILENT))
RUN = Evaluation(tuple(QuestionResult(asked, given, score(asked, given), 0.2) for asked, given in PAIRS))


def test_an_outside_tool_reads_the_trec_files_to_the_same_figure(tmp_path: Path) -> None:
    run, qrels = write_trec(RUN, tmp_path / "out")
    read_run, read_qrels = (
        list(ir_measures.read_trec_run(str(run))),
        list(ir_measures.read_trec_qrels(str(qrels))),
    )
    assert len(read_run) == len(read_qrels) == 8
    assert {row.query_id for row in read_run} == {"q_1", "q-2"}
    outside = ir_measures.calc_aggregate(
        [ir_measures.RR @ 10], [row for row in read_qrels if row.query_id == "q_1"], read_run
    )
    # The one source that answers comes second.
    assert outside[ir_measures.RR @ 10] == source_ranking(RUN)["RR@10"].value == 0.5


def test_questions_that_nobody_answers_are_no_part_of_the_ranking() -> None:
    assert source_ranking(RUN)["nDCG@10"].n == 1


def test_a_question_without_a_ranking_counts_as_nothing_found() -> None:
    made = ranking_metrics({"x": {"d": 1}, "y": {"d": 1}}, {"x": {"d": 1.0}}, ["nDCG@10"])
    assert [ratio.numerator for ratio in made["nDCG@10"]] == [1.0, 0.0]


def test_ndcg_by_hand() -> None:
    made = ranking_metrics(
        {"x": {"d1": 1, "d2": 1}}, {"x": {"d0": 3.0, "d1": 2.0, "d2": 1.0}}, ["nDCG@10", "R@2"]
    )
    # gains at ranks 2 and 3 over gains at ranks 1 and 2: (0.6309 + 0.5) / (1 + 0.6309)
    assert made["nDCG@10"][0].numerator == pytest.approx(0.6934, abs=1e-4)
    assert made["R@2"][0].numerator == 0.5


def test_beir_files_have_its_names_and_header(tmp_path: Path) -> None:
    folder = write_beir(RUN, tmp_path / "beir")
    corpus = [json.loads(line) for line in (folder / "corpus.jsonl").read_text().splitlines()]
    assert {row["_id"]: row["text"] for row in corpus} == {made.id: made.text for made in ARTICLES.values()}
    assert [json.loads(line)["_id"] for line in (folder / "queries.jsonl").read_text().splitlines()] == [
        "q 1",
        "q-2",
    ]
    assert (
        folder / "qrels" / "test.tsv"
    ).read_text() == f"query-id\tcorpus-id\tscore\nq 1\t{ARTICLES['b.txt'].id}\t1\n"
