import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import GAZETTE, HARBOUR, RECIPES

from ui.cli import main

COMMANDS = sorted(main.commands)


def run(folder: Path, *arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["--collection", str(folder), *arguments], input=stdin)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_of_itself(name: str, tmp_path: Path) -> None:
    made = run(tmp_path, name, "--help")
    assert made.exit_code == 0
    examples = made.stdout.partition("Example:\n")[2]
    assert f"everysource {name}" in examples


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, ui.cli; print([name for name in ('gradio', 'torch', 'numpy', 'index', 'qa') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_question_is_answered_from_every_source_as_json(collection_folder: Path) -> None:
    made = run(collection_folder, "ask", "How many people died in the fire at the harbour?", "--json")
    assert (made.exit_code, made.stderr) == (0, "")
    answer = json.loads(made.stdout)
    texts = {"a-harbour.md": HARBOUR, "b-gazette.md": GAZETTE, "c-recipes.txt": RECIPES}
    assert {source["source"] for source in answer["sources"]} == set(texts)
    for source in answer["sources"]:
        for quote in source["quotes"]:
            assert texts[source["source"]][quote["start"] : quote["end"]] == quote["text"]


def test_the_same_question_gives_the_same_bytes(collection_folder: Path) -> None:
    made = [run(collection_folder, "ask", "When was the fire?", "--json").stdout for _ in range(2)]
    assert made[0] == made[1]


def test_a_question_may_come_from_stdin(collection_folder: Path) -> None:
    asked = run(collection_folder, "ask", "-", "--json", stdin="When was the fire?\n")
    assert json.loads(asked.stdout)["question"] == "When was the fire?"


def test_scope_narrows_the_sources_asked(collection_folder: Path) -> None:
    made = run(collection_folder, "ask", "How many people died?", "--outlet", "the gazette", "--csv")
    assert {row["outlet"] for row in csv.DictReader(io.StringIO(made.stdout))} == {"The Gazette"}


def test_failing_on_none_is_an_exit_code_of_its_own(collection_folder: Path) -> None:
    question = "Which astronaut repaired the telescope?"
    assert run(collection_folder, "ask", question).exit_code == 0
    made = run(collection_folder, "ask", question, "--fail-on-none")
    assert made.exit_code == 3
    assert "3 silent" in made.stdout


def test_asking_without_a_collection_says_how_to_make_one(tmp_path: Path) -> None:
    made = run(tmp_path / "none", "ask", "who?")
    assert made.exit_code == 1
    assert made.stderr == f"Error: there is no collection at {tmp_path / 'none'}; make one first: everysource index PATH\n"


@pytest.mark.parametrize(
    "arguments",
    [["ask"], ["ask", "who?", "--since", "yesterday"], ["ask", "who?", "--since", "2024-02-01", "--until", "2024-01-01"],
     ["nonsense"], ["chat", "--host", "0.0.0.0"], ["chat", "--auth", "nobody"], ["index"], ["index", ".", "--rebuild"]],
)
def test_wrong_use_is_exit_code_2(collection_folder: Path, arguments: list[str]) -> None:
    assert run(collection_folder, *arguments).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(["ask", "  "], "question"), (["ask", "who?", "--source", "nobody.md"], "nobody.md"), (["show", "nobody.md"], "nobody.md"),
     (["ask", "who?", "--outlet", "Nobody Times"], "The Gazette"), (["remove", "nobody.md"], "nobody.md"),
     (["show", "c-recipes.txt:5-999"], f"0-{len(RECIPES)}"), (["index", "nowhere/at/all"], "nowhere/at/all")],
)
def test_an_error_is_one_line_that_names_its_cause(collection_folder: Path, arguments: list[str], named: str) -> None:
    made = run(collection_folder, *arguments)
    assert (made.exit_code, made.stdout) == (1, "")
    assert made.stderr.startswith("Error: ")
    assert made.stderr.count("\n") == 1
    assert named in made.stderr


def test_sources_are_listed_as_text_csv_and_json(collection_folder: Path) -> None:
    lines = run(collection_folder, "sources").stdout.splitlines()
    rows = list(csv.DictReader(io.StringIO(run(collection_folder, "sources", "--csv").stdout)))
    values = json.loads(run(collection_folder, "sources", "--json").stdout)
    assert len(lines) == len(rows) == len(values) == 3
    assert [row["source"] for row in rows] == [value["source"] for value in values]
    assert any("2024-05-06" in line and "The Gazette" in line for line in lines)
    assert values[0]["characters"] == len(HARBOUR)


def test_a_place_that_an_answer_prints_shows_the_quote_exactly(collection_folder: Path) -> None:
    answer = json.loads(run(collection_folder, "ask", "How many people died in the fire?", "--json").stdout)
    source = answer["sources"][0]
    quote = source["quotes"][0]
    assert run(collection_folder, "show", f"{source['source']}:{quote['start']}-{quote['end']}").stdout == quote["text"] + "\n"
    assert run(collection_folder, "show", source["id"], "--json").exit_code == 0


def test_articles_come_go_and_are_known_again(articles_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    listed = "\n".join(str(path) for path in sorted(articles_folder.iterdir()))
    assert run(folder, "index", "-", stdin=listed).stdout.startswith("3 added; ")
    assert "0 embedded now" in run(folder, "index", str(articles_folder)).stdout
    name = json.loads(run(folder, "sources", "--json").stdout)[0]["source"]
    assert run(folder, "remove", name).stdout == f"removed {name}\n"
    assert len(json.loads(run(folder, "sources", "--json").stdout)) == 2


def test_json_lines_from_stdin_become_articles(tmp_path: Path) -> None:
    fire = {"title": "Fire", "publisher": "Wire", "published": "2024-05-06", "text": HARBOUR}
    lines = [fire, {"title": "Bread", "text": RECIPES}]
    made = run(tmp_path / "news", "index", "-", stdin="".join(f"{json.dumps(line)}\n" for line in lines))
    assert made.exit_code == 0, made.output
    found = json.loads(run(tmp_path / "news", "sources", "--json").stdout)
    assert {(article["title"], article["outlet"]) for article in found} == {("Fire", "Wire"), ("Bread", None)}


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_taken(articles_folder: Path, tmp_path: Path) -> None:
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    (mixed / "good.txt").write_text(RECIPES)
    (mixed / "empty.txt").write_text("")
    made = run(tmp_path / "news", "index", str(mixed))
    assert made.exit_code == 1
    assert "empty.txt" in made.stderr
    assert len(json.loads(run(tmp_path / "news", "sources", "--json").stdout)) == 1


def test_the_demo_needs_nothing() -> None:
    made = CliRunner().invoke(main, ["demo", "--json"])
    assert made.exit_code == 0, made.output
    answer = json.loads(made.stdout)
    assert len(answer["sources"]) == 14
    assert answer["figures"]
