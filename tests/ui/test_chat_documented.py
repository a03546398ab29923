"""A served chat asked by programs: the calls in docs/chat.md as they are written there, and many users at once."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.benchmark import crowd, crowd_table, expected_answers
from qa import Assistant
from ui.demo import demo_collection

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "chat.md").read_text(encoding="utf-8")
WRITTEN = "http://127.0.0.1:7860"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of the demo's chat, served by the command line in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [sys.executable, "-c", "from ui.cli import main; main()", "chat", "--demo", "--port", str(port)]
    with subprocess.Popen(program, stderr=subprocess.PIPE, text=True, cwd=ROOT) as server:
        assert server.stderr
        try:
            assert f":{port}/" in server.stderr.readline()
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()


def output(command: list[str], given: str = "") -> str:
    made = subprocess.run(command, input=given, capture_output=True, text=True, timeout=240, cwd=ROOT)
    assert made.returncode == 0, made.stderr
    return made.stdout


def test_the_python_client_is_answered(address: str) -> None:
    (program,) = (block for block in blocks("python") if "gradio_client" in block)
    told = 'print(len(articles), text[: len("VARNBY")], json.loads(narrow)["sources"][0]["outlet"])\n'
    first, second = output([sys.executable, "-"], program.replace(WRITTEN, address) + told).splitlines()[-2:]
    assert "They differ" in first
    assert second.startswith("14 ") and second.endswith("Varnby Courier")


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_is_answered(address: str) -> None:
    (session,) = (block for block in blocks("console") if "curl" in block)
    commands = "".join(
        f"{line.removeprefix('$ ')}\n" for line in session.splitlines() if line.startswith(("$ ", "    "))
    )
    told = output(["bash", "-e"], commands.replace(WRITTEN, address))
    assert "event: complete" in told and "They differ" in told


def test_an_mcp_client_asks_and_reads_an_article(address: str) -> None:
    (program,) = (block for block in blocks("python") if "ClientSession" in block)
    headline, *article = output([sys.executable, "-"], program.replace(WRITTEN, address)).splitlines()
    assert "Varnby" in headline or "source" in headline
    assert article and article[0].strip()


def test_users_who_ask_at_once_each_get_the_right_answer_to_their_own_question(address: str) -> None:
    questions = ["Who told people in Varnby to leave?", "Was the Hollin dam insured?"]
    with demo_collection() as collection:
        assistant = Assistant(collection)
        expected = expected_answers(lambda asked: assistant.ask(asked).to_dict(), questions, 2)
    made = crowd(address, expected, users=4, each=1, pid=os.getpid())
    assert (made.questions, made.wrong) == (4, 0)
    assert 0 < made.median_seconds <= made.p95_seconds <= made.most_seconds <= made.seconds
    assert "| 4 | 4 | 0 |" in crowd_table(made)
    swapped = dict(zip(questions, reversed(expected.values()), strict=True))
    assert crowd(address, swapped, users=2, each=1, pid=os.getpid()).wrong == 2
