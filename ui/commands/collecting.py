"""`everysource index`, `sources`, `show` and `remove`: what is in a collection."""

from __future__ import annotations

import codecs
import os
import re
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui import output
from ui.commands.options import (
    check_days,
    example,
    narrowed,
    open_collection,
    output_format,
    require_collection,
    scope,
)
from ui.rendering.failures import failures_text
from ui.rendering.json_text import json_text
from ui.rendering.sources import (
    changes_text,
    excerpt_values,
    listing,
    relation_text,
    sources_csv,
    sources_text,
    sources_values,
)
from ui.rendering.text import visible

if TYPE_CHECKING:
    from index import Article, Collection, IndexReport, LoadOptions
    from ui.settings import Settings

_EXCERPT = re.compile(r"(?P<source>.+):(?P<start>\d+)-(?P<end>\d+)", re.DOTALL)


@click.command(
    epilog=example("everysource index articles/ more/story.txt", "find . -name '*.md' | everysource index -")
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    help="Which column of a table holds a field, such as text=Body.",
)
@click.option(
    "--fetch",
    is_flag=True,
    help="Fetch the pages that .urls files list and feeds point to, from public addresses only.",
)
@click.option(
    "--allow-loopback", is_flag=True, help="With --fetch: let this machine's own servers be asked too."
)
@click.option(
    "--rebuild",
    is_flag=True,
    help="Make everything that is searched anew from the stored articles, without PATHS.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 where any file could not be read.")
@click.option("--wait", is_flag=True, help="Wait for another process that is writing, as long as it takes.")
@click.pass_obj
def index(
    settings: Settings,
    paths: tuple[Path, ...],
    columns: tuple[str, ...],
    fetch: bool,
    allow_loopback: bool,
    rebuild: bool,
    strict: bool,
    wait: bool,
) -> None:
    """Add articles to the collection.

    PATHS are files (text, Markdown, web pages, PDF, Word, EPUB, e-mail, tables, JSON, feeds, archives of these) and
    folders of such files, or - for paths or JSON lines on stdin. Only what is new or has changed is read in. A file that
    cannot be read is skipped and listed at the end. After a stop, the same command goes on from there.
    """
    if bool(paths) == rebuild:
        raise click.UsageError("give PATHS, or --rebuild without any")
    if allow_loopback and not fetch:
        raise click.UsageError("--allow-loopback says how to fetch; give --fetch too")
    if rebuild:
        require_collection(settings.collection)
    from index import FOREVER, LOCK_SECONDS, Collection, LoadError

    with from_stdin(paths) as given:
        for path in given:
            if not path.exists():
                raise click.ClickException(f"{path}: there is no such file or folder")
        try:
            with (
                Collection.open(
                    settings.collection,
                    create=not rebuild,
                    model=settings.model,
                    wait=FOREVER if wait else LOCK_SECONDS,
                ) as collection,
                load_options(columns, fetch=fetch, allow_loopback=allow_loopback) as options,
                output.progress_line() as progress,
            ):
                report = (
                    collection.rebuild(progress=progress)
                    if rebuild
                    else collection.add(given, progress=progress, options=options)
                )
        except LoadError as error:
            if len(error.failed) > 1:
                output.note(failures_text(error.failed, output.style(sys.stderr)))
            raise
        except KeyboardInterrupt:
            output.note("stopped; the collection is as it was, and the same command goes on from here")
            raise
    _tell(report)
    if report.failed and strict:
        raise click.ClickException(
            f"{len(report.failed)} of the files could not be read; the others are in {settings.collection}"
        )


@contextmanager
def load_options(columns: tuple[str, ...], *, fetch: bool, allow_loopback: bool) -> Iterator[LoadOptions]:
    """How files are read; a usage error for a column that is not written FIELD=NAME."""
    from index import Fetcher, LoadOptions

    named = dict(column.partition("=")[::2] for column in columns)
    if not all(named.values()):
        raise click.UsageError("write --column FIELD=NAME, such as --column text=Body")
    with ExitStack() as stack:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "everysource"
        fetcher = stack.enter_context(Fetcher(cache=cache, allow_loopback=allow_loopback)) if fetch else None
        try:
            options = LoadOptions(columns=named, fetcher=fetcher)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
        yield options


