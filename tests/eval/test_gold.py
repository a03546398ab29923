from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_answers import ARTICLES, gold

from eval import GoldError, load_gold, narrow, select

ROW = gold(
    "How many people were hurt?", {"a.txt": ["12 people"], "b.txt": ["15 injured"]}, verdict="differ"
).to_dict()


def written(folder: Path, *rows: object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text(
        "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows) + "\n", encoding="utf-8"
    )
    return path


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(json.dumps(ROW))
    change(row)
    return row


def test_a_question_comes_back_as_it_was_written(tmp_path: Path) -> None:
    (question,) = load_gold(written(tmp_path, ROW, ""), ARTICLES)
    assert question.to_dict() == ROW
    assert question.answering == ("a.txt", "b.txt")


BROKEN: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "offset": (lambda row: row["sources"]["a.txt"]["quotes"][0].update(start=14, end=23), "is ' 12 peopl' and not '12 people'"),
    "length": (lambda row: row["sources"]["a.txt"]["quotes"][0].update(end=99), "cannot hold"),
    "unknown source": (lambda row: row["sources"].update({"z.txt": row["sources"]["c.txt"]}), "'z.txt' is not in the collection"),
    "missing key": (lambda row: row.pop("verdict"), "lacks ['verdict']"),
    "missing source key": (lambda row: row["sources"]["c.txt"].pop("figures"), "source 'c.txt' lacks ['figures']"),
    "unknown key": (lambda row: row.update(note="?"), "unknown ['note']"),
    "answers without quotes": (lambda row: row["sources"]["c.txt"].update(answers=True), "'quotes' is empty"),
    "silent with quotes": (lambda row: row["sources"]["a.txt"].update(answers=False), "'answers' is false"),
    "verdict": (lambda row: row.update(verdict="maybe"), "'maybe' is none of"),
    "verdict none": (lambda row: row.update(verdict="none"), "2 answering sources"),
    "type": (lambda row: row["sources"]["a.txt"]["quotes"][0].update(start="15"), "'start' of source 'a.txt' must be int"),
    "bool for int": (lambda row: row["sources"]["a.txt"]["quotes"][0].update(start=True), "must be int and is True"),
    "tags": (lambda row: row.update(tags=[1]), "'tags' of the question"),
    "figure": (
        lambda row: row["sources"]["a.txt"]["figures"].append({"low": 3, "high": 2, "unit": None, "counts": None, "said_by": None}),
        "low 3 above high 2",
    ),
    "no sources": (lambda row: row.update(sources={}), "at least one source"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_line_is_named_with_file_line_and_fault(tmp_path: Path, fault: str) -> None:
    change, message = BROKEN[fault]
    path = written(tmp_path, ROW, changed(change))
    with pytest.raises(GoldError) as caught:
        load_gold(path, ARTICLES)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (("{",), ":1: is not valid JSON from column 2 on"),
        ((ROW, ROW), "'q-1' is used twice"),
        (("",), "no question"),
        (("[]",), "no JSON object"),
    ],
)
def test_a_file_that_is_no_gold_is_refused(tmp_path: Path, rows: tuple[object, ...], message: str) -> None:
    with pytest.raises(GoldError, match=r"gold\.jsonl") as caught:
        load_gold(written(tmp_path, *rows), ARTICLES)
    assert message in str(caught.value)


def test_a_wrong_offset_says_where_the_words_do_stand(tmp_path: Path) -> None:
    moved = changed(lambda row: row["sources"]["a.txt"]["quotes"][0].update(start=14, end=23))
    with pytest.raises(GoldError, match="which stands at 15-24"):
        load_gold(written(tmp_path, moved), ARTICLES)
    foreign = changed(lambda row: row["sources"]["a.txt"]["quotes"][0].update(text="12 peopIe"))
    with pytest.raises(GoldError, match="does not stand in it: copy the words"):
        load_gold(written(tmp_path, foreign), ARTICLES)


@pytest.mark.parametrize("separator", ["\u2028", "\u0085"])
def test_only_a_line_feed_ends_a_line_and_a_byte_order_mark_is_no_part_of_it(
    tmp_path: Path, separator: str
) -> None:
    row = changed(lambda row: row.update(question=f"How many{separator}were hurt?"))
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\r\n", encoding="utf-8-sig", newline="")
    (question,) = load_gold(path, ARTICLES)
    assert question.question == row["question"]


def test_a_file_in_another_encoding_is_refused_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b'{"question": "\xe9"}')
    with pytest.raises(GoldError, match="not UTF-8 at byte 14: save it"):
        load_gold(path, ARTICLES)


def test_a_missing_file_is_a_gold_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"nowhere\.jsonl: cannot be read \(No such file or directory\)"):
        load_gold(tmp_path / "nowhere.jsonl", ARTICLES)


def test_a_source_may_be_named_by_another_name_of_its_article_but_once(tmp_path: Path) -> None:
    names = ARTICLES | {"other": ARTICLES["c.txt"]}
    renamed = changed(lambda row: row["sources"].update(other=row["sources"].pop("c.txt")))
    assert set(load_gold(written(tmp_path, renamed), names)[0].sources) == set(ARTICLES)
    twice = changed(lambda row: row["sources"].update(other=row["sources"]["c.txt"]))
    with pytest.raises(GoldError, match="names an article twice"):
        load_gold(written(tmp_path, twice), names)


def test_select_by_tag() -> None:
    dev, held_out = gold("One?", {"a.txt": ["12"]}), gold("Two?", {"a.txt": ["12"]}, tags=["held_out"])
    assert select([dev, held_out], "held_out") == (held_out,)
    assert select([dev, held_out], None) == (dev, held_out)
    with pytest.raises(GoldError, match="'nothing'"):
        select([dev], "nothing")


def test_narrowing_keeps_the_truth_of_the_sources_in_scope() -> None:
    both = gold("One?", {"a.txt": ["12"], "b.txt": ["15"]}, verdict="differ", names=("a.txt", "b.txt"))
    other = gold("Two?", {"b.txt": ["15"]}, names=("b.txt",))
    [one] = narrow([both, other], {"a.txt"})
    assert (one.id, set(one.sources), one.verdict) == (both.id, {"a.txt"}, "single")
    assert narrow([both, other], {"a.txt", "b.txt"}) == (both, other)
    with pytest.raises(GoldError, match="no question names a source in scope"):
        narrow([other], {"a.txt"})


def test_the_demo_gold_is_sound(demo_articles: dict[str, Any], demo_gold: Path) -> None:
    questions = load_gold(demo_gold, demo_articles)
    assert len(questions) >= 80
    assert sum(not question.answering for question in questions) >= 25
    assert all(set(question.sources) == set(demo_articles) for question in questions)
    assert all(("dev" in question.tags) != ("held_out" in question.tags) for question in questions)
