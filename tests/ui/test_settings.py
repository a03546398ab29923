from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ui.cli import main


def run(*arguments: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), env=env)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def collection_used(*arguments: str, env: dict[str, str] | None = None) -> str:
    """The folder that a command looks for, as its error names it."""
    return run(*arguments, "sources", env=env).stderr.partition("collection at ")[2].partition(";")[0]


def test_a_flag_beats_the_environment_which_beats_the_file_which_beats_the_default(elsewhere: Path) -> None:
    assert collection_used() == ".everysource"
    (elsewhere / "everysource.toml").write_text('collection = "from-file"')
    assert collection_used() == "from-file"
    assert collection_used(env={"EVERYSOURCE_COLLECTION": "from-env"}) == "from-env"
    assert (
        collection_used("--collection", "from-flag", env={"EVERYSOURCE_COLLECTION": "from-env"})
        == "from-flag"
    )


def test_a_folder_in_a_settings_file_is_meant_from_there(elsewhere: Path) -> None:
    (elsewhere / "etc").mkdir()
    (elsewhere / "etc" / "news.toml").write_text('collection = "kept"')
    assert collection_used("--config", "etc/news.toml") == "etc/kept"


def test_a_commands_settings_stand_in_its_table(elsewhere: Path) -> None:
    (elsewhere / "everysource.toml").write_text("[ask]\nsince = 2024-05-07\nuntil = 2024-05-06\n")
    made = run("ask", "who?")
    assert (made.exit_code, "--since 2024-05-07 is later than --until 2024-05-06" in made.stderr) == (2, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("collection = ", "is not TOML"),
        ('colection = "x"', "unknown setting 'colection'; known are collection"),
        ("[chat]\nprot = 1", "[chat]: unknown setting 'prot'; known are auth"),
        ("[shat]\nport = 1", "unknown table [shat]; known are ask"),
        ("[gold.ad]\ntag = 1", "[gold]: unknown table [gold.ad]; known are add"),
        ("version = true", "unknown setting 'version'"),
        ('collection = ["x"]', "collection is one value; write it without brackets"),
    ],
)
def test_a_broken_settings_file_is_named_with_its_fault(elsewhere: Path, text: str, words: str) -> None:
    (elsewhere / "everysource.toml").write_text(text)
    made = run("sources")
    assert made.exit_code == 1
    assert made.stderr.startswith("Error: everysource.toml")
    assert words in made.stderr


@pytest.mark.parametrize(
    ("text", "env", "flags", "expected"),
    [
        ('[ask]\noutlet = "Oster Post"', {}, [], {"outlets": ("Oster Post",)}),
        ('[ask]\noutlet = ["Oster Post", "B"]', {}, [], {"outlets": ("Oster Post", "B")}),
        ("[ask]\njson = true", {}, [], {"output_format": "json"}),
        ("[ask]\njson = false", {}, [], {"output_format": None}),
        ("[ask]\njson = true", {}, ["--csv"], {"output_format": "csv"}),
        ("\ufeff[ask]\nfail_on_none = true", {}, [], {"fail_on_none": True}),
        ("", {"EVERYSOURCE_ASK_OUTLET": "Oster Post;B"}, [], {"outlets": ("Oster Post", "B")}),
        ("", {"EVERYSOURCE_ASK_SOURCE": "a b.md"}, ["--source", "c"], {"sources": ("c",)}),
        ("", {"EVERYSOURCE_ASK_SOURCE": "a b.md"}, [], {"sources": ("a b.md",)}),
        ("", {"EVERYSOURCE_ASK_JSON": "1"}, [], {"output_format": "json"}),
    ],
)
def test_every_flag_can_be_set_by_its_own_name(
    elsewhere: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    env: dict[str, str],
    flags: list[str],
    expected: dict[str, object],
) -> None:
    given: dict[str, object] = {}
    monkeypatch.setattr(main.commands["ask"], "callback", lambda *context, **values: given.update(values))
    (elsewhere / "everysource.toml").write_text(text, encoding="utf-8")
    assert run("ask", "who?", *flags, env=env).exit_code == 0
    assert {name: given[name] for name in expected} == expected


def test_settings_of_gold_add_stand_in_a_table_of_that_name(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, object] = {}
    adding = main.commands["gold"].commands["add"]
    monkeypatch.setattr(adding, "callback", lambda *context, **values: given.update(values))
    (elsewhere / "everysource.toml").write_text('[gold.add]\ngold = "own.jsonl"\ntag = "dev"')
    assert run("gold", "add", "who?").exit_code == 0
    assert (given["path"], given["tags"]) == (Path("own.jsonl"), ("dev",))


def test_a_wrong_value_says_where_it_was_set(elsewhere: Path) -> None:
    made = run("ask", "who?", env={"EVERYSOURCE_ASK_SINCE": "soon"})
    assert (made.exit_code, "'soon' is no day" in made.stderr) == (2, True)
    assert made.stderr.endswith("(set by EVERYSOURCE_ASK_SINCE)\n")
    (elsewhere / "plain").write_text("")
    made = run("sources", env={"EVERYSOURCE_COLLECTION": "plain"})
    assert (made.exit_code, "(set by EVERYSOURCE_COLLECTION)" in made.stderr) == (2, True)
    (elsewhere / "everysource.toml").write_text('[chat]\nport = "high"')
    made = run("chat")
    assert (made.exit_code, "(set in everysource.toml)" in made.stderr) == (2, True)
    assert "set in" not in run("chat", "--port", "high").stderr


def test_a_missing_settings_file_is_an_error() -> None:
    made = run("--config", "nowhere.toml", "sources")
    assert (made.exit_code, made.stderr) == (
        1,
        "Error: nowhere.toml: cannot be read (No such file or directory)\n",
    )


def test_help_is_there_whatever_the_settings_file_says(elsewhere: Path) -> None:
    (elsewhere / "everysource.toml").write_text("=")
    assert run("--help").exit_code == 0
