"""`everysource ask` and `everysource demo`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from ui import output
from ui.commands.options import NAME, check_days, example, narrowed, open_collection, output_format, scope
from ui.demo import DEMO_QUESTION
from ui.rendering import answer_csv, answer_json, answer_markdown, answer_text

if TYPE_CHECKING:
    from index import Collection, Scope
    from qa import Answer
    from ui.settings import Settings

NO_SOURCE_ANSWERS = 3


@click.command(
    epilog=example(
        'everysource ask "how many troops were reported?"',
        'everysource ask "who ordered it?" --since 2024-03-01 --outlet "Varnby Courier" --json',
    )
)
@click.argument("question")
@click.option(
    "--source",
    "sources",
    metavar="S",
    type=NAME,
    multiple=True,
    help="Only this source, by name or id (repeatable).",
)
@narrowed
@output_format("json", "csv", "md")
@click.option("--fail-on-none", is_flag=True, help=f"Exit with {NO_SOURCE_ANSWERS} when no source answers.")
@click.pass_obj
def ask(
    settings: Settings,
    question: str,
    sources: tuple[str, ...],
    since: date | None,
    until: date | None,
    outlets: tuple[str, ...],
    output_format: str | None,
    fail_on_none: bool,
) -> None:
    """Ask every source a question.

    With - as QUESTION it is read from stdin.
    """
    check_days(since, until)
    question = output.given() if question == "-" else question
    with open_collection(settings) as collection:
        answer = answered(collection, question, scope(collection, sources, since, until, outlets))
    print_answer(answer, output_format)
    if fail_on_none and not answer.answering:
        click.get_current_context().exit(NO_SOURCE_ANSWERS)


@click.command(epilog=example("everysource demo", 'everysource demo "Who told people in Varnby to leave?"'))
@click.argument("question", default=DEMO_QUESTION)
@output_format("json", "csv", "md")
@click.pass_obj
def demo(settings: Settings, question: str, output_format: str | None) -> None:
    """Ask the articles that come with Everysource.

    Nothing is stored.
    """
    from ui.demo import demo_collection

    with demo_collection(settings.model) as collection:
        output.note(f"{len(collection.articles())} demo articles are asked: {question}")
        answer = answered(collection, question, None)
    print_answer(answer, output_format)


def answered(collection: Collection, question: str, within: Scope | None) -> Answer:
    """The answer, with its steps shown on stderr."""
    from qa import Assistant

    with output.step_line() as on_step:
        return Assistant(collection).ask(question, within, on_step=on_step)


def print_answer(answer: Answer, output_format: str | None) -> None:
    """Prints the answer in the format that was asked for."""
    match output_format:
        case "json":
            output.result(answer_json(answer))
        case "csv":
            output.result(answer_csv(answer))
        case "md":
            output.result(answer_markdown(answer))
        case _:
            output.result(answer_text(answer, output.style()))
