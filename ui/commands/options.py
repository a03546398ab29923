"""What several commands share: output formats, days, and the way to the collection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from index import Collection, Scope
    from ui.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])

FORMATS = {"json": "JSON", "csv": "CSV", "md": "Markdown"}


class _Name(click.types.StringParamType):
    """A name of which an environment variable may give several, with semicolons between them."""

    envvar_list_splitter = ";"


NAME = _Name()


def output_format(*names: str) -> Callable[[Command], Command]:
    """Flags that choose how the result is printed, passed on as `output_format`, "text" for none of them."""

    def add(command: Command) -> Command:
        for name in reversed(names):
            command = click.option(
                f"--{name}", "output_format", flag_value=name, default=None, help=f"Print {FORMATS[name]}."
            )(command)
        return command

    return add


def example(*lines: str) -> str:
    """The epilog of a command: lines that can be typed as they stand."""
    return "\n".join(["\b", "Example:", *(f"  {line}" for line in lines)])


def day(text: str) -> date:
    """The day written as YYYY-MM-DD; a usage error for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no day; write it as YYYY-MM-DD, such as 2024-03-04") from error


def narrowed(command: Command) -> Command:
    """Flags that narrow a command to some articles, passed on as `since`, `until` and `outlets`."""
    for add in (
        click.option(
            "--outlet",
            "outlets",
            metavar="O",
            type=NAME,
            multiple=True,
            help="Only articles of this outlet (repeatable).",
        ),
        click.option(
            "--until", metavar="YYYY-MM-DD", type=day, help="Only articles published on this day or earlier."
        ),
        click.option(
            "--since", metavar="YYYY-MM-DD", type=day, help="Only articles published on this day or later."
        ),
    ):
        command = add(command)
    return command


def check_days(since: date | None, until: date | None) -> None:
    """Raises click.UsageError for days in the wrong order, which can be told before a collection is opened."""
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is later than --until {until}: swap them")


def scope(
    collection: Collection,
    sources: tuple[str, ...],
    since: date | None,
    until: date | None,
    outlets: tuple[str, ...],
) -> Scope | None:
    """The scope that the flags describe, None for the whole collection; an unknown source or outlet is an error."""
    from index import Scope

    if not (sources or since or until or outlets):
        return None
    names = tuple(collection.article(source).id for source in sources)
    if outlets:
        _check_outlets(collection, outlets)
    return Scope(sources=names or None, since=since, until=until, outlets=outlets or None)


def _check_outlets(collection: Collection, outlets: tuple[str, ...]) -> None:
    known = {outlet.casefold(): outlet for outlet in collection.outlets()}
    for outlet in outlets:
        if outlet.casefold() not in known:
            raise click.ClickException(
                f"no article is by {outlet!r}; outlets are {', '.join(known.values()) or 'not known'}"
            )


def open_collection(settings: Settings) -> Collection:
    """The collection to read; raises click.ClickException that says how to make one where there is none."""
    require_collection(settings.collection)
    from index import Collection

    return Collection.open(settings.collection, model=settings.model)


def require_collection(folder: Path) -> None:
    """Raises click.ClickException where `folder` is not there."""
    if not folder.exists():
        raise click.ClickException(
            f"there is no collection at {folder}; make one first: everysource index PATH"
        )
