"""An Answer as HTML: as a part of a page, and as a report of its own that opens anywhere and runs nothing."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from ui.rendering.disagreement import disagreement
from ui.rendering.html import article_view, block_quote, escape, source_table

if TYPE_CHECKING:
    from qa import Answer

STYLE = Path(__file__).with_name("answer.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_PAGE_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 52rem; padding: 0 0.75rem; }
"""


def answer_body(answer: Answer, name: str, linked: Collection[str] = ()) -> str:
    """The answer on one line of HTML: verdict, a row for every source, the figures drawn, the quotes with citations.

    `name` is the answer's id on its page, `linked` holds the ids of the articles whose view is there too.
    """
    quotes = "".join(block_quote(report, quote) for report in answer.answering for quote in report.quotes)
    verdict = f'<p class="es-verdict">{escape(answer.headline)}</p>'
    return verdict + source_table(answer, linked) + disagreement(answer, name) + quotes


def answer_html(answer: Answer) -> str:
    """The answer as a self-contained page: one file without a script, with every quoted article in full."""
    title = escape(answer.question)
    articles = [article_view(report.article, report.quotes, back="answer") for report in answer.answering]
    quoted = f"<h2>The quoted articles</h2>{''.join(articles)}" if articles else ""
    body = answer_body(answer, "answer", [report.article.id for report in answer.answering])
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{STYLE.read_text(encoding='utf-8')}{_PAGE_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f'<div class="es-answer" id="answer">{body}</div>\n<div class="es-evidence">{quoted}</div>\n</main>\n</body>\n</html>\n'
    )
