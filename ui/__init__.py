"""How people meet Everysource: the command line, the chat and the renderings of an Answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.cli import main
from ui.demo import DEMO_QUESTION, demo_articles, demo_gold
from ui.rendering import TextStyle, answer_csv, answer_json, answer_markdown, answer_text

if TYPE_CHECKING:
    from ui.chat import build_chat, serve_chat

__all__ = [
    "DEMO_QUESTION", "TextStyle", "answer_csv", "answer_json", "answer_markdown", "answer_text", "build_chat", "demo_articles",
    "demo_gold", "main", "serve_chat",
]  # fmt: skip


def __getattr__(name: str) -> object:
    # Gradio takes seconds to load, and only the chat needs it.
    if name in {"build_chat", "serve_chat"}:
        from ui import chat

        return getattr(chat, name)
    raise AttributeError(f"module 'ui' has no attribute {name!r}")
