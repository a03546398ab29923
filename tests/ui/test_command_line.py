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
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )


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
    assert (
        made.stderr
        == f"Error: there is no collection at {tmp_path / 'none'}; make one first: everysource index PATH\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "who?", "--since", "yesterday"],
        ["ask", "who?", "--since", "2024-02-01", "--until", "2024-01-01"],
        ["sources", "--since", "2024-02-01", "--until", "2024-01-01"],
        ["nonsense"],
        ["chat", "--host", "0.0.0.0"],
        ["chat", "--auth", "nobody"],
        ["chat", "--fetch", "--read-only"],
        ["chat", "--fetch", "--open-to-all", "--host", "0.0.0.0"],
        ["index"],
        ["index", ".", "--rebuild"],
    ],
)
def test_wrong_use_is_exit_code_2(collection_folder: Path, arguments: list[str]) -> None:
    assert run(collection_folder, *arguments).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["ask", "  "], "question"),
        (["ask", "who?", "--source", "nobody.md"], "nobody.md"),
        (["show", "nobody.md"], "nobody.md"),
        (["ask", "who?", "--outlet", "Nobody Times"], "The Gazette"),
        (["remove", "nobody.md"], "nobody.md"),
        (["show", "c-recipes.txt:5-999"], f"0-{len(RECIPES)}"),
        (["show", "c-recipes.txt:9-5"], "START 9 is not below END 5"),
        (["index", "nowhere/at/all"], "nowhere/at/all"),
    ],
)
def test_an_error_is_one_line_that_names_its_cause(
    collection_folder: Path, arguments: list[str], named: str
) -> None:
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
    assert (
        run(collection_folder, "show", f"{source['source']}:{quote['start']}-{quote['end']}").stdout
        == quote["text"] + "\n"
    )
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


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_taken(tmp_path: Path) -> None:
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    (mixed / "good.txt").write_text(RECIPES)
    (mixed / "empty.txt").write_text("")
    made = run(tmp_path / "news", "index", str(mixed))
    assert made.exit_code == 0
    assert "1 file could not be read:\n" in made.stderr
    assert [
        line.split()[0].endswith("empty.txt")
        for line in made.stderr.splitlines()
        if "the file is empty" in line
    ] == [True]
    assert len(json.loads(run(tmp_path / "news", "sources", "--json").stdout)) == 1
    assert run(tmp_path / "news", "index", str(mixed), "--strict").exit_code == 1


