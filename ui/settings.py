"""Settings: a flag, else EVERYSOURCE_*, else everysource.toml, else the default; click looks them up in that order.

The file holds the names of flags, those of a command in the command's table:

    collection = "news/.everysource"
    [chat]
    port = 7870
    [ask]
    outlet = ["Varnby Courier"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

CONFIG_NAME = "everysource.toml"
DEFAULT_COLLECTION = Path(".everysource")
PREFIX = "EVERYSOURCE"


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every command: the collection's folder and the embedding model, None for the default one."""

    collection: Path
    model: str | None
    debug: bool


def read_config(path: Path, group: click.Group) -> dict[str, Any]:
    """The settings file as defaults for the flags of `group` and its commands.

    A relative `collection` is meant from the file's folder. Raises click.ClickException, naming the file, where it
    cannot be read or holds a name that is no flag.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise click.ClickException(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{path}: is not TOML: {error}") from error
    defaults = _with_tables(values, group, f"{path}")
    if "collection" in defaults:
        defaults["collection"] = str(path.parent / str(defaults["collection"]))
    return defaults


def _with_tables(
    values: Mapping[str, Any], group: click.Group, where: str, above: str = ""
) -> dict[str, Any]:
    """The defaults of a group and, in tables of their own, of its commands; `above` names the tables around it."""
    defaults: dict[str, Any] = {}
    plain = dict(values)
    for name, table in values.items():
        if not isinstance(table, dict):
            continue
        command = group.commands.get(name)
        if command is None:
            raise click.ClickException(
                f"{where}: unknown table [{above}{name}]; known are {', '.join(sorted(group.commands))}"
            )
        del plain[name]
        inside = f"{where.partition(', [')[0]}, [{above}{name}]"
        defaults[name] = (
            _with_tables(table, command, inside, f"{above}{name}.")
            if isinstance(command, click.Group)
            else _known(table, command, inside)
        )
    return _known(plain, group, where) | defaults


def _known(values: Mapping[str, Any], command: click.Command, where: str) -> dict[str, Any]:
    flags = {
        _flag(option): option
        for option in command.params
        if isinstance(option, click.Option) and option.expose_value
    }
    unknown = sorted(set(values) - set(flags))
    if unknown:
        raise click.ClickException(
            f"{where}: unknown setting {unknown[0]!r}; known are {', '.join(sorted(flags)) or 'none'}"
        )
    return {
        str(flags[name].name): _default(value, flags[name], f"{where}: {name}")
        for name, value in values.items()
        if not (_is_choice(flags[name]) and value is False)
    }


def _is_choice(option: click.Option) -> bool:
    """Whether it is one of several flags that give one parameter its value, such as --json and --csv."""
    return option.is_flag and not option.is_bool_flag


def _flag(option: click.Option) -> str:
    return max(option.opts, key=len).lstrip("-").replace("-", "_")


def _default(value: Any, option: click.Option, what: str) -> Any:
    if isinstance(value, list) and not option.multiple:
        raise click.ClickException(f"{what} is one value; write it without brackets")
    if value is True and _is_choice(option):
        return option.flag_value
    values = [_plain(part) for part in (value if isinstance(value, list) else [value])]
    return values if option.multiple else values[0]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def told_where(error: click.BadParameter) -> click.BadParameter:
    """The error, with the environment variable or the settings file that the value came from, where it was no flag."""
    if error.ctx is not None and error.param is not None and error.param.name is not None:
        match error.ctx.get_parameter_source(error.param.name):
            case ParameterSource.ENVIRONMENT:
                variable = error.param.envvar or f"{error.ctx.auto_envvar_prefix}_{error.param.name.upper()}"
                place = f"set by {variable}"
            case ParameterSource.DEFAULT_MAP:
                place = f"set in {error.ctx.meta[CONFIG_NAME]}"
            case _:
                return error
        return click.BadParameter(f"{error.message} ({place})", error.ctx, error.param, error.param_hint)
    return error


def name_variables(group: click.Group, prefix: str) -> None:
    """Lets every flag be set by an environment variable of its own name, as in the settings file."""
    for name, command in group.commands.items():
        own = f"{prefix}_{name}".upper()
        if isinstance(command, click.Group):
            name_variables(command, own)
        for option in command.params:
            if isinstance(option, click.Option) and _flag(option) != option.name:
                option.envvar = f"{own}_{_flag(option).upper()}"


def config_callback(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    """Fills `ctx.default_map` from --config, or from everysource.toml in the working directory where there is one."""
    path = value or Path(CONFIG_NAME)
    if (value or path.is_file()) and isinstance(ctx.command, click.Group):
        ctx.meta[CONFIG_NAME] = str(path)
        ctx.default_map = read_config(path, ctx.command)
    return value
