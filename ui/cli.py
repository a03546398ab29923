"""The `everysource` command. Heavy modules load inside the commands that need them, so that --help is quick."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ui import output
from ui.commands import (
    ask,
    bench,
    benchmark,
    chat,
    demo,
    evaluate,
    export,
    gold,
    import_,
    index,
    remove,
    show,
    sources,
    verify,
)
from ui.commands.options import example
from ui.settings import DEFAULT_COLLECTION, PREFIX, Settings, config_callback, name_variables, told_where


class EverysourceGroup(click.Group):
    """A group whose commands end with one line and exit code 1 on every error that is the user's to mend."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they were added, which is that of their use."""
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the flags before the command; an error says where a value came from that was not typed."""
        try:
            return super().parse_args(ctx, args)
        except click.BadParameter as error:
            raise told_where(error) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; known errors become click.ClickException, others too unless --debug is given."""
        output.tolerate_any_text()
        try:
            return super().invoke(ctx)
        except click.BadParameter as error:
            raise told_where(error) from error
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            raise click.ClickException(_message(error)) from error


def _message(error: Exception) -> str:
    from index import EverysourceError

    if isinstance(error, EverysourceError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return f"{type(error).__name__}: {error}; this is a fault of Everysource, `everysource --debug ...` shows where"


def _version() -> str:
    # Takes as long to load as all that --help needs.
    from importlib import metadata

    try:
        return metadata.version("everysource")
    except metadata.PackageNotFoundError:
        return "(not installed)"


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"everysource, version {_version()}")
        ctx.exit()


@click.group(
    cls=EverysourceGroup,
    context_settings={
        "auto_envvar_prefix": PREFIX,
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
    },
    epilog="\n\n".join(
        [
            example("everysource index articles/", 'everysource ask "how many troops were reported?"'),
            "A setting is the flag, else EVERYSOURCE_* (such as EVERYSOURCE_CHAT_PORT), else what everysource.toml says.",
        ]
    ),
)
@click.option(
    "--collection",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    default=DEFAULT_COLLECTION,
    show_default=True,
    show_envvar=True,
    help="The collection's folder.",
)
@click.option(
    "--model",
    metavar="NAME",
    show_envvar=True,
    help="Embedding model, by name or folder, instead of the one included.",
)
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    is_eager=True,
    callback=config_callback,
    expose_value=False,
    help="Settings file.  [default: everysource.toml, where there is one]",
)
@click.option("--debug", is_flag=True, help="Show where in the program an error came up.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def main(ctx: click.Context, collection: Path, model: str | None, debug: bool) -> None:
    """Ask a folder of articles a question and hear from every source, in verbatim, cited excerpts."""
    ctx.obj = Settings(collection, model, debug)


for command in (
    index,
    ask,
    sources,
    show,
    remove,
    verify,
    export,
    import_,
    chat,
    demo,
    evaluate,
    gold,
    bench,
    benchmark,
):
    main.add_command(command)
name_variables(main, PREFIX)
