"""The README says what the program does."""

import re
from pathlib import Path

from index import load
from ui.cli import main
from ui.demo import demo_articles

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
TRANSCRIPT = README.split("$ everysource demo\n", 1)[1].split("```", 1)[0]


def test_each_quote_of_its_transcript_stands_in_its_article_at_its_place():
    texts = {path.name: article.text for path in demo_articles().iterdir() for article in load(path)}
    shown = re.findall(
        r"^  (?P<quote>\S.*)\n    (?P<name>[\w.-]+\.md):(?P<start>\d+)-(?P<end>\d+)", TRANSCRIPT, re.MULTILINE
    )
    assert len(shown) >= 4
    for quote, name, start, end in shown:
        assert texts[name][int(start) : int(end)] == quote.replace("«", "").replace("»", "")


def test_the_sources_of_its_transcript_add_up():
    scope, answering, silent, copies = map(
        int,
        re.search(
            r"(\d+) sources in scope = (\d+) answering \+ (\d+) silent \+ (\d+) cop", TRANSCRIPT
        ).groups(),
    )
    assert scope == answering + silent + copies == len(list(demo_articles().iterdir()))


def test_every_command_is_named_in_it():
    assert set(main.commands) <= set(re.findall(r"everysource ([a-z]+)", README))
