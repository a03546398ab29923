"""The page in a real browser: what a reader does with mouse and keyboard, and what hostile articles try."""

import json
import random
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pages import HOSTILE

playwright = pytest.importorskip(
    "playwright.sync_api", reason="no browser tests: playwright is not installed"
)

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no browser tests: chromium is not installed (apt-get install chromium)"
)

QUESTION = "How many people died in the fire at the harbour?"
SERVER = Path(__file__).with_name("served_chat.py")
ROOT = Path(__file__).parents[2]
PATIENCE = 60_000
TAKEN_WITHIN = 3
"""Seconds; a question that is sent again is asked twice."""
IN_VIEW = """mark => {
    const box = mark.getBoundingClientRect(), pane = mark.closest("#evidence").getBoundingClientRect();
    return box.height > 0 && box.top >= Math.max(0, pane.top) - 1 && box.bottom <= innerHeight + 1;
}"""

Open = Callable[..., "playwright.Page"]


@pytest.fixture(scope="module")
def address(collection_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a chat over three articles, served by a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        str(SERVER),
        str(collection_folder),
        str(tmp_path_factory.mktemp("shelf")),
        str(port),
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    ) as server:
        assert server.stdout
        try:
            told = next((line for line in server.stdout if "Everysource is open" in line), "")
            assert told, "the chat did not start"
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: "playwright.Browser", address: str) -> Iterator[Open]:
    """Opens pages, each for another user; at the end none has asked another server or met an error."""
    hosts: set[str | None] = set()
    errors: list[str] = []
    contexts = []

    def make(query: str = "", **options: object) -> "playwright.Page":
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: errors.append(dialog.message))
        page.goto(address + query)
        page.wait_for_selector("#question textarea")
        return page

    yield make
    for context in contexts:
        context.close()
    assert hosts - {None} == {"127.0.0.1"}
    assert errors == []


