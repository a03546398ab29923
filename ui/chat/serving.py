"""The server that shows the page."""

from __future__ import annotations

import contextlib
import io
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import gradio as gr

from ui.chat.app import build_chat
from ui.chat.library import Library
from ui.chat.sessions import KEPT, Sessions
from ui.rendering.report import STYLE as ANSWER_STYLE

PAGE_STYLE = Path(__file__).with_name("style.css")
SYSTEM_FONTS = ["system-ui", "sans-serif"]
MONO_FONTS = ["ui-monospace", "monospace"]
LARGEST_UPLOAD = "25mb"

# Gradio's <base href="./"> makes a link to a place on the page load the page anew when its address has a query.
REMOVE_BASE = "<script>document.querySelector('base')?.remove()</script>"

# Gradio confines a page's own style to what lies inside its margins, and has greys too pale to read (WCAG 2.1, 1.4.3).
WHOLE_PAGE = """<style>
.gradio-container ::placeholder { color: color-mix(in srgb, var(--body-text-color) 65%, transparent) !important; }
.gradio-container input.subdued { color: var(--body-text-color) !important; }
@media (max-width: 640px) {
    .gradio-container .main.fillable.app { padding: 0.5rem !important; }
    .gradio-container footer .divider { display: none; }
}
</style>"""


def serve_chat(
    library: Library,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    auth: tuple[str, str] | None = None,
    root_path: str | None = None,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serves the page until it is interrupted or terminated; `on_ready` is told the address.

    `root_path` is the path or the whole address under which a proxy shows the page. Raises OSError where the port is
    taken.
    """
    page = build_chat(library)
    # Gradio announces the MCP server on stdout even when it is told to be quiet.
    with contextlib.redirect_stdout(io.StringIO()):
        _, address, _ = page.launch(
            server_name=host,
            server_port=port,
            auth=auth,
            root_path=root_path,
            share=False,
            quiet=True,
            prevent_thread_lock=True,
            css_paths=[ANSWER_STYLE, PAGE_STYLE],
            head=REMOVE_BASE + WHOLE_PAGE,
            theme=gr.themes.Default(font=SYSTEM_FONTS, font_mono=MONO_FONTS),
            footer_links=["api", "settings"],
            enable_monitoring=False,
            max_file_size=LARGEST_UPLOAD,
            strict_cors=True,
            ssr_mode=False,
            mcp_server=not auth,  # Gradio's MCP server asks nobody for a password
            state_session_capacity=KEPT,
        )
    Sessions.of(page)
    if threading.current_thread() is threading.main_thread():
        # A chat that was started in the background ignores Ctrl-C's signal; `kill` ends it as cleanly.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    if on_ready:
        on_ready(f"Everysource is open at {address} (stop it with Ctrl-C)")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        page.close(verbose=False)
