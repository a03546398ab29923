"""Everysource on the same articles and weights, measured as its peers are: `python -m eval.benchmark.ours STEP NAME JOB`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from eval.benchmark.peers import measured
from index import Article, Collection
from qa import Assistant


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


OURS = {"everysource": Everysource, "everysource, whole answers": WholeAnswers}


def main() -> None:
    """Run one step and print its figures."""
    step, name, path, started = sys.argv[1:5]
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    sys.stdout.write(json.dumps(measured(OURS[name](), step, job, float(started))) + "\n")


if __name__ == "__main__":
    main()
