"""`everysource chat`: the page in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ui import output
from ui.commands.options import example, require_collection

if TYPE_CHECKING:
    from ui.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@click.command(epilog=example("everysource chat", "everysource chat --demo --port 7870"))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), default=7860, show_default=True, help="Port to listen at.")
@click.option("--auth", metavar="USER:PASSWORD", help="Ask for this name and password; better given as EVERYSOURCE_CHAT_AUTH.")
@click.option("--open-to-all", is_flag=True, help="Allow another host than this machine without a password.")
@click.option("--demo", is_flag=True, help="Only the demo articles, without a collection of your own.")
@click.pass_obj
def chat(settings: Settings, host: str, port: int, auth: str | None, open_to_all: bool, demo: bool) -> None:
    """Open the chat in a browser.

    A page to ask in, with every quote shown in its article.
    """
    if auth is not None and not all(auth.partition(":")):
        raise click.UsageError("--auth is USER:PASSWORD")
    if host not in LOOPBACK and not (auth or open_to_all):
        raise click.UsageError(f"--host {host} lets others in: give --auth USER:PASSWORD, or --open-to-all if you mean it")
    if not demo:
        require_collection(settings.collection)
    from ui.chat import Library, serve_chat

    name, _, password = (auth or "").partition(":")
    with Library(None if demo else settings.collection, settings.model) as library:
        serve_chat(library, host=host, port=port, auth=(name, password) if auth else None, on_ready=output.note)
