"""Gradio's sessions, of which those that nobody comes back to are soon let go."""

from __future__ import annotations

from collections import OrderedDict

import gradio as gr
from gradio.state_holder import SessionState, StateHolder

KEPT = 1000
"""Open pages that are remembered, conversation included; one that comes back after so many others begins anew."""

CALLS_KEPT = 16
"""Calls of programs that are remembered. More than are worked on at once."""


class Sessions(StateHolder):
    """What Gradio remembers of its sessions: the last KEPT pages, and the last CALLS_KEPT calls of programs.

    Gradio (6.31) takes an HTTP call that names no session for a session of its own, named as the call's event is, copies
    the whole page's settings for it, 0.1 MB, and lets it go once there are KEPT sessions: until then memory grows with each
    call, and from then on a call drives the conversation of an open page out.
    """

    @classmethod
    def of(cls, page: gr.Blocks) -> Sessions:
        """Puts itself in the place of the sessions of a page that is served."""
        sessions = page.app.state_holder = cls()
        sessions.set_blocks(page)
        return sessions

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Gradio gives it no types
        self._calls: OrderedDict[str, None] = OrderedDict()

    def __getitem__(self, session_id: str) -> SessionState:
        """The state of a session, made where there is none."""
        found = super().__getitem__(session_id)
        if session_id in self.blocks._queue.event_ids_to_events:
            self._calls[session_id] = None
            while len(self._calls) > CALLS_KEPT:
                self._forget(self._calls.popitem(last=False)[0])
        return found

    def _forget(self, call: str) -> None:
        self.session_data.pop(call, None)
        self.time_last_used.pop(call, None)
        # Messages that have not been fetched yet wait on: Gradio keeps those of the last 2,000 sessions.
        queue = self.blocks._queue
        if not queue.pending_event_ids_session.get(call):
            queue.pending_event_ids_session.pop(call, None)
            queue.pending_messages_per_session.pop(call, None)
