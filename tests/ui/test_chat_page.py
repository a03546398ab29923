import base64
import json
import re
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError

import gradio as gr
import pytest
from conftest import hostile_answer

from qa import Answer, Step
from ui.chat import Library
from ui.chat.conversation import TURNS_KEPT, Inquiry, Turn, stopped
from ui.chat.events import Events
from ui.chat.library import DEMO, OWN
from ui.chat.panels import evidence, messages, step_title
from ui.chat.running import stream

WHO = Inquiry("who?", OWN)
READING = [
    Step("searching", 0, 3),
    Step("reading", 0, 8, 3, 0),
    Step("reading", 8, 8, 3, 1),
    Step("comparing", 0, 3),
]


def said(turns: tuple[Turn, ...]) -> str:
    """All that the assistant's messages show, as HTML."""
    return "".join(message["content"].value for message in messages(turns) if message["role"] == "assistant")


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


class Shelf:
    """A library of one collection, whose assistant is given."""

    names = (OWN,)

    def __init__(self, assistant) -> None:
        self.assistant = assistant

    @contextmanager
    def use(self, name):
        yield self.assistant

    def articles(self, name):
        return ()


def test_a_question_stopped_on_the_page_gets_no_answer(answer: Answer) -> None:
    class Slow:
        def ask(self, question, scope, on_step):
            on_step(READING[0])
            halting.wait(10)
            return answer

    halting = threading.Event()
    events = Events(Shelf(Slow()))
    asking = events.answer(Inquiry("who?", OWN), ())
    _, _, _, _, turns, halt, *_ = next(asking)
    next(asking)
    stopped_now = events.stop(turns, halt)
    halting.set()
    stopped_last = list(asking)[-1]
    for shown in (stopped_now, stopped_last):
        assert [turn.problem for turn in shown[4]] == ["Stopped."]


def test_the_latest_report_of_a_step_is_shown() -> None:
    turn = Turn(WHO)
    for step in READING[:2]:
        turn = turn.after(step)
    assert "Reading 3 sources&#58; 0 of 8 passages, 0 sources answer so far" in said((turn,))
    assert len(turn.after(Step("reading", 4, 8)).steps) == 2
    assert step_title(READING[2]) == "Read 8 passages of 3 sources: 1 source answers"
    assert step_title(READING[3]) == "Comparing 3 sources"


def test_every_citation_has_its_mark_among_the_articles(answer: Answer) -> None:
    turns = (Turn(WHO, answer=answer), Turn(WHO, answer=answer))
    shown = evidence(turns)
    cited = {part.partition('"')[0] for part in said(turns).split('href="#')[1:]}
    assert cited
    assert all(shown.count(f'id="{name}"') == 1 for name in cited)


def test_a_stopped_question_says_so_and_an_answered_one_stays(answer: Answer) -> None:
    assert "Stopped." in said(stopped((Turn(WHO),)))
    assert stopped((Turn(WHO, answer=answer),))[0].answer is answer


def test_what_a_user_types_is_no_markup_either() -> None:
    assert "<" not in messages((Turn(Inquiry("<img src=x onerror=alert(1)> **x**", OWN)),))[0]["content"]


def test_a_hostile_article_stays_text_in_a_message() -> None:
    reply = said((Turn(WHO, answer=hostile_answer("a\n\n# head\n\n<script>x</script>")),))
    assert "<script" not in reply
    assert "\n" not in reply


def test_an_answer_can_be_taken_away_in_every_form(answer: Answer) -> None:
    page = said((Turn(WHO, answer=answer),))
    held = dict(re.findall(r'download="answer\.(\w+)" href="data:[^,]*,([^"]*)"', page))
    files = {kind: base64.b64decode(content).decode() for kind, content in held.items()}
    assert set(files) == {"md", "csv", "json", "html"}
    assert json.loads(files["json"])["sources"]
    for kind in ("md", "html"):
        assert "killed nine people" in files[kind].replace("**", "").replace("<strong>", "").replace(
            "</strong>", ""
        )


def test_a_long_conversation_keeps_its_last_turns(answer: Answer) -> None:
    assert len(stopped((Turn(WHO, answer=answer),) * (TURNS_KEPT + 5))) == TURNS_KEPT


def test_a_question_is_answered_and_an_empty_one_is_not(collection_folder: Path) -> None:
    with Library(collection_folder) as library:
        assert library.names == (OWN, DEMO)
        events = Events(library)
        asked = events.take("How many people died in the fire?", OWN, None, None, None, None, ())
        *_, last = events.answer(asked[0], ())
        assert [turn.pending for turn in last[4]] == [False]
        assert "Harbour News" in last[0][-1]["content"].value
        assert events.take("  ", OWN, [], [], "", "", ())[0] is None
        follow = events.take("only the Gazette", OWN, [], [], "", "", last[4])[0]
        assert (follow.question, follow.scope.outlets) == (
            "How many people died in the fire?",
            ("The Gazette",),
        )
        *_, failed = events.answer(Inquiry("x" * 2000, OWN), ())
        assert "2000 characters" in failed[0][-1]["content"].value


def test_a_day_that_is_none_is_not_asked_about(collection_folder: Path) -> None:
    with Library(collection_folder) as library, pytest.raises(gr.Error, match="YYYY-MM-DD"):
        Events(library).take("who?", OWN, [], [], "yesterday", "", ())


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


def test_the_page_serves_no_file_but_its_own(address: str, collection_folder: Path) -> None:
    for path in (collection_folder / "current", Path("/etc/passwd"), Path(__file__)):
        with pytest.raises(HTTPError) as refused:
            fetch(f"{address}/gradio_api/file={path}")
        with refused.value:
            assert refused.value.code in (403, 404)


def test_no_file_of_the_server_can_be_passed_off_as_uploaded(address: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("The fire killed ninety people at the secret harbour.", encoding="utf-8")
    page = json.loads(fetch(f"{address}/config"))
    uploading = next(
        one["id"] for one in page["dependencies"] if any(event == "upload" for _, event in one["targets"])
    )
    file = {"path": str(secret), "meta": {"_type": "gradio.FileData"}}
    asked = {"data": [OWN, [file]], "fn_index": uploading, "session_hash": "somebody"}
    fetch(f"{address}/gradio_api/queue/join", asked)
    told = fetch(f"{address}/gradio_api/queue/data?session_hash=somebody")
    assert '"success":false' in told
    assert secret.exists()
    names = fetch(f"{address}/gradio_api/call/sources", {"data": [""]})
    listed = fetch(f"{address}/gradio_api/call/sources/{json.loads(names)['event_id']}")
    assert "secret" not in listed


def fetch(address: str, body: object = None) -> str:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(
        urllib.request.Request(address, data, {"Content-Type": "application/json"}), timeout=60
    ) as reply:
        return reply.read().decode()


def test_the_command_serves_the_page_and_the_same_answers_over_http(address: str) -> None:
    page = fetch(address)
    assert '"title":"Everysource"' in page
    endpoints = json.loads(fetch(f"{address}/gradio_api/info"))["named_endpoints"]
    assert list(endpoints) == ["/ask", "/sources", "/collections", "/article"]
    question = {"data": ["How many people died in the fire?", "", None, None, None, ["The Gazette"]]}
    event = json.loads(fetch(f"{address}/gradio_api/call/ask", question))["event_id"]
    said = fetch(f"{address}/gradio_api/call/ask/{event}")
    (answer,) = json.loads(said.partition("event: complete\ndata: ")[2])
    assert [source["outlet"] for source in json.loads(answer)["sources"]] == ["The Gazette"]
