"""Serves a page with room for few sessions, uses it over HTTP as a browser and as programs do, and prints what it remembers."""

import json
import urllib.request

import click
import gradio as gr

from ui.chat import Library
from ui.chat.app import build_chat
from ui.chat.sessions import CALLS_KEPT, Sessions


def fetch(page: gr.Blocks, path: str, body: object = None) -> str:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    asked = urllib.request.Request(f"{page.local_url}gradio_api/{path}", data, headers)
    with urllib.request.urlopen(asked, timeout=60) as reply:
        return reply.read().decode()


def use(page: gr.Blocks) -> dict[str, object]:
    sessions = Sessions.of(page)
    (listing,) = (key for key, made in page.fns.items() if made.api_name == "collections")
    fetch(page, "queue/join", {"data": [], "fn_index": listing, "session_hash": "a page"})
    fetch(page, "queue/data?session_hash=a%20page")
    opened = sessions["a page"]
    calls = range(2 * CALLS_KEPT)
    events = [json.loads(fetch(page, "call/collections", {"data": []}))["event_id"] for _ in calls]
    told = [fetch(page, f"call/collections/{event}") for event in events]
    for _ in calls:
        event = json.loads(fetch(page, "call/collections", {"data": []}))["event_id"]
        told.append(fetch(page, f"call/collections/{event}"))
    return {
        "answered": sum("event: complete" in one for one in told) / len(told),
        "page_kept": sessions["a page"] is opened,
        "sessions": len(sessions.session_data),
        "waiting": len(page._queue.pending_event_ids_session),
    }


if __name__ == "__main__":
    with Library() as library:
        page = build_chat(library)
        page.launch(
            quiet=True, prevent_thread_lock=True, ssr_mode=False, state_session_capacity=CALLS_KEPT + 4
        )
        click.echo(json.dumps(use(page)))
        page.close(verbose=False)
