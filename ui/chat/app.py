"""The page: its layout, and what happens where on it."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
# The statistics of its dashboard, which is off: they would be kept of 10,000 calls, and made anew after each one.
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)

import gradio as gr
from gradio.events import api

from index.loading import LOADERS
from ui.chat import panels
from ui.chat.collecting import Collecting
from ui.chat.endpoints import Endpoints
from ui.chat.events import Events
from ui.chat.library import Library
from ui.chat.links import LONGEST_QUESTION

AT_ONCE = 2
"""Questions, and changes of collections, that are worked on at once; others wait their turn."""

MOST_WAITING = 60

# The last question is brought to the top, so that its answer is read from its beginning, and with it the articles; where the
# conversation is as long as it needs to be, as on a phone, the page is what moves.
SHOW_LAST_QUESTION = """() => {
    const asked = [...document.querySelectorAll("#conversation .user-row")].pop();
    const pane = asked?.closest(".panel-wrap");
    if (pane && pane.scrollHeight > pane.clientHeight)
        pane.scrollTop += asked.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    else asked?.scrollIntoView({block: "start"});
    if (document.querySelectorAll("#conversation .es-steps li").length === 1)
        document.querySelector("#evidence").scrollTop = 0;
}"""

KINDS = f'<p class="es-hint">What can be read: {", ".join(sorted(LOADERS))}</p>'
HEAD_LINE = "<h1>Everysource</h1><p>Ask your articles a question; every source is read, and quoted or named as silent.</p>"


def build_chat(library: Library) -> gr.Blocks:
    """The page over a library: conversation, evidence and collections; its API has `ask`, `sources` and `collections`."""
    page = gr.Blocks(
        title="Everysource", fill_height=True, analytics_enabled=False, delete_cache=(3600, 3600)
    )
    with page:
        names = library.names
        with gr.Row(elem_classes="es-top"):
            gr.HTML(HEAD_LINE, elem_classes="es-head")
            collection = gr.Dropdown(
                list(names),
                value=names[0],
                label="Collection",
                filterable=False,
                elem_id="collection",
                scale=0,
                min_width=280,
            )
        with gr.Tabs():
            with gr.Tab("Ask", id="ask"):
                pickers = _conversation(library, collection)
            with gr.Tab("Articles", id="articles") as tab:
                _articles(library, collection, tab)
        collection.input(Events(library).scope, collection, pickers, **QUIET)
        _endpoints(library)
    page.queue(max_size=MOST_WAITING, default_concurrency_limit=AT_ONCE)
    return page


QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def _conversation(library: Library, collection: gr.Dropdown) -> list[Any]:
    """The two panes and what happens in them; returns the pickers of the scope."""
    events = Events(library)
    turns, halt, inquiry = gr.State((), time_to_live=86400), gr.State(None), gr.State(None)
    with gr.Row(equal_height=False):
        with gr.Column(scale=3, min_width=320):
            talk = gr.Chatbot(
                label="Conversation",
                show_label=False,
                layout="panel",
                latex_delimiters=[],
                buttons=[],
                feedback_options=None,
                allow_tags=False,
                autoscroll=False,
                elem_id="conversation",
                placeholder="Ask a question of your own, or choose one below to ask the demo articles.",
            )
            with gr.Row(elem_classes="es-chips", elem_id="offered"):
                chips = panels.chips(())
            box = gr.Textbox(
                "",
                label="Question",
                placeholder="Your question, such as: How many troops were reported?",
                show_label=False,
                submit_btn=True,
                lines=1,
                max_lines=4,
                max_length=LONGEST_QUESTION,
                autofocus=True,
                elem_id="question",
            )
            with gr.Row(equal_height=False):
                with (
                    gr.Column(min_width=280),
                    gr.Accordion("Scope: sources, outlets, dates", open=False, elem_id="scope"),
                ):
                    sources = gr.Dropdown([], multiselect=True, label="Only these sources", elem_id="sources")
                    outlets = gr.Dropdown([], multiselect=True, label="Only these outlets", elem_id="outlets")
                    with gr.Row():
                        since = gr.Textbox(
                            "",
                            label="Published since",
                            placeholder="YYYY-MM-DD",
                            max_length=10,
                            elem_id="since",
                        )
                        until = gr.Textbox(
                            "",
                            label="Published until",
                            placeholder="YYYY-MM-DD",
                            max_length=10,
                            elem_id="until",
                        )
                with (
                    gr.Column(min_width=280),
                    gr.Accordion("Copy the answer with its citations", open=False, elem_id="copying"),
                ):
                    markdown = gr.Textbox(
                        "",
                        label="Markdown",
                        lines=6,
                        max_lines=12,
                        interactive=False,
                        buttons=["copy"],
                        elem_id="copy",
                    )
        with gr.Column(scale=2, min_width=320):
            shown = gr.HTML(panels.NOTHING_YET, elem_id="evidence", elem_classes="es-pane")
    pickers = [sources, outlets, since, until]
    picked = [inquiry, collection, *pickers]
    outputs = [talk, shown, markdown, box, turns, halt, *chips]
    talk.change(None, js=SHOW_LAST_QUESTION, api_visibility="private")
    asking = box.submit(events.take, [box, collection, *pickers, turns], picked, **QUIET)
    choosing = [
        chip.click(partial(events.choose, place), [turns], picked, **QUIET)
        for place, chip in enumerate(chips)
    ]
    opening = gr.on(None, events.open, None, picked, **QUIET)
    for taken in (asking, *choosing, opening):
        # A question that comes while a stopped one is yet ending is not passed over, as the default mode would.
        taken.success(
            events.answer,
            [inquiry, turns],
            outputs,
            concurrency_id="ask",
            concurrency_limit=AT_ONCE,
            trigger_mode="multiple",
            **QUIET,
        )
    box.stop(events.stop, [turns, halt], outputs, queue=False, **QUIET)
    talk.clear(events.clear, [halt], outputs, queue=False, **QUIET)
    return pickers


def _articles(library: Library, collection: gr.Dropdown, tab: gr.Tab) -> None:
    """The collection's articles, and what adds and removes them, where the library can be changed."""
    collecting = Collecting(library)
    with gr.Row(equal_height=False):
        with gr.Column(scale=2, min_width=320, visible=library.is_editable):
            standing = gr.HTML("", elem_id="standing")
            with gr.Group():
                named = gr.Textbox(
                    "",
                    label="New collection",
                    placeholder="Its name",
                    max_length=40,
                    submit_btn="Make",
                    elem_id="new",
                )
            files = gr.File(
                label="Add files",
                file_count="multiple",
                elem_id="files",
                height=120,
            )
            gr.HTML(KINDS)
            with gr.Accordion("Paste an article", open=False):
                text = gr.Textbox("", label="Text", lines=6, max_lines=12, elem_id="pasted")
                title = gr.Textbox("", label="Title", max_length=120, elem_id="pasted-title")
                with gr.Row():
                    outlet = gr.Textbox("", label="Outlet", max_length=120)
                    published = gr.Textbox("", label="Published", placeholder="YYYY-MM-DD", max_length=10)
                add_text = gr.Button("Add the text")
            with gr.Accordion("Web addresses", open=False, visible=library.can_fetch):
                listed = gr.Textbox(
                    "",
                    label="Addresses, one a line",
                    placeholder="https://",
                    lines=4,
                    max_lines=12,
                    elem_id="addresses",
                )
                add_listed = gr.Button("Fetch and add")
            with gr.Accordion("Remove, re-index", open=False):
                unwanted = gr.Dropdown([], multiselect=True, label="Articles to remove", elem_id="unwanted")
                with gr.Row():
                    remove = gr.Button("Remove")
                    rebuild = gr.Button("Re-index")
        with gr.Column(scale=3, min_width=320):
            articles = gr.HTML("", elem_id="articles")
    outputs = [standing, articles, unwanted]
    limits: dict[str, Any] = {"concurrency_id": "collect", "concurrency_limit": 1, **QUIET}
    gr.on([tab.select, collection.input], collecting.show, collection, outputs, **QUIET)
    files.upload(collecting.files, [collection, files], outputs, **limits).then(
        lambda: None, None, files, **QUIET
    )
    add_text.click(collecting.text, [collection, text, title, outlet, published], outputs, **limits)
    add_listed.click(collecting.addresses, [collection, listed], outputs, **limits)
    remove.click(collecting.remove, [collection, unwanted], outputs, **limits)
    rebuild.click(collecting.rebuild, collection, outputs, **limits)
    made = named.submit(collecting.create, named, [standing, collection, named], **limits)
    made.success(lambda name: collecting.show(name)[1:], collection, outputs[1:], **QUIET)


def _endpoints(library: Library) -> None:
    """What programs can call; each is an MCP tool or resource too."""
    endpoints = Endpoints(library)
    api(endpoints.ask, api_name="ask", concurrency_id="ask")
    api(endpoints.sources, api_name="sources")
    api(endpoints.collections, api_name="collections")
    api(endpoints.article, api_name="article")
