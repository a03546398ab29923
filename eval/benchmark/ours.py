"""Everysource on the same articles and weights, measured as its peers are: `python -m eval.benchmark.ours STEP NAME JOB`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from eval.benchmark.peers import measured
from index import Article, Collection
from qa import Assistant
from qa.question import understand
from qa.verdict import compare


class Everysource:
    """A collection: text, vectors, words and copies; a search is hybrid."""

    def build(self, job: dict[str, Any]) -> None:
        """Index the articles."""
        with Collection.create(Path(job["folder"]) / "collection") as collection:
            collection.add_articles([Article(**article) for article in job["articles"]])

    def open(self, job: dict[str, Any]) -> None:
        """Open the collection."""
        self._collection = Collection.open(Path(job["folder"]) / "collection")

    def ask(self, question: str, depth: int) -> int:
        """Find the nearest passages."""
        return len(self._collection.search(question, limit=depth)[:depth])


class WholeAnswers(Everysource):
    """The same collection, asked for whole answers: read, quoted and compared."""

    def build(self, job: dict[str, Any]) -> None:
        """The collection is there."""

    def open(self, job: dict[str, Any]) -> None:
        """Open the collection and load the reader."""
        super().open(job)
        self._assistant = Assistant(self._collection)

    def ask(self, question: str, depth: int) -> int:
        """Answer; returns how many sources were accounted for."""
        return len(self._assistant.ask(question).sources)


class Comparing(WholeAnswers):
    """What an answer's figures add: those of quotes already found are read, lined up and compared, nothing else.

    The nouns are embedded as for a new question: by a collection that has compared nothing yet.
    """

    def open(self, job: dict[str, Any]) -> None:
        """Find the quotes of every question, then open the collection anew."""
        super().open(job)
        self._reports = {question: self._assistant.ask(question).sources for question in job["questions"]}
        self._collection.close()
        self._collection = Collection.open(Path(job["folder"]) / "collection")
        self._collection.similarity("noun", "name")

    def ask(self, question: str, depth: int) -> int:
        """Compare; returns how many sources were accounted for."""
        reports = self._reports[question]
        compare(understand(question), reports, similarity=self._collection.similarity)
        return len(reports)


COMPARING = "everysource, figures of an answer"
OURS = {"everysource": Everysource, "everysource, whole answers": WholeAnswers, COMPARING: Comparing}


def main() -> None:
    """Run one step and print its figures."""
    step, name, path, started = sys.argv[1:5]
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    sys.stdout.write(json.dumps(measured(OURS[name](), step, job, float(started))) + "\n")


if __name__ == "__main__":
    main()
