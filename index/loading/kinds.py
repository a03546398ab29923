"""Which loader reads which kind of file, by the end of its name."""

from __future__ import annotations

from collections.abc import Mapping

from index.loading.addresses import load_addresses
from index.loading.archives import load_tar, load_zip
from index.loading.docx import load_docx
from index.loading.epub import load_epub
from index.loading.feeds import load_feed
from index.loading.html import load_html
from index.loading.json_file import load_json
from index.loading.json_lines import load_json_lines
from index.loading.mail import load_eml, load_mbox
from index.loading.markdown import load_markdown
from index.loading.mhtml import load_mhtml
from index.loading.pdf import load_pdf
from index.loading.raw import Loader
from index.loading.tables import load_table
from index.loading.text import load_text
from index.loading.warc import load_warc

LOADERS: Mapping[str, Loader] = {
    ".atom": load_feed,
    ".csv": load_table,
    ".docx": load_docx,
    ".eml": load_eml,
    ".epub": load_epub,
    ".htm": load_html,
    ".html": load_html,
    ".json": load_json,
    ".jsonl": load_json_lines,
    ".markdown": load_markdown,
    ".mbox": load_mbox,
    ".md": load_markdown,
    ".mht": load_mhtml,
    ".mhtml": load_mhtml,
    ".ndjson": load_json_lines,
    ".pdf": load_pdf,
    ".rss": load_feed,
    ".tar": load_tar,
    ".tar.bz2": load_tar,
    ".tar.gz": load_tar,
    ".tar.xz": load_tar,
    ".tbz2": load_tar,
    ".tgz": load_tar,
    ".tsv": load_table,
    ".txt": load_text,
    ".txz": load_tar,
    ".urls": load_addresses,
    ".warc": load_warc,
    ".warc.gz": load_warc,
    ".xhtml": load_html,
    ".xml": load_feed,
    ".zip": load_zip,
}


def suffix_of(name: str) -> str:
    """The end of a file's name that says its kind, such as ".html" or ".tar.gz", in small letters."""
    ends = [f".{part}" for part in name.lower().rpartition("/")[2].split(".")[1:]]
    double = "".join(ends[-2:])
    return double if double in LOADERS else ends[-1] if ends else ""


def loader_of(name: str) -> Loader | None:
    """The loader for a file of this name; None for a kind that cannot be read."""
    return LOADERS.get(suffix_of(name))