def test_when_nothing_can_be_read_every_file_is_listed_and_no_collection_is_left(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(b"\0")
    made = run(tmp_path / "news", "index", str(tmp_path / "empty.txt"), str(tmp_path / "binary.txt"))
    assert made.exit_code == 1
    assert "2 files could not be read:" in made.stderr
    assert "is binary" in made.stderr
    assert not (tmp_path / "news").exists()


@pytest.fixture(scope="module")
def updated_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A story, its update with another figure, and a reprint, as a collection."""
    folder = tmp_path_factory.mktemp("updated")
    for name, day, text in (
        ("a-first.md", 6, HARBOUR),
        ("b-update.md", 7, HARBOUR.replace("nine", "fourteen")),
        ("c-reprint.md", 8, HARBOUR),
    ):
        (folder / name).write_text(f"---\noutlet: {name[2:-3]}\npublished: 2024-05-0{day}\n---\n{text}")
    assert run(folder / "news", "index", *(str(path) for path in sorted(folder.glob("*.md")))).exit_code == 0
    return folder / "news"


def test_an_update_is_listed_with_its_new_figure_and_a_reprint_as_a_copy(updated_folder: Path) -> None:
    _, update, reprint = run(updated_folder, "sources").stdout.splitlines()
    assert "(newer than a-first.md: nine people on → fourteen people on)" in update
    assert "(copy of a-first.md)" in reprint
    _, update, reprint = json.loads(run(updated_folder, "sources", "--json").stdout)
    [change] = update["changes"]
    text = HARBOUR.replace("nine", "fourteen")
    assert text[change["new_start"] : change["new_end"]] == change["after"]
    assert update["version_of"] == reprint["copy_of"]
    rows = list(csv.DictReader(io.StringIO(run(updated_folder, "sources", "--csv").stdout)))
    assert rows[1]["changes"] == "nine people on → fourteen people on"


def test_show_says_what_changed(updated_folder: Path) -> None:
    shown = run(updated_folder, "show", "b-update.md")
    assert shown.stdout.startswith("The fire at the harbour killed fourteen")
    assert shown.stderr == "newer than a-first.md: nine people on → fourteen people on\n"
    listed = run(updated_folder, "show", "b-update.md", "--changes").stdout.splitlines()
    assert listed == [
        "b-update.md, newer than a-first.md:",
        "          31-49  nine people on → fourteen people on",
    ]
    assert (
        run(updated_folder, "show", "a-first.md", "--changes").stdout
        == "a-first.md is no newer version of another source\n"
    )
    assert (
        json.loads(run(updated_folder, "show", "b-update.md", "--json").stdout)["changes"][0]["figure"]
        is True
    )


def test_an_answer_says_which_source_is_a_newer_version(updated_folder: Path) -> None:
    question = "How many people were killed by the fire at the harbour?"
    answer = json.loads(run(updated_folder, "ask", question, "--json").stdout)
    reports = {report["source"]: report for report in answer["sources"]}
    assert reports["b-update.md"]["version_of"] == reports["a-first.md"]["id"]
    assert [change["after"] for change in reports["b-update.md"]["changes"]] == ["fourteen people on"]
    assert reports["a-first.md"]["version_of"] is None
    assert "nine people on → fourteen people on" in run(updated_folder, "ask", question, "--md").stdout
    text = run(updated_folder, "ask", question).stdout
    assert "Newer versions (1): b-update.md (of a-first.md: nine people on → fourteen people on)" in text


@pytest.mark.parametrize(
    ("flags", "names"),
    [
        (["--since", "2024-05-07"], ["b-update.md", "c-reprint.md"]),
        (["--until", "2024-05-06"], ["a-first.md"]),
        (["--outlet", "UPDATE", "--outlet", "first"], ["a-first.md", "b-update.md"]),
    ],
)
def test_sources_can_be_narrowed(updated_folder: Path, flags: list[str], names: list[str]) -> None:
    assert [
        row["source"] for row in json.loads(run(updated_folder, "sources", *flags, "--json").stdout)
    ] == names


def test_a_collection_is_verified_mended_and_carried(updated_folder: Path, tmp_path: Path) -> None:
    made = run(updated_folder, "verify")
    assert (made.exit_code, made.stdout) == (0, "3 articles, 3 passages: all is well\n")
    assert run(updated_folder, "export", str(tmp_path / "news.zip")).stdout.startswith("3 articles in ")
    assert run(tmp_path / "copy", "import", str(tmp_path / "news.zip")).stdout.startswith(
        "3 articles, 3 passages in "
    )
    generation = (tmp_path / "copy" / "CURRENT").read_text().strip()
    (tmp_path / "copy" / "generations" / generation / "vectors.faiss").unlink()
    made = run(tmp_path / "copy", "verify")
    assert made.exit_code == 1
    assert "vectors.faiss is missing" in made.stdout
    made = run(tmp_path / "copy", "verify", "--repair")
    assert made.exit_code == 0
    assert "repaired: " in made.stdout
    assert json.loads(run(tmp_path / "copy", "verify", "--json").stdout)["problems"] == []


def test_the_demo_needs_nothing() -> None:
    made = CliRunner().invoke(main, ["demo", "--json"])
    assert made.exit_code == 0, made.output
    answer = json.loads(made.stdout)
    assert len(answer["sources"]) == 14
    assert answer["figures"]
