import json
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import hostile_answer

from qa import Answer, Step
from ui.chat import Library
from ui.chat.conversation import Turn, stopped
from ui.chat.events import Events
from ui.chat.library import DEMO, OWN
from ui.chat.panels import evidence, messages, step_title
from ui.chat.running import stream

READING = [Step("searching", 0, 3), Step("reading", 0, 8), Step("reading", 8, 8), Step("comparing", 0, 3)]


def test_steps_come_before_the_answer(answer: Answer) -> None:
    def ask(on_step):
        for step in READING:
            on_step(step)
        return answer

    assert list(stream(ask, threading.Event())) == [*READING, answer]


def test_an_error_while_answering_reaches_the_page() -> None:
    def ask(on_step):
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        list(stream(ask, threading.Event()))


@pytest.mark.parametrize("by", ["closing", "halting"])
def test_a_stream_given_up_stops_the_work(by: str) -> None:
    given_up, left, halt = threading.Event(), threading.Event(), threading.Event()

    def ask(on_step):
        try:
            on_step(READING[0])
            given_up.wait(10)
            on_step(READING[1])
        finally:
            left.set()
        pytest.fail("the work went on")

    running = stream(ask, halt)
    next(running)
    if by == "closing":
        running.close()
    else:
        halt.set()
    assert list(running) == []
    given_up.set()
    assert left.wait(10)


def test_a_question_stopped_on_the_page_gets_no_answer(answer: Answer) -> None:
    class Slow:
        def ask(self, question, on_step):
            on_step(READING[0])
            halting.wait(10)
            return answer

    class Shelf:
        names = (OWN,)

        def assistant(self, name):
            return Slow()

    halting = threading.Event()
    events = Events(Shelf())
    asking = events.submit("who?", OWN, ())
    *_, turns, halt = next(asking)
    next(asking)
    stopped_now = events.stop(turns, halt)
    halting.set()
    stopped_last = list(asking)[-1]
    for shown in (stopped_now, stopped_last):
        assert [turn.problem for turn in shown[3]] == ["Stopped."]


def test_the_latest_report_of_a_step_is_shown() -> None:
    turn = Turn("who?")
    for step in READING[:2]:
        turn = turn.after(step)
    assert messages((turn,))[1]["metadata"] == {"title": "Reading 8 passages (0 done)", "status": "pending"}
    assert len(turn.after(Step("reading", 4, 8)).steps) == 2
    assert step_title(READING[3]) == "Comparing 3 sources"


def test_every_citation_has_its_mark_among_the_articles(answer: Answer) -> None:
    turns = (Turn("who?", answer=answer), Turn("again?", answer=answer))
    said = "".join(message["content"] for message in messages(turns))
    shown = evidence(turns)
    cited = {part.partition('"')[0] for part in said.split('href="#')[1:]}
    assert cited
    assert all(shown.count(f'id="{name}"') == 1 for name in cited)


def test_a_stopped_question_says_so_and_an_answered_one_stays(answer: Answer) -> None:
    assert messages(stopped((Turn("who?"),)))[-1]["content"] == "Stopped."
    assert stopped((Turn("who?", answer=answer),))[0].answer is answer


def test_what_a_user_types_is_no_markup_either() -> None:
    assert "<" not in messages((Turn("<img src=x onerror=alert(1)> **x**"),))[0]["content"]


def test_a_hostile_article_adds_no_line_to_a_message() -> None:
    reply = messages((Turn("who?", answer=hostile_answer("a\n\n# head\n\n<script>x</script>")),))[-1]["content"]
    assert "\n" not in reply
    assert "<script" not in reply


def test_a_question_is_answered_and_an_empty_one_is_not(collection_folder: Path) -> None:
    with Library(collection_folder) as library:
        assert library.names == (OWN, DEMO)
        events = Events(library)
        *_, last = events.submit("How many people died in the fire?", OWN, ())
        assert [turn.pending for turn in last[3]] == [False]
        assert "Harbour News" in last[0][-1]["content"]
        assert list(events.submit("  ", OWN, last[3]))[-1][3] == last[3]
        *_, failed = events.submit("x" * 2000, OWN, ())
        assert "2000 characters" in failed[0][-1]["content"]


@pytest.fixture
def address(collection_folder: Path) -> Iterator[str]:
    """The address of a chat that the command line serves in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [sys.executable, "-c", "from ui.cli import main; main()"]
    command = [*program, "--collection", str(collection_folder), "chat", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout and server.stderr
        ready = server.stderr.readline()
        assert f"http://127.0.0.1:{port}/" in ready, ready + server.stderr.read()
        try:
            yield f"http://127.0.0.1:{port}"
            server.terminate()
            assert (server.wait(20), server.stdout.read()) == (0, "")
        finally:
            server.kill()


def fetch(address: str, body: object = None) -> str:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(address, data, {"Content-Type": "application/json"}), timeout=60) as reply:
        return reply.read().decode()


def test_the_command_serves_the_page_and_the_same_answers_over_http(address: str) -> None:
    page = fetch(address)
    assert '"title":"Everysource"' in page
    assert list(json.loads(fetch(f"{address}/gradio_api/info"))["named_endpoints"]) == ["/ask"]
    question = {"data": ["How many people died in the fire?", "", None, None, None, ["The Gazette"]]}
    event = json.loads(fetch(f"{address}/gradio_api/call/ask", question))["event_id"]
    said = fetch(f"{address}/gradio_api/call/ask/{event}")
    assert said.startswith("event: complete")
    (answer,) = json.loads(said.partition("data: ")[2])
    assert [source["outlet"] for source in answer["sources"]] == ["The Gazette"]
