"""`everysource verify`, `export` and `import`: a collection looked after."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui import output
from ui.commands.options import example, open_collection, output_format, require_collection
from ui.rendering.json_text import json_text
from ui.rendering.text import visible
from ui.rendering.words import plural

if TYPE_CHECKING:
    from ui.settings import Settings

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(epilog=example("everysource verify", "everysource verify --repair"))
@click.option("--repair", is_flag=True, help="Make anew from the stored texts what is wrong.")
@output_format("json")
@click.pass_obj
def verify(settings: Settings, repair: bool, output_format: str | None) -> None:
    """Check the collection: every offset, digest and index against the stored texts.

    Exits with 1 where something is wrong, or still is after --repair.
    """
    require_collection(settings.collection)
    from index import verify as look_through

    with output.progress_line() as progress:
        report = look_through(settings.collection, repair=repair, model=settings.model, progress=progress)
    if output_format == "json":
        output.result(json_text(asdict(report)))
    else:
        lines = [f"repaired: {problem.what}" for problem in report.repaired]
        lines += [f"{problem.part}: {problem.what}" for problem in report.problems]
        state = plural(len(report.problems), "problem") if report.problems else "all is well"
        lines.append(f"{plural(report.articles, 'article')}, {plural(report.passages, 'passage')}: {state}")
        output.result("\n".join(visible(line) for line in lines))
    if report.problems and not repair:
        output.note("everysource verify --repair makes anew what follows from the texts")
    if report.problems:
        click.get_current_context().exit(1)


@click.command(epilog=example("everysource export news.everysource"))
@click.argument("file", type=FILE)
@click.pass_obj
def export(settings: Settings, file: Path) -> None:
    """Write the whole collection into one new file."""
    from index import export_collection

    with open_collection(settings) as collection:
        articles = export_collection(collection, file)
    output.result(f"{plural(articles, 'article')} in {file}, {file.stat().st_size:,} bytes")


@click.command("import", epilog=example("everysource import news.everysource"))
@click.argument("file", type=FILE)
@click.pass_obj
def import_(settings: Settings, file: Path) -> None:
    """Make a new collection of an exported file.

    Every article, passage and digest is checked; nothing is stored where one does not fit.
    """
    from index import import_collection

    with output.progress_line() as progress:
        report = import_collection(file, settings.collection, model=settings.model, progress=progress)
    output.result(
        f"{plural(len(report.added), 'article')}, {plural(report.passages, 'passage')} in {settings.collection}"
    )
