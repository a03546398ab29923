"""Settings: a flag, else EVERYSOURCE_*, else everysource.toml, else the default; click looks them up in that order.

The file holds the names of flags, those of a command in the command's table:

    collection = "news/.everysource"
    [chat]
    port = 7870
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

CONFIG_NAME = "everysource.toml"
DEFAULT_COLLECTION = Path(".everysource")


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every command: the collection's folder and the embedding model, None for the default one."""

    collection: Path
    model: str | None
    debug: bool


def read_config(path: Path, group: click.Group, ctx: click.Context) -> dict[str, Any]:
    """The settings file as defaults for the flags of `group` and its commands.

    A relative `collection` is meant from the file's folder. Raises click.ClickException, naming the file, where it
    cannot be read or holds a name that is no flag.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise click.ClickException(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{path}: is not TOML: {error}") from error
    commands = {
        name: command for name in group.list_commands(ctx) if (command := group.get_command(ctx, name))
    }
    tables = {name: values.pop(name) for name in commands if isinstance(values.get(name), dict)}
    defaults = _known(values, group, f"{path}")
    if "collection" in defaults:
        defaults["collection"] = str(path.parent / str(defaults["collection"]))
    return defaults | {
        name: _known(table, commands[name], f"{path}, [{name}]") for name, table in tables.items()
    }


def _known(values: Mapping[str, Any], command: click.Command, where: str) -> dict[str, Any]:
    flags = {
        _flag(option): option
        for option in command.params
        if isinstance(option, click.Option) and option.name != "config"
    }
    unknown = sorted(set(values) - set(flags))
    if unknown:
        raise click.ClickException(
            f"{where}: unknown setting {unknown[0]!r}; known are {', '.join(sorted(flags)) or 'none'}"
        )
    return {str(flags[name].name): _plain(value) for name, value in values.items()}


def _flag(option: click.Option) -> str:
    return max(option.opts, key=len).lstrip("-").replace("-", "_")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def config_callback(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    """Fills `ctx.default_map` from --config, or from everysource.toml in the working directory where there is one."""
    path = value or Path(CONFIG_NAME)
    if (value or path.is_file()) and isinstance(ctx.command, click.Group):
        ctx.default_map = read_config(path, ctx.command, ctx)
    return value
