from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from made_answers import answer, gold, quote

from eval import Baseline, BaselineError, Evaluation, QuestionResult, gate, score
from qa import Answer

ASKED = "How many people were hurt?"
RIGHT = quote("a.txt", "The mayor said 12 people were hurt.", "12 people")
WRONG = quote("a.txt", "Trams were halted.", "Trams")


def evaluation(answers: list[Answer]) -> Evaluation:
    results = []
    for place, given in enumerate(answers):
        asked = gold(ASKED, {"a.txt": ["12 people"]}, question_id=f"q-{place}")
        results.append(QuestionResult(asked, given, score(asked, given), 0.1))
    return Evaluation(tuple(results))


GOOD = answer(ASKED, {"a.txt": [RIGHT]})
BAD = answer(ASKED, {"a.txt": [WRONG]})
SAME = Baseline.of(evaluation([GOOD] * 30))


def test_the_same_run_passes_with_exit_code_0() -> None:
    result = gate(evaluation([GOOD] * 30), SAME)
    assert (result.passed, result.exit_code, result.lines[-1]) == (True, 0, "gate: passed")


def test_a_clear_loss_fails_and_names_the_metric() -> None:
    result = gate(evaluation([GOOD] * 15 + [BAD] * 15), SAME)
    assert (result.passed, result.exit_code, result.lines[-1]) == (False, 1, "gate: FAILED (6)")
    failed = {line.split()[1] for line in result.lines if line.startswith("FAILED")}
    assert failed == {
        "quote_precision",
        "quote_recall",
        "quote_f1",
        "short_answer_found",
        "answer_em",
        "answer_f1",
    }


def test_one_question_lost_is_within_chance_and_a_gain_passes() -> None:
    assert gate(evaluation([GOOD] * 29 + [BAD]), SAME).passed
    assert gate(evaluation([GOOD] * 30), Baseline.of(evaluation([BAD] * 30))).passed


def test_an_untrue_quote_fails_even_where_nothing_else_is_worse() -> None:
    forged = answer(ASKED, {"a.txt": [RIGHT, replace(RIGHT, text="90 people", score=0.1)]})
    before = Baseline.of(evaluation([GOOD] * 29 + [forged]))
    result = gate(evaluation([GOOD] * 29 + [forged]), before)
    assert result.exit_code == 1
    assert any("quote_validity is 0.9677 and must be 1" in line for line in result.lines)


def test_other_gold_cannot_be_compared() -> None:
    result = gate(evaluation([GOOD] * 29), SAME)
    assert result.exit_code == 1
    assert "--update-baseline" in result.lines[0]


def test_a_baseline_comes_back_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    SAME.save(path)
    assert Baseline.load(path) == SAME
    assert sum('"q-' in line for line in path.read_text().splitlines()) == 30


SHORT_ROW = '{"version": 1, "gold_sha256": "", "metrics": ["a"], "questions": {"q": []}}'


@pytest.mark.parametrize("content", [None, "{", "[]", '{"version": 99}', '{"version": 1}', SHORT_ROW])
def test_a_broken_baseline_says_how_to_make_it_anew(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "baseline.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(BaselineError, match="--update-baseline"):
        Baseline.load(path)
