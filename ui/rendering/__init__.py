"""An Answer in the forms that people and programs read; nothing is decided here."""

from __future__ import annotations

from ui.rendering.csv_rows import answer_csv
from ui.rendering.json_text import answer_json
from ui.rendering.markdown import answer_markdown
from ui.rendering.report import answer_html
from ui.rendering.text import TextStyle, answer_text

__all__ = ["TextStyle", "answer_csv", "answer_html", "answer_json", "answer_markdown", "answer_text"]
