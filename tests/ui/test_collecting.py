"""The flags of `index` and `show` that say how files are read, and show what was left out of them."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import HARBOUR, RECIPES

from ui.cli import main

PAGE = (
    "<html><head><title>Fire at the harbour</title></head><body><nav><a href='/'>Home</a></nav><article>"
    f"<h1>Fire at the harbour</h1><p>{HARBOUR}</p><p>Share this story</p></article></body></html>"
)


def run(folder: Path, *arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["--collection", str(folder / "news"), *arguments], input=stdin)


def listed(folder: Path) -> list[dict[str, object]]:
    return json.loads(run(folder, "sources", "--json").stdout)


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """Where a server on this machine has the page; what is fetched is kept in a folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/fire.html" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(PAGE.encode())

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/fire.html"
    server.shutdown()
    thread.join()
    server.server_close()


def test_columns_of_a_table_can_be_named(tmp_path: Path) -> None:
    table = tmp_path / "export.csv"
    table.write_text(f'Kopf,Inhalt,Blatt\nFire,"{HARBOUR}",Harbour News\n')
    refused = run(tmp_path, "index", str(table))
    assert refused.exit_code == 1
    assert "--column text=NAME" in refused.stderr
    columns = ("text=Inhalt", "title=Kopf", "outlet=Blatt")
    made = run(tmp_path, "index", str(table), *(part for column in columns for part in ("--column", column)))
    assert made.exit_code == 0, made.output
    assert [(row["title"], row["outlet"]) for row in listed(tmp_path)] == [("Fire", "Harbour News")]


@pytest.mark.parametrize("column", ["Inhalt", "text=", "body=Inhalt"])
def test_a_column_that_is_not_written_field_and_name_is_wrong_use(tmp_path: Path, column: str) -> None:
    (tmp_path / "a.txt").write_text(RECIPES)
    assert run(tmp_path, "index", str(tmp_path / "a.txt"), "--column", column).exit_code == 2


def test_addresses_are_fetched_only_where_that_was_said(tmp_path: Path, address: str) -> None:
    (tmp_path / "list.urls").write_text(f"{address}\n")
    given = ("index", str(tmp_path / "list.urls"))
    refused = run(tmp_path, *given)
    assert refused.exit_code == 1
    assert "fetching is off; allow it (--fetch)" in refused.stderr
    refused = run(tmp_path, *given, "--fetch")
    assert refused.exit_code == 1
    assert "127.0.0.1" in refused.stderr
    assert run(tmp_path, *given, "--allow-loopback").exit_code == 2
    made = run(tmp_path, *given, "--fetch", "--allow-loopback")
    assert made.exit_code == 0, made.output
    assert [(row["title"], row["url"]) for row in listed(tmp_path)] == [("Fire at the harbour", address)]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_file_whose_name_is_not_utf_8_is_read_and_found_again(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path / "in") + b"/caf\xe9.txt")).write_text(HARBOUR)
    made = run(tmp_path, "index", str(tmp_path / "in"))
    assert (made.exit_code, made.stdout.partition(";")[0]) == (0, "1 added")
    assert run(tmp_path, "index", str(tmp_path / "in")).stdout.startswith("1 unchanged")
    listed = os.fsencode(tmp_path / "in") + b"/caf\xe9.txt\n"
    assert run(tmp_path, "index", "-", stdin=listed).stdout.startswith("1 unchanged")
    assert run(tmp_path, "show", "caf\ufffd.txt").stdout == f"{HARBOUR}\n"


@pytest.mark.parametrize("stdin", [b"", b" \n\n"])
def test_nothing_on_stdin_is_an_error_and_makes_no_collection(tmp_path: Path, stdin: bytes) -> None:
    made = run(tmp_path, "index", "-", stdin=stdin)
    assert (made.exit_code, made.stdout) == (1, "")
    assert "stdin is empty: give it paths" in made.stderr
    assert not (tmp_path / "news").exists()


def test_a_question_on_stdin_that_is_no_text_is_told_as_that(tmp_path: Path) -> None:
    made = run(tmp_path, "ask", "-", stdin=b"caf\xe9?")
    assert (made.exit_code, made.stdout) == (1, "")
    assert "stdin is not utf-8 text at character 3: convert it first" in made.stderr


def test_where_nothing_was_left_out_stdout_stays_empty(tmp_path: Path) -> None:
    (tmp_path / "fire.txt").write_text(HARBOUR)
    run(tmp_path, "index", str(tmp_path / "fire.txt"))
    made = run(tmp_path, "show", "fire.txt", "--left-out")
    assert (made.exit_code, made.stdout, made.stderr) == (0, "", "nothing was left out of fire.txt\n")
    assert run(tmp_path, "show", "fire.txt", "--left-out", "--json").stdout == '{\n  "left_out": []\n}\n'


def test_what_was_left_out_of_a_page_can_be_seen(tmp_path: Path) -> None:
    (tmp_path / "fire.html").write_text(PAGE)
    assert run(tmp_path, "index", str(tmp_path / "fire.html")).exit_code == 0
    assert run(tmp_path, "show", "fire.html").stdout == f"# Fire at the harbour\n\n{HARBOUR}\n"
    assert run(tmp_path, "show", "fire.html", "--left-out").stdout == "Home\nShare this story\n"
    shown = json.loads(run(tmp_path, "show", "fire.html", "--left-out", "--json").stdout)
    assert shown == {"left_out": ["Home", "Share this story"]}
