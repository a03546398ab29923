"""Every runner from its files to its rows, with the real models, on sets of a line or two."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from made_files import lines, whole

from eval.bench import Bench, BenchRow, Models, bench, coqex
from qa.decision import FEATURES, Decision

MAYOR, POLICE = (
    "The mayor said 12 people were hurt on Monday.",
    "Police counted 15 people who were hurt on Monday.",
)
ROSES = "Roses grow slowly."
HURT = "How many people were hurt?"
RUNS = (
    "coqex",
    "multihop_rag",
    "quotesum",
    "ramdocs",
    "realtimeqa",
    "scifact",
    "squad",
    "wice",
    "wikicontradict",
)


@pytest.fixture(scope="module")
def public_sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("sets")
    empty = {f"{key}{place}": "" for key in ("source", "title", "short_ans_") for place in range(1, 9)}
    row = {
        "qid": "q",
        "question": HURT,
        "source1": MAYOR,
        "short_ans_1": "12",
        "source2": POLICE,
        "short_ans_2": "15",
    }
    lines(data / "quotesum" / "quotesum.jsonl", empty | row)
    documents = [
        {"text": MAYOR, "type": "correct", "answer": "12"},
        {"text": ROSES, "type": "noise", "answer": "unknown"},
    ]
    lines(data / "ramdocs" / "ramdocs.jsonl", {"question": HURT, "documents": documents})
    passages = {
        "context1_self_contained": MAYOR,
        "context2_self_contained": POLICE,
        "answer1": "12",
        "answer2": "15",
    }
    lines(data / "wikicontradict" / "wikicontradict.jsonl", {"question": HURT} | passages)
    claim = {"claim": HURT, "evidence": [ROSES, MAYOR], "supporting_sentences": [[1]], "meta": {"id": "w1"}}
    lines(data / "wice" / "claim_dev.jsonl", claim)
    _multihop_rag(data / "multihop_rag")
    _realtimeqa(data / "realtimeqa")
    _scifact(data / "beir_scifact")
    asked = {"question": HURT, "answers": [{"text": "12", "answer_start": 15}], "is_impossible": False}
    paragraphs = {"data": [{"paragraphs": [{"context": MAYOR, "qas": [asked]}]}]}
    whole(data / "squad" / "dev-v2.0-half.json", paragraphs)
    for number, (questions, snippets) in enumerate(coqex.PARTS):
        whole(data / "coqex" / snippets, paragraphs)
        (data / "coqex" / questions).write_text(f"qid,query,answer_norm\n1,{HURT},{'12' if number else ''}\n")
    return data


def _multihop_rag(folder: Path) -> None:
    article = {
        "doc_id": "m1",
        "title": "Monday",
        "body": MAYOR,
        "source": "Post",
        "published_at": "2024-03-04T10:00:00+00:00",
    }
    lines(folder / "corpus.jsonl.gz", article, {"doc_id": "m2", "title": "Roses", "body": ROSES})
    evidence = [{"fact": MAYOR.replace(" ", "  "), "title": "Monday"}]
    lines(
        folder / "evidence.jsonl",
        {"query": HURT, "evidence_list": evidence},
        {"query": "Who?", "evidence_list": []},
    )
    lines(folder / "null_questions.jsonl", {"question": "Who won the chess final in Lima?"})


def _realtimeqa(folder: Path) -> None:
    asked = {"question_id": "20220617_0", "question": HURT, "answer": "12", "gcs_doc_ids": ["d1"]}
    lines(folder / "questions_2022.jsonl", asked, asked | {"question_id": "20220624_0", "gcs_doc_ids": []})
    saved = {
        "doc_id": "d1",
        "url": "https://news.example/x",
        "title": "Monday",
        "publish_date": "2022/06/12",
        "text": MAYOR,
    }
    lines(folder / "docs_2022.jsonl.gz", saved)


def _scifact(folder: Path) -> None:
    folder.mkdir()
    corpus = [
        f'{{"_id": "{place}", "title": "", "text": "{text}"}}\n' for place, text in enumerate((ROSES, MAYOR))
    ]
    with zipfile.ZipFile(folder / "scifact.zip", "w") as packed:
        packed.writestr("scifact/queries.jsonl", f'{{"_id": "7", "text": "{HURT}"}}\n')
        packed.writestr("scifact/corpus.jsonl", "".join(corpus))
        packed.writestr("scifact/qrels/test.tsv", "query-id\tcorpus-id\tscore\n7\t1\t1\n")


@pytest.fixture(scope="module")
def rows(public_sets: Path) -> dict[str, dict[str, BenchRow]]:
    by_reader = Decision(tuple(float(name == "span") for name in FEATURES), 0.0, 0.5, 0.5)
    heard: list[str] = []
    made = bench(RUNS, Bench(public_sets, models=Models(decision=by_reader)), on_set=heard.append)
    assert heard == list(RUNS)
    return {name: {row.metric: row for row in made if row.set.split(",")[0] == name} for name in RUNS}


@pytest.mark.parametrize("name", RUNS)
def test_a_set_runs_from_its_files_to_its_rows(rows: dict[str, dict[str, BenchRow]], name: str) -> None:
    assert rows[name]
    for row in rows[name].values():
        assert row.value is None or 0.0 <= (row.low or 0.0) <= row.value <= (row.high or 0.0) <= 1.0
        assert row.seconds_per_question is not None and row.seconds_per_question > 0


def test_what_is_found_in_two_lines_of_news_is_counted(rows: dict[str, dict[str, BenchRow]]) -> None:
    found = rows["multihop_rag"]
    assert [found[name].value for name in ("Hits@4", "RR@10", "evidence_recall@10", "all_evidence@10")] == [
        1.0
    ] * 4
    assert found["null_abstention where false_abstention is 0.1"].n == found["null_abstention"].n
    assert (rows["scifact"]["nDCG@10"].value, rows["wice"]["all_support@1"].value) == (1.0, 1.0)
    # One week has no saved article, and one count question has no gold count.
    assert (rows["realtimeqa"]["EM"].n, rows["coqex"]["coverage"].n) == (1, 1)


def test_a_quick_run_thins_the_corpus_and_shows_nothing_as_beaten(public_sets: Path) -> None:
    (row, *_) = bench(["scifact"], Bench(public_sets), quick=True)
    assert (row.set, row.published) == ("scifact (2 documents)", None)