def send(page: "playwright.Page", question: str) -> None:
    # A page that has only just been drawn does not listen yet: it is asked until it takes the question, which empties the box.
    for _ in range(PATIENCE // 1000 // TAKEN_WITHIN):
        page.fill("#question textarea", question)
        page.press("#question textarea", "Enter")
        for _ in range(TAKEN_WITHIN):
            page.wait_for_timeout(1000)
            if page.input_value("#question textarea") == "":
                return


def ask(page: "playwright.Page", question: str) -> None:
    answers = page.locator(".es-verdict").count()
    send(page, question)
    page.locator(".es-verdict").nth(answers).wait_for()


def rows(page: "playwright.Page") -> int:
    return page.locator("#conversation tbody tr").count()


def choose(page: "playwright.Page", label: str, option: str) -> None:
    page.get_by_label(label).click()
    page.get_by_role("option", name=option).first.click()


def test_a_citation_opens_its_article_at_the_quote_by_mouse_and_by_keyboard(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    assert rows(page) == 3
    citations = page.locator("#conversation td a")
    assert citations.count() >= 2
    for place, follow in enumerate((lambda link: link.click(), lambda link: link.press("Enter"))):
        citation = citations.nth(place)
        name = str(citation.get_attribute("href")).removeprefix("#")
        follow(citation)
        mark = page.locator(f"mark[id='{name}']:target")
        mark.wait_for()
        page.wait_for_function(IN_VIEW, arg=mark.element_handle())
        assert page.locator("#evidence details[open]").count() == 1
        assert page.evaluate("document.activeElement.id") == name


def test_a_follow_up_shows_how_it_was_understood_and_can_be_undone(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    ask(page, "and who said that?")
    understood = page.locator(".es-understood").last.inner_text()
    assert "Who said how many people died in the fire at the harbour?" in understood
    page.get_by_role("button", name="Ask it as typed").click()
    page.locator(".es-verdict").nth(2).wait_for()
    assert page.locator(".es-understood").count() == 1


def test_the_scope_is_picked_and_a_link_opens_the_answer_again(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="Scope: sources").click()
    choose(page, "Only these outlets", "The Gazette")
    ask(page, QUESTION)
    assert rows(page) == 1
    query = page.get_by_role("link", name="Link to this answer").get_attribute("href")
    other = open_page(str(query))
    other.locator(".es-verdict").wait_for()
    assert rows(other) == 1
    other.locator("#conversation td a").first.click()
    other.locator("mark:target").wait_for()
    assert urlsplit(other.url).query


def test_an_answer_is_downloaded_and_can_be_copied_with_its_citations(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="JSON").click()
    assert json.loads(waiting.value.path().read_text())["question"] == QUESTION
    page.get_by_role("button", name="Copy the answer").click()
    assert re.search(r"a\\-harbour\\.md\\?:0\\?-\d+", page.locator("#copy textarea").input_value())


def test_a_question_is_stopped_and_the_next_one_answered(open_page: Open) -> None:
    page = open_page()
    send(page, f"Slowly: {QUESTION}")
    page.locator(r"text=/Reading 3 sources: \d+ of 600 passages, \d sources answer/").first.wait_for()
    page.locator("#question .stop-button").click()
    page.fill("#question textarea", "Typed while it was read")
    page.locator("text=Stopped.").wait_for()
    page.wait_for_timeout(1500)
    assert page.input_value("#question textarea") == "Typed while it was read"
    ask(page, QUESTION)
    assert page.locator(".es-verdict").count() == 1


def test_what_one_user_asks_no_other_sees(open_page: Open) -> None:
    first, second = open_page(), open_page()
    ask(first, QUESTION)
    ask(second, "When was the fire?")
    assert QUESTION not in second.locator("body").inner_text()


def violations(page: "playwright.Page") -> list[str]:
    """What breaks a rule of WCAG 2.1, A or AA, that axe-core can see."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="no axe-core: axe-playwright-python is not installed"
    )
    page.wait_for_timeout(500)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
    found = axe.Axe().run(page, options=rules).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_no_state_of_the_page_breaks_a_rule_of_accessibility(
    open_page: Open, scheme: str, width: int
) -> None:
    look = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    page = open_page(**look)
    assert violations(page) == []
    send(page, f"Slowly: {QUESTION}")
    page.locator("text=/Reading 3 sources/").first.wait_for()
    assert violations(page) == []
    page.locator("#question .stop-button").click()
    page.locator("text=Stopped.").wait_for()
    assert violations(page) == []
    page = open_page(**look)
    ask(page, QUESTION)
    assert violations(page) == []
    page.locator("#conversation td a").first.press("Enter")
    for name in ("Scope: sources", "Copy the answer"):
        page.get_by_role("button", name=name).click()
    assert violations(page) == []
    page.get_by_role("tab", name="Articles").click()
    for name in ("Paste an article", "Remove, re-index"):
        page.get_by_role("button", name=name).click()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_all_without_scrolling_sideways(open_page: Open, scheme: str) -> None:
    page = open_page(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    ask(page, QUESTION)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", background)[:3])) < 200) == (scheme == "dark")


NO_SPACE = "x" * 999_900
"""As much as an article may hold."""

TURNED, ZERO = "safe\u202egnp.exe\u2066", "nine\x00teen"
"""What turns text round, and what ends it for some programs."""


def hostile_files(folder: Path) -> list[str]:
    """Thirty articles that try to be more than text, in their title, outlet and body, and some in the file's name."""
    rng = random.Random(5)
    made = []
    texts = [*HOSTILE, TURNED, ZERO]
    for place in range(29):
        text = texts[place % len(texts)]
        words = " ".join("".join(rng.choices("abcdefghijklmno", k=7)) for _ in range(60))
        facts = {
            "title": f"{text} {place}",
            "outlet": f"{text} {place}",
            "published": f"2024-05-{place + 1:02}",
        }
        body = f"The fire at the harbour killed {place + 10} people, {text} officials said.\n\n{words}."
        name = HOSTILE_NAMES[place % len(HOSTILE_NAMES)]
        path = folder / str(place) / f"{name}.jsonl"
        path.parent.mkdir()
        path.write_text(json.dumps(facts | {"text": body}) + "\n", encoding="utf-8")
        made.append(str(path))
    (folder / "long.txt").write_text(
        f"The fire at the harbour killed 77 people, {NO_SPACE} said.", encoding="utf-8"
    )
    return [*made, str(folder / "long.txt")]


HOSTILE_NAMES = [
    "<img src=x onerror=alert(1)>",
    "${alert(1)}",
    "{{7*7}}",
    "a&quot;onclick=alert(1) b",
    "turned\u202egnp",
    "**bold** _it_",
    *(f"plain-{place}" for place in range(23)),
]


def test_files_are_added_failures_named_and_hostile_articles_stay_text(
    open_page: Open, tmp_path: Path
) -> None:
    page = open_page()
    page.get_by_role("tab", name="Articles").click()
    page.get_by_label("New collection").fill("Hostile news")
    page.get_by_role("button", name="Make").click()
    told = page.locator("text=Made the collection")
    told.wait_for()
    page.wait_for_timeout(1000)
    assert told.is_visible(), "what was told is gone before it can be read"
    (tmp_path / "broken.xyz").write_text("nothing that can be read")
    page.locator("#files input[type=file]").set_input_files(
        [str(tmp_path / "broken.xyz"), *hostile_files(tmp_path)]
    )
    page.locator("#standing >> text=30 articles added").wait_for(timeout=4 * PATIENCE)
    assert "broken.xyz: failed: " in page.locator("#standing").inner_text()
    assert page.locator("#articles tbody tr").count() == 30
    page.get_by_role("tab", name="Ask").click()
    ask(page, QUESTION)
    assert rows(page) == 30
    for panel in (".es-answer", ".es-evidence", ".es-work"):
        held = page.locator(
            ", ".join(f"{panel} {tag}" for tag in ("script", "img", "iframe", "style", "form", "svg a"))
        )
        assert held.count() == 0
    shown = " ".join(
        (page.locator("#conversation").inner_text() + page.locator("#evidence").text_content()).split()
    )
    for text in HOSTILE:
        assert " ".join(text.split()) in shown
    assert "safe\\u202egnp.exe" in shown and "\u202e" not in shown and "\x00" not in shown
    assert NO_SPACE in shown
    # The page can still be used, and no article has made it wider than its window.
    page.locator("#conversation td a").first.press("Enter")
    page.locator("mark:target").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
    ask(page, "and who said that?")
    assert page.locator(".es-understood").count() == 1
