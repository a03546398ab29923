"""Gold made and measured by the command line, and tables put into pages."""

import json
from datetime import date
from pathlib import Path

import ir_measures
import pytest
from click.testing import CliRunner, Result
from conftest import GAZETTE

from ui.cli import main
from ui.rendering.results import with_table

ASKED = "How many people died in the fire at the harbour?"


def run(folder: Path, *arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["--collection", str(folder), *arguments], input=stdin)


@pytest.fixture(scope="module")
def gold(collection_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A question over the three articles, made by typing: the first two answer as shown or corrected, recipes never."""
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    answer = json.loads(run(collection_folder, "ask", ASKED, "--json").stdout)
    typed: list[str] = []
    for source in answer["sources"]:
        if source["status"] == "answers":
            typed += {"b-gazette.md": ["Fourteen people", ""], "c-recipes.txt": ["-"]}.get(
                source["source"], [""]
            )
    assert "b-gazette.md" in [
        source["source"] for source in answer["sources"] if source["status"] == "answers"
    ]
    typed += ["", "differ"]
    made = run(
        collection_folder,
        "gold",
        "add",
        ASKED,
        "--gold",
        str(path),
        "--tag",
        "own",
        stdin="\n".join(typed) + "\n",
    )
    assert made.exit_code == 0, made.output
    assert made.stdout.startswith(f"added how_many-01 to {path}: ")
    return path


def test_gold_is_made_by_accepting_and_correcting(gold: Path) -> None:
    (row,) = map(json.loads, gold.read_text(encoding="utf-8").splitlines())
    assert (row["question"], row["kind"], row["verdict"], row["tags"]) == (
        ASKED,
        "how_many",
        "differ",
        ["own"],
    )
    (quote,) = row["sources"]["b-gazette.md"]["quotes"]
    assert GAZETTE[quote["start"] : quote["end"]] == quote["text"] == "Fourteen people"
    assert not row["sources"]["c-recipes.txt"]["answers"]


def test_leaving_early_writes_nothing(collection_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    assert run(collection_folder, "gold", "add", ASKED, "--gold", str(path), stdin="").exit_code == 1
    assert not path.exists()


def test_a_gold_file_that_cannot_be_written_is_told_before_anything_is_asked(
    collection_folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "nowhere" / "gold.jsonl"
    made = run(collection_folder, "gold", "add", ASKED, "--gold", str(path), stdin="")
    assert (made.exit_code, made.stdout) == (1, "")
    assert (
        made.stderr
        == f"Error: {path}: cannot be written: check that its folder is there, and your permissions\n"
    )


def test_an_own_gold_file_is_measured_sliced_and_exported(
    collection_folder: Path, gold: Path, tmp_path: Path
) -> None:
    given = [
        "eval",
        "--gold",
        str(gold),
        "--export-trec",
        str(tmp_path / "trec"),
        "--export-beir",
        str(tmp_path / "beir"),
    ]
    made = run(collection_folder, *given)
    assert made.exit_code == 0, made.output
    lines = made.stdout.splitlines()
    assert lines[0] == "1 question"
    assert any(line.split()[:2] == ["how_many", "1"] for line in lines)
    assert any(line.split()[:2] == ["own", "1"] for line in lines)
    run_rows = list(ir_measures.read_trec_run(str(tmp_path / "trec" / "run.trec")))
    assert {row.query_id for row in run_rows} == {"how_many-01"} and len(run_rows) == 3
    assert (tmp_path / "beir" / "qrels" / "test.tsv").exists()


def test_the_seed_of_the_resamples_is_told(collection_folder: Path, gold: Path) -> None:
    made = run(collection_folder, "eval", "--gold", str(gold), "--seed", "7", "--misses", "0", "--json")
    assert (json.loads(made.stdout)["seed"], json.loads(made.stdout)["worst"]) == (7, [])


def test_a_table_takes_the_place_of_the_one_that_the_same_command_made(
    collection_folder: Path, gold: Path, tmp_path: Path
) -> None:
    page = tmp_path / "results.md"
    page.write_text("# Results\n\nWords.\n", encoding="utf-8")
    for _ in range(2):
        made = run(collection_folder, "eval", "--gold", str(gold), "--md", "--write", str(page))
        assert made.exit_code == 0, made.output
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Results\n\nWords.\n\n<!-- everysource eval --gold FILE -->\nMade on ")
    assert text.count("| metric | value [95% interval] | n |") == 1
    assert made.stdout.strip() in text


def test_other_blocks_of_a_page_stay() -> None:
    day = date(2024, 3, 4)
    page = with_table(with_table("# R\n", "eval", "| a |", day), "bench --quick", "| b |", day)
    renewed = with_table(page, "eval", "| c |", date(2024, 3, 5))
    assert renewed == page.replace("| a |", "| c |").replace(
        "2024-03-04 by `everysource eval`", "2024-03-05 by `everysource eval`"
    )