@contextmanager
def from_stdin(paths: tuple[Path, ...]) -> Iterator[list[Path]]:
    """The paths with `-` replaced by what stdin holds: JSON lines, put in a file for the time being, or paths."""
    given = [path for path in paths if str(path) != "-"]
    if len(given) == len(paths):
        yield given
        return
    # Bytes: names of files need not be in any encoding, and how lines are read is for their loader to find out.
    raw = sys.stdin.buffer.read().removeprefix(codecs.BOM_UTF8)
    if not raw.strip():
        raise click.ClickException("stdin is empty: give it paths, one a line, or articles as JSON lines")
    if not raw.lstrip().startswith(b"{"):
        yield given + [Path(os.fsdecode(line)) for line in raw.splitlines() if line.strip()]
        return
    with tempfile.TemporaryDirectory(prefix="everysource-") as folder:
        # The name follows from the content: the same lines again are known, and others do not take their place.
        lines = Path(folder) / f"stdin-{zlib.crc32(raw):08x}.jsonl"
        lines.write_bytes(raw)
        yield [*given, lines]


def _tell(report: IndexReport) -> None:
    for notice in report.notices:
        output.note(notice)
    if report.failed:
        output.note(failures_text(report.failed, output.style(sys.stderr)))
    counts = {
        "added": report.added,
        "replaced": report.replaced,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "failed": report.failed,
    }
    done = ", ".join(f"{len(names)} {what}" for what, names in counts.items() if names)
    resumed = f", {report.resumed} by a run before" if report.resumed else ""
    output.result(
        f"{done or 'nothing to do'}; {report.passages} passages, {report.embedded} embedded now{resumed}"
    )


@click.command(
    epilog=example("everysource sources --since 2024-03-01", "everysource sources --csv > sources.csv")
)
@narrowed
@output_format("json", "csv")
@click.pass_obj
def sources(
    settings: Settings,
    since: date | None,
    until: date | None,
    outlets: tuple[str, ...],
    output_format: str | None,
) -> None:
    """List the articles of the collection.

    A copy is marked with the article that it repeats, a newer version with the one it brings up to date and its figures
    that changed.
    """
    check_days(since, until)
    with open_collection(settings) as collection:
        within = scope(collection, (), since, until, outlets)
        rows = listing(collection, collection.articles(within))
    match output_format:
        case "json":
            output.result(json_text(sources_values(rows)))
        case "csv":
            output.result(sources_csv(rows))
        case _:
            output.result(sources_text(rows, output.style()))


@click.command(
    epilog=example(
        "everysource show 01-continental-wire.md", "everysource show 01-continental-wire.md:173-193"
    )
)
@click.argument("place", metavar="SOURCE[:START-END]")
@click.option(
    "--changes",
    "changed",
    is_flag=True,
    help="What it says otherwise than the version before it, not its text.",
)
@click.option(
    "--left-out",
    is_flag=True,
    help="Print what was taken for no part of the article: menus, notices, captions.",
)
@output_format("json")
@click.pass_obj
def show(settings: Settings, place: str, changed: bool, left_out: bool, output_format: str | None) -> None:
    """Print a source, or a part of it, as stored.

    SOURCE is a name or an id, as `sources` and `ask` print them; START and END count characters.
    """
    with open_collection(settings) as collection:
        if left_out:
            lines = collection.left_out(place)
            if not lines and output_format is None:
                output.note(f"nothing was left out of {place}")
                return
            output.result(
                json_text({"left_out": list(lines)})
                if output_format == "json"
                else "\n".join(map(visible, lines))
            )
            return
        article, start, end = _excerpt(collection, place)
        [row] = listing(collection, [article])
    if output_format == "json":
        output.result(json_text(excerpt_values(row, start, end)))
        return
    if changed:
        output.result(changes_text(row, output.style()))
        return
    if known := relation_text(row):
        output.note(known)
    text = article.text[start:end]
    output.result(visible(text) if output.is_terminal(sys.stdout) else text)


def _excerpt(collection: Collection, place: str) -> tuple[Article, int, int]:
    match = _EXCERPT.fullmatch(place)
    if match is None:
        article = collection.article(place)
        return article, 0, len(article.text)
    article, start, end = collection.article(match["source"]), int(match["start"]), int(match["end"])
    if end > len(article.text):
        raise click.ClickException(f"{place}: {article.name} has the characters 0-{len(article.text)}")
    if start >= end:
        raise click.ClickException(f"{place}: START {start} is not below END {end}: swap or widen them")
    return article, start, end


@click.command(epilog=example("everysource remove 03-capital-herald.md"))
@click.argument("names", metavar="SOURCE...", nargs=-1, required=True)
@click.pass_obj
def remove(settings: Settings, names: tuple[str, ...]) -> None:
    """Take sources out of the collection.

    SOURCE is a name or an id. The files that the articles came from stay.
    """
    with open_collection(settings) as collection:
        articles = dict.fromkeys(collection.article(name) for name in names)
        for article in articles:
            collection.remove(article.id)
            output.result(f"removed {visible(article.name)}")
