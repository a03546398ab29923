from __future__ import annotations

import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from made_files import lines, whole

from eval import BenchError, Ratio
from eval.bench import (
    SETS,
    Bench,
    BenchRow,
    bench,
    coqex,
    multihop_rag,
    mutations,
    near_copies,
    numbers,
    quotesum,
    ramdocs,
    realtimeqa,
    scifact,
    squad,
    table,
    wice,
    wikicontradict,
)
from eval.bench.files import read_lines, sample
from eval.bench.rows import rows_of
from index.copies import relation


def test_evidence_is_found_by_whole_sentences_white_space_apart() -> None:
    passages = ["nothing", "x The dam\nbroke at nine. y", "The dam broke"]
    made = multihop_rag.evidence_metrics(["The dam broke at nine.", "The dam broke at ten."], passages)
    assert made["Hits@10"] == made["Hits@4"] == Ratio(1, 1)
    assert made["RR@10"] == Ratio(0.5, 1)
    assert made["evidence_recall@10"] == Ratio(0.5, 1)
    assert made["all_evidence@10"] == Ratio(0, 1)


def test_evidence_past_the_depth_does_not_count() -> None:
    made = multihop_rag.evidence_metrics(["fact"], ["no"] * 4 + ["fact"])
    assert (made["Hits@4"], made["Hits@10"]) == (Ratio(0, 1), Ratio(1, 1))
    assert multihop_rag.evidence_metrics(["fact"], ["no"] * 10 + ["fact"])["Hits@10"] == Ratio(0, 1)


def test_null_abstention_is_compared_at_the_score_below_which_a_tenth_of_the_answerable_questions_lie() -> (
    None
):
    """Ten answerable questions: the second lowest score is the limit, and a null question at the limit is not abstained from."""
    answerable = [0.9, 0.1, 0.5, 0.6, 0.7, 0.8, 0.3, 0.4, 0.95, 0.99]
    assert multihop_rag.abstention_at([0.2, 0.3, 0.4], answerable, 0.1) == [
        Ratio(True, 1),
        Ratio(False, 1),
        Ratio(False, 1),
    ]


def test_the_number_sets_count_each_sentence_once_for_precision_and_recall() -> None:
    twelve, ton = numbers.Quantity(12, 12, ""), numbers.Quantity(3, 3, "ton")
    cases = [numbers.Case("a", (twelve, ton)), numbers.Case("b", ())]
    said = {"a": [twelve, numbers.Quantity(3, 3, "kg")], "b": [twelve]}
    made = numbers.score(cases, said.__getitem__)
    assert made["value precision"] == [Ratio(2, 2), Ratio(0, 1)]
    assert made["value+unit recall"] == [Ratio(1, 2), Ratio(0, 0)]
    assert made["value+unit f1"] == [Ratio(2, 4), Ratio(0, 1)]


def test_squad_windows_are_whole_sentences_that_overlap_and_cover_everything() -> None:
    paragraph = " ".join(f"Sentence number {place} speaks of the river." for place in range(12))
    cut = squad.windows(paragraph, size=130)
    assert len(cut) > 3
    assert all(len(window.text) <= 130 and window.text.endswith(".") for window in cut)
    assert all(f"number {place} speaks" in " ".join(window.text for window in cut) for place in range(12))
    assert all(before.text.split(". ")[-1] in after.text for before, after in pairwise(cut))


def test_a_sentence_longer_than_a_window_is_cut_and_none_is_read_for_ever() -> None:
    cut = squad.windows("word " * 100 + "end. Short one.", size=90)
    assert all(len(window.text) <= 90 for window in cut)
    assert "Short one." in cut[-1].text


def test_squad_loads_impossible_questions_without_answers(tmp_path: Path) -> None:
    asked = [
        {"question": "Who?", "answers": [{"text": "Ann", "answer_start": 0}], "is_impossible": False},
        {"question": "When?", "answers": [], "is_impossible": True},
    ]
    data = {"data": [{"title": "T", "paragraphs": [{"context": "Ann came.", "qas": asked}]}]}
    whole(tmp_path / "squad" / "dev-v2.0-half.json", data)
    assert [question.answers for question in squad.load(Bench(tmp_path))] == [("Ann",), ()]


