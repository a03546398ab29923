"""The page: its layout, and the server that shows it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
from gradio.events import api

from ui.chat.events import Events
from ui.chat.library import DEMO, Library
from ui.chat.panels import NOTHING_YET
from ui.demo import EXAMPLE_QUESTIONS

STYLE = Path(__file__).with_name("style.css")
SYSTEM_FONTS = ["system-ui", "sans-serif"]
LONGEST_QUESTION = 1000
AT_ONCE = 2

# Gradio's <base href="./"> makes a link to a place on the page load the page anew when its address has a query.
HEAD = "<script>document.querySelector('base')?.remove()</script>"

# The last question is brought to the top, so that its answer is read from its beginning.
SHOW_LAST_QUESTION = """() => {
    const asked = document.querySelectorAll("#conversation [data-testid='user']");
    asked[asked.length - 1]?.scrollIntoView({block: "start"});
}"""


def build_chat(library: Library) -> gr.Blocks:
    """The page over a library: conversation and evidence; its API has one endpoint, `ask`."""
    events = Events(library)
    page = gr.Blocks(title="Everysource", fill_height=True, analytics_enabled=False)
    with page:
        gr.HTML(
            "<h1>Everysource</h1><p>Ask your articles a question; every source is read, and quoted or named as silent.</p>",
            elem_classes="es-head",
        )
        turns, halt = gr.State(()), gr.State(None)
        with gr.Row(equal_height=False):
            with gr.Column(scale=3, min_width=320):
                name = gr.Radio(
                    list(library.names), value=library.names[0], label="Ask", visible=len(library.names) > 1, elem_id="collection"
                )
                talk = gr.Chatbot(
                    label="Conversation", show_label=False, height="68vh", layout="panel", latex_delimiters=[], buttons=[],
                    feedback_options=None, allow_tags=False, autoscroll=False, elem_id="conversation",
                    placeholder="Ask a question of your own, or choose one to ask the demo articles.",
                    examples=[{"text": question} for question in EXAMPLE_QUESTIONS],
                )
                box = gr.Textbox(
                    label="Question", placeholder="How many troops were reported?", submit_btn=True, lines=1, max_lines=4,
                    max_length=LONGEST_QUESTION, autofocus=True, elem_id="question",
                )
            with gr.Column(scale=2, min_width=320):
                shown = gr.HTML(NOTHING_YET, elem_id="evidence", elem_classes="es-pane")
        talk.change(None, js=SHOW_LAST_QUESTION, api_visibility="private")
        outputs = [talk, shown, box, turns, halt]
        box.submit(
            events.submit, [box, name, turns], outputs, show_progress="hidden", concurrency_id="ask", concurrency_limit=AT_ONCE,
            api_visibility="private",
        )
        talk.example_select(
            events.choose_example, [turns], outputs, show_progress="hidden", concurrency_id="ask", api_visibility="private"
        )
        talk.example_select(lambda: DEMO, None, name, show_progress="hidden", api_visibility="private")
        box.stop(events.stop, [turns, halt], outputs, show_progress="hidden", queue=False, api_visibility="private")
        talk.clear(events.clear, [halt], outputs, show_progress="hidden", queue=False, api_visibility="private")
        api(events.ask, api_name="ask", concurrency_id="ask")
    return page


def serve_chat(
    library: Library, *, host: str = "127.0.0.1", port: int = 7860, auth: tuple[str, str] | None = None,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serves the page until it is interrupted or terminated; `on_ready` is told the address.

    Raises OSError where the port is taken.
    """
    page = build_chat(library)
    _, address, _ = page.launch(
        server_name=host, server_port=port, auth=auth, share=False, quiet=True, prevent_thread_lock=True,
        css_paths=STYLE, head=HEAD, theme=gr.themes.Default(font=SYSTEM_FONTS),
        footer_links=["api", "settings"], enable_monitoring=False, max_file_size="1kb", strict_cors=True, ssr_mode=False,
    )
    if threading.current_thread() is threading.main_thread():
        # A chat that was started in the background ignores Ctrl-C's signal; `kill` ends it as cleanly.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    if on_ready:
        on_ready(f"Everysource is open at {address} (stop it with Ctrl-C)")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        page.close(verbose=False)
