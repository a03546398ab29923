"""The chat: a Gradio page with the conversation on one side and the quoted articles on the other."""

from __future__ import annotations

from ui.chat.app import build_chat
from ui.chat.library import Library
from ui.chat.serving import serve_chat

__all__ = ["Library", "build_chat", "serve_chat"]
