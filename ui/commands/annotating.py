"""`everysource gold add`: a question becomes gold, source by source."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui import output
from ui.commands.options import example, open_collection
from ui.demo import temporary_collection
from ui.rendering.text import visible

if TYPE_CHECKING:
    from index import Collection
    from ui.settings import Settings

KINDS = {
    "number": "how_many", "person": "who", "date": "when", "place": "where", "yes_no": "yes_no", "reason": "why", "said": "said",
    "description": "what",
}  # fmt: skip
"""Kinds of gold questions by what a question is understood to ask for."""


@click.group(epilog=example('everysource gold add "How many people died?" --gold gold.jsonl'))
def gold() -> None:
    """Make gold questions, which `eval` measures by."""


@gold.command(
    epilog=example(
        'everysource gold add "How many people died?" --gold gold.jsonl --tag dev --articles articles/'
    ),
)
@click.argument("question")
@click.option(
    "--gold",
    "path",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The gold file, made where it is missing.",
)
@click.option(
    "--articles",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The articles asked, instead of the collection.",
)
@click.option(
    "--id",
    "question_id",
    metavar="ID",
    help="The question's id.  [default: its kind and the next free number]",
)
@click.option(
    "--kind", metavar="KIND", help="Such as how_many or who.  [default: what the question seems to ask for]"
)
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="Such as dev or held_out (repeatable).")
@click.pass_obj
def add(
    settings: Settings, question: str, path: Path, articles: Path | None, question_id: str | None, kind: str | None,
    tags: tuple[str, ...],
) -> None:  # fmt: skip
    """Ask a question, and write it down with the truth for every source.

    Each answering source's quotes are shown: Enter accepts them, - makes the source silent, and words copied from the
    article replace them. Then the silent sources, and the verdict. Ctrl-C ends it with nothing written.
    """
    from eval import annotate, append_gold, check_room, free_id
    from qa import Assistant
    from qa.question import understand

    kind = kind or KINDS[understand(question).wanted.value]
    question_id = question_id or free_id(path, kind)
    with _asked(settings, articles) as collection:
        check_room(path, question_id, collection.articles())
        answer = Assistant(collection).ask(question)
        output.note(answer.headline)
        made = annotate(answer, _Terminal(), question_id=question_id, kind=kind, tags=tags)
        append_gold(path, made, collection.articles())
    counted = f"{len(made.answering)} of {len(made.sources)} sources answer, {made.verdict}"
    output.result(f"added {visible(made.id)} to {path}: {counted}")


class _Terminal:
    """Shows on stderr, asks on the terminal or reads the next line of stdin."""

    def show(self, text: str) -> None:
        output.note(text)

    def ask(self, prompt: str) -> str:
        said: str = click.prompt(prompt, prompt_suffix="", default="", show_default=False, err=True)
        return said


def _asked(settings: Settings, articles: Path | None) -> AbstractContextManager[Collection]:
    return temporary_collection(articles, settings.model) if articles else open_collection(settings)
