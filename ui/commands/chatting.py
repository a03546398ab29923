"""`everysource chat`: the page in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui import output
from ui.commands.collecting import load_options
from ui.commands.options import example

if TYPE_CHECKING:
    from ui.settings import Settings

DEFAULT_SHELF = Path(".everysource-shelf")
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@click.command(epilog=example("everysource chat", "everysource chat --demo --port 7870"))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=7860, show_default=True, help="Port to listen at."
)
@click.option(
    "--auth",
    metavar="USER:PASSWORD",
    help="Ask for this name and password; better given as EVERYSOURCE_CHAT_AUTH.",
)
@click.option(
    "--open-to-all", is_flag=True, help="Allow another host than this machine without a password; read only."
)
@click.option("--root-path", metavar="PATH", help="Where a proxy shows the page: /news, or a whole address.")
@click.option(
    "--shelf",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    default=DEFAULT_SHELF,
    show_default=True,
    help="Where collections that are made on the page are kept.",
)
@click.option("--read-only", is_flag=True, help="Nothing can be added or removed on the page.")
@click.option(
    "--fetch",
    is_flag=True,
    help="Web addresses can be given on the page; public ones are fetched, by this machine.",
)
@click.option(
    "--demo", is_flag=True, help="Only the demo articles; what is made on the page is gone at the end."
)
@click.pass_obj
def chat(
    settings: Settings,
    host: str,
    port: int,
    auth: str | None,
    open_to_all: bool,
    root_path: str | None,
    shelf: Path,
    read_only: bool,
    fetch: bool,
    demo: bool,
) -> None:
    """Open the chat in a browser.

    A page to ask in, with every quote shown in its article, and to make collections in.
    """
    if auth is not None and not all(auth.partition(":")):
        raise click.UsageError("--auth is USER:PASSWORD")
    if host not in LOOPBACK and not (auth or open_to_all):
        raise click.UsageError(
            f"--host {host} lets others in: give --auth USER:PASSWORD, or --open-to-all if you mean it"
        )
    is_open = host not in LOOPBACK and not auth
    if fetch and (read_only or is_open):
        raise click.UsageError("--fetch adds articles, and this page is read only; leave it out")
    from ui.chat import Library, serve_chat

    name, _, password = (auth or "").partition(":")
    own = settings.collection if settings.collection.exists() and not demo else None
    with (
        load_options((), fetch=fetch, allow_loopback=False) as options,
        Library(
            own,
            settings.model,
            shelf=None if demo else shelf,
            editable=not (read_only or is_open),
            options=options,
        ) as library,
    ):
        serve_chat(
            library,
            host=host,
            port=port,
            auth=(name, password) if auth else None,
            root_path=root_path,
            on_ready=output.note,
        )
