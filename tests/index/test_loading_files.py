"""Files to Articles: what is read, and what is said of files that cannot be."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from index import Article, LoadError, load
from index.articles import normalise
from index.loading import find_files
from index.loading.decoding import MAX_BYTES
from index.loading.fields import MAX_CHARACTERS


def written(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(path: Path) -> str:
    with pytest.raises(LoadError) as caught:
        list(load(path))
    assert caught.value.path == path
    assert str(path) in str(caught.value)
    return caught.value.reason


def test_markdown_takes_its_fields_from_the_front_matter(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.md",
        "---\ntitle: 'Old: bridge'\npublisher: Gazette\nauthor: [A. Quill, B. Hale]\npublished: 2024-05-02T10:00:00Z\n"
        "url: https://example.org/a\nlanguage: en\n---\n\nIt closed.\n",
    )
    [article] = load(path)
    assert article == Article(
        id=article.id, name="a.md", text="It closed.", title="Old: bridge", outlet="Gazette", author="A. Quill, B. Hale",
        published=date(2024, 5, 2), url="https://example.org/a", language="en",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Dam bursts\n\nIt rained.", "Dam bursts"),
        ("Dam bursts above town\n\nIt rained all day.", "Dam bursts above town"),
        (
            "Breaking News\nDam bursts above the old town.\nIt rained all day long.",
            "Dam bursts above the old town",
        ),
        ("It rained all day. It poured.\n\nThen it stopped.", "a"),
        ("Only one line here", "a"),
    ],
)
def test_title_is_the_headline_that_the_text_starts_with_or_the_file_name(
    tmp_path: Path, text: str, title: str
) -> None:
    [article] = load(written(tmp_path / "a.txt", text))
    assert article.title == title
    assert article.has_own_title == (title != "a")


def test_text_is_normalised_once_and_otherwise_left_alone(tmp_path: Path) -> None:
    [article] = load(written(tmp_path / "a.txt", "\ufeffOne\r\ntwo\rthree\x00 \u00a0four\t\u2028e\u0301 ﬁ\n"))
    assert article.text == "One\ntwo\nthree  \u00a0four\t\u2028e\u0301 ﬁ\n"
    assert normalise(article.text) == article.text


def test_json_lines_give_one_article_a_line(tmp_path: Path) -> None:
    records = [
        {
            "title": "One",
            "publisher": "Gazette",
            "url": "u",
            "published": "Mon, 04 Mar 2024 10:00:00 +0100",
            "text": "It rained.",
        },
        {"id": "b-7", "outlet": "Post", "author": "A", "published": "next week", "text": "It \ud800 poured."},
    ]
    notices: list[str] = []
    path = written(tmp_path / "a.jsonl", "\n\n".join(json.dumps(record) for record in records))
    one, two = load(path, notify=notices.append)
    assert (one.name, one.title, one.outlet, one.published) == (
        "a.jsonl#1",
        "One",
        "Gazette",
        date(2024, 3, 4),
    )
    assert (two.name, two.text, two.outlet, two.published) == (
        "a.jsonl#b-7",
        "It \ufffd poured.",
        "Post",
        None,
    )
    assert len(notices) == 1
    assert "next week" in notices[0]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Señor Núñez déclara: « Ça coûte 5 € » – un café à l’hôtel où naïve Zoë dîna."),
        ("utf-16", "Señor Núñez paid 5 €."),
        ("cp1251", "Плотина прорвалась рано утром в понедельник, сообщили официальные лица в столице."),
        ("shift_jis", "月曜日の早朝、ダムが決壊し、町に濁流が流れ込んだと当局者が述べた。"),
    ],
)
def test_other_encodings_are_read_and_told(tmp_path: Path, encoding: str, text: str) -> None:
    notices: list[str] = []
    [article] = load(written(tmp_path / "a.txt", text.encode(encoding)), notify=notices.append)
    assert article.text == text
    assert len(notices) == 1
    assert "a.txt" in notices[0]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", "", "is empty"),
        ("a.txt", " \n\t\n", "is empty"),
        ("a.md", "---\ntitle: x\n---\n", "has no text"),
        ("a.md", "---\ntitle: 'x\nauthor: [\n---\nBody.\n", "front matter is not valid YAML"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is binary"),
        ("a.txt", b"\x01\x02\x03\x04 abc", "is binary"),
        ("a.txt", b"\xff\xfea", "breaks off at byte"),
        ("a.jsonl", '{"text": "It rained."}\n{"text": \n', "line 2, column 10 is not valid JSON"),
        ("a.jsonl", '{"text": "It rained."}\n[1]\n', "line 2 holds no JSON object"),
        ("a.jsonl", '{"title": "x"}', 'line 1 has no "text"'),
        ("a.jsonl", "[" * 100_000, "line 1 is not valid JSON"),
        ("a.doc", "x", "known: .atom, .csv, .docx"),
    ],
)
def test_bad_files_are_refused_with_a_reason(
    tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    assert reason in refused(written(tmp_path / name, content))


def test_missing_unreadable_and_special_files_are_refused(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "gone.txt")
    (tmp_path / "folder.txt").mkdir()
    assert "not a regular file" in refused(tmp_path / "folder.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a regular file" in refused(tmp_path / "pipe.txt")


@contextmanager
def as_another_user() -> Iterator[None]:
    """Without the rights of root, who may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", "It rained.")
    path.chmod(0)
    with as_another_user():
        assert "may not be read" in refused(path)


def test_sizes_beyond_the_limits_are_refused(tmp_path: Path) -> None:
    long = written(tmp_path / "long.txt", "x" * (MAX_CHARACTERS + 1))
    assert f"{MAX_CHARACTERS + 1:,} characters" in refused(long)
    with (tmp_path / "big.txt").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    assert f"{MAX_BYTES:,}" in refused(tmp_path / "big.txt")


def test_front_matter_that_grows_when_read_is_left_out(tmp_path: Path) -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12))
    [article] = load(written(tmp_path / "a.md", f"---\nl0: &l0 x\n{levels}\ntitle: *l11\n---\nIt rained.\n"))
    assert article.title == "a"


def test_folders_are_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a.txt", ".hidden/x.txt", ".x.txt", "pic.png", "c.TXT"):
        written(tmp_path / name, "It rained.")
    notices: list[str] = []
    found = find_files(tmp_path, notify=notices.append)
    assert [file.name for file in found] == ["a.txt", "a/z.md", "b.txt", "c.TXT"]
    assert len(notices) == 1
    assert ".png (1)" in notices[0]


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="holds no articles"):
        find_files(tmp_path)