def test_quotesum_asks_each_question_once_of_its_own_sources(tmp_path: Path) -> None:
    empty = {f"{key}{place}": "" for key in ("source", "title", "short_ans_") for place in range(1, 9)}
    row = empty | {"qid": "q", "question": "Who?"}
    row |= {
        "source1": "Ann came.",
        "title1": "Ann",
        "short_ans_1": "Ann",
        "source2": "Bob came.",
        "short_ans_2": "Bob",
    }
    lines(tmp_path / "quotesum" / "quotesum.jsonl", row, row, row | {"qid": "r", "question": "When?"})
    first, second = quotesum.load(Bench(tmp_path))
    assert (first.question, second.question) == ("Who?", "When?")
    assert first.answers == {"source-1": "Ann", "source-2": "Bob"}
    assert [document.title for document in first.documents] == ["Ann", ""]


def test_ramdocs_noise_has_no_answer(tmp_path: Path) -> None:
    noise = {"text": "x", "type": "noise", "answer": "unknown"}
    documents = [{"text": "It opened in 1856.", "type": "correct", "answer": "1856"}, noise]
    lines(tmp_path / "ramdocs" / "ramdocs.jsonl", {"question": "When?", "documents": documents})
    assert ramdocs.load(Bench(tmp_path))[0].answers == {"document-1": "1856", "document-2": None}


def test_wikicontradict_leaves_out_a_passage_that_contradicts_itself(tmp_path: Path) -> None:
    row = {
        "question": "When?", "answer1": "in 1860", "answer2": "1846", "context1_self_contained": "She died in 1860.",
        "context2_self_contained": "She died in 1846.",
    }  # fmt: skip
    same = row | {"context2_self_contained": " She died in 1860."}
    lines(tmp_path / "wikicontradict" / "wikicontradict.jsonl", row, same, row | {"answer2": "never"})
    found = wikicontradict.load(Bench(tmp_path))
    assert [question.numeric for question in found] == [True, False]


def test_realtimeqa_gives_each_week_the_articles_saved_for_it(tmp_path: Path) -> None:
    question = {"question_id": "20220617_0", "question": "Who?", "answer": "Ann", "gcs_doc_ids": ["d1", "d2"]}
    later = question | {"question_id": "20220624_0", "answer": "38%", "gcs_doc_ids": ["d3"]}
    document = {
        "doc_id": "d1",
        "url": "https://news.example/x",
        "title": None,
        "publish_date": "2022/06/12",
        "text": "Ann came.",
    }
    empty = document | {"doc_id": "d2", "text": " "}
    third = document | {"doc_id": "d3", "publish_date": None}
    lines(tmp_path / "realtimeqa" / "questions_2022.jsonl", question, later)
    lines(tmp_path / "realtimeqa" / "docs_2022.jsonl.gz", document, empty, third)
    questions, articles = realtimeqa.load(Bench(tmp_path))
    assert [(made.week, made.numeric) for made in questions] == [("20220617", False), ("20220624", True)]
    assert {week: [made.name for made in found] for week, found in articles.items()} == {
        "20220617": ["d1"],
        "20220624": ["d3"],
    }
    (first,), (second,) = articles.values()
    assert (str(first.published), first.outlet, second.published) == ("2022-06-12", "news.example", None)
    assert sum(map(len, realtimeqa.by_week(questions, 1, seed=0).values())) == 1


def test_wice_supports_are_places_in_the_joined_article(tmp_path: Path) -> None:
    row = {
        "claim": "c",
        "evidence": ["One. ", "", "Three."],
        "supporting_sentences": [[], [0, 2]],
        "meta": {"id": "w1"},
    }
    lines(tmp_path / "wice" / "claim_dev.jsonl", row, row | {"supporting_sentences": [[]]})
    (claim,) = wice.load(Bench(tmp_path))
    assert [[claim.document.text[start:end] for start, end in support] for support in claim.supports] == [
        ["One.", "Three."]
    ]


