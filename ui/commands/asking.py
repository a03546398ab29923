"""`everysource ask` and `everysource demo`."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from ui import output
from ui.commands.options import day, example, open_collection, output_format
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
@click.option("--source", "sources", metavar="S", multiple=True, help="Only this source, by name or id (repeatable).")
@click.option("--since", metavar="YYYY-MM-DD", type=day, help="Only articles published on this day or later.")
@click.option("--until", metavar="YYYY-MM-DD", type=day, help="Only articles published on this day or earlier.")
@click.option("--outlet", "outlets", metavar="O", multiple=True, help="Only articles of this outlet (repeatable).")
@output_format("json", "csv", "md")
@click.option("--fail-on-none", is_flag=True, help=f"Exit with {NO_SOURCE_ANSWERS} when no source answers.")
@click.pass_obj
def ask(
    settings: Settings, question: str, sources: tuple[str, ...], since: date | None, until: date | None, outlets: tuple[str, ...],
    output_format: str | None, fail_on_none: bool,
) -> None:
    """Ask every source a question.

    With - as QUESTION it is read from stdin.
    """
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is later than --until {until}: swap them")
    question = sys.stdin.read() if question == "-" else question
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


def scope(
    collection: Collection, sources: tuple[str, ...], since: date | None, until: date | None, outlets: tuple[str, ...]
) -> Scope | None:
    """The scope that the flags describe, None for the whole collection; an unknown source or outlet is an error."""
    from index import Scope

    if not (sources or since or until or outlets):
        return None
    names = tuple(collection.article(source).id for source in sources)
    known = {article.outlet.casefold(): article.outlet for article in collection.articles() if article.outlet}
    for outlet in outlets:
        if outlet.casefold() not in known:
            outlets_known = ", ".join(sorted(known.values())) or "not known"
            raise click.ClickException(f"no article is by {outlet!r}; outlets are {outlets_known}")
    return Scope(sources=names or None, since=since, until=until, outlets=outlets or None)


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
