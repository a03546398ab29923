"""The commands of the command line, a module for each kind."""

from __future__ import annotations

from ui.commands.annotating import gold
from ui.commands.asking import ask, demo
from ui.commands.benchmarking import benchmark
from ui.commands.chatting import chat
from ui.commands.collecting import index, remove, show, sources
from ui.commands.keeping import export, import_, verify
from ui.commands.measuring import bench, evaluate

__all__ = [
    "ask",
    "bench",
    "benchmark",
    "chat",
    "demo",
    "evaluate",
    "export",
    "gold",
    "import_",
    "index",
    "remove",
    "show",
    "sources",
    "verify",
]