def test_coqex_matches_within_a_tenth_of_the_gold_count() -> None:
    assert coqex.is_near(100, 91, 91) and coqex.is_near(100, 40, 95)
    assert not coqex.is_near(100, 111, 120)


def test_scifact_reads_beirs_zip(tmp_path: Path) -> None:
    (tmp_path / "beir_scifact").mkdir()
    with zipfile.ZipFile(tmp_path / "beir_scifact" / "scifact.zip", "w") as packed:
        packed.writestr("scifact/queries.jsonl", '{"_id": "1", "text": "claim"}\n')
        packed.writestr("scifact/corpus.jsonl", '{"_id": "9", "title": "T", "text": "abstract"}\n')
        packed.writestr("scifact/qrels/test.tsv", "query-id\tcorpus-id\tscore\r\n1\t9\t1\r\n")
    claims, documents, judged = scifact.load(Bench(tmp_path))
    assert (claims, documents[0].name, judged) == ({"1": "claim"}, "9", {"1": {"9": 1}})


def test_copies_of_one_original_are_pairs_of_each_other() -> None:
    assert near_copies.pairs({"b": "a", "c": "a"}) == {frozenset("ab"), frozenset("ac"), frozenset("bc")}


@pytest.mark.parametrize("kind", ["other words", "cut", "new headline and cut"])
def test_a_demo_article_that_is_changed_a_little_is_a_copy_and_with_a_new_figure_a_version(kind: str) -> None:
    article = mutations.demo_articles()[0]
    words = mutations.vocabulary([article])
    changed = mutations.mutated(article, mutations.COPIES[kind], 0.2, words, seed=0)
    updated = mutations.mutated(article, mutations.new_figure, 0.05, words, seed=0)
    assert changed == mutations.mutated(article, mutations.COPIES[kind], 0.2, words, seed=0)
    assert changed.text != article.text
    assert [relation(article, changed), relation(article, updated)] == ["copy", "version"]


def test_a_sample_is_drawn_by_seed_and_keeps_its_order() -> None:
    items = list(range(50))
    assert sample(items, 5, 1) == sample(items, 5, 1) == sorted(sample(items, 5, 1))
    assert sample(items, 5, 1) != sample(items, 5, 2)
    assert sample(items, None, 1) == sample(items, 80, 1) == items


def test_a_missing_folder_an_unknown_set_and_a_broken_line_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="no folder 'squad'"):
        bench(["squad"], Bench(tmp_path))
    with pytest.raises(BenchError, match="'squat'; there are"):
        bench(["squad", "squat"], Bench(tmp_path))
    with pytest.raises(BenchError, match="limit 0"):
        Bench(tmp_path, limit=0)
    (tmp_path / "rows.jsonl").write_text('{"a": 1}\n{')
    with pytest.raises(BenchError, match=r"rows.jsonl:2"):
        read_lines(tmp_path / "rows.jsonl")


def test_every_set_is_registered_once_with_a_quick_size() -> None:
    assert set(SETS) == {
        "coqex", "coqex_groups", "multihop_rag", "near_copies", "numbers", "quotesum", "ramdocs", "realtimeqa", "scifact",
        "squad", "wice", "wikicontradict",
    }  # fmt: skip
    assert all(known.quick > 0 and known.about for known in SETS.values())


def test_the_table_shows_interval_time_and_the_figure_to_beat() -> None:
    ratios = {"EM": [Ratio(1, 1), Ratio(0, 1)]}
    rows = rows_of("squad", ratios, seed=0, seconds=[0.1, 0.3, 0.2], published={"EM": "0.789 (them|us)"})
    assert rows == [BenchRow("squad", "EM", 0.5, 0.0, 1.0, 2, 0.2, "0.789 (them|us)")]
    text = table([*rows, BenchRow("x", "m", None, None, None, 0, None)])
    assert "| squad | EM | 0.500 [0.000, 1.000] | 2 | 0.200 | 0.789 (them\\|us) |" in text
    assert "| x | m | - | 0 | - |  |" in text
