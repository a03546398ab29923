"""Serves the chat for the browser tests: `served_chat.py COLLECTION SHELF PORT`.

All is real, but for a question that begins with "Slowly", which waits where an answer would be read.
"""

import sys
import time
from pathlib import Path

import click

from qa import Assistant, Step
from ui.chat import Library, serve_chat, shared


class PatientAssistant(Assistant):
    """Lets a user stop a question that begins with "Slowly", for a minute."""

    def ask(self, question, scope=None, *, on_step=None):
        for done in range(600 if question.startswith("Slowly") and on_step else 0):
            on_step(Step("reading", done, 600, 3, min(done // 20, 3)))
            time.sleep(0.1)
        return super().ask(question, scope, on_step=on_step)


if __name__ == "__main__":
    shared.Assistant = PatientAssistant
    collection, shelf, port = sys.argv[1:]
    with Library(Path(collection), shelf=Path(shelf)) as library:
        serve_chat(library, port=int(port), on_ready=click.echo)
