"""Day and author from where they stand in a text, and from nowhere else."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import pytest
from made_documents import FIRST, SECOND, TITLE, pdf, written

from index import Article, load

STORY = f"\n\n{FIRST} {SECOND} The crossing takes forty minutes, and the first boat leaves at seven every morning.\n"
DAY = date(2024, 3, 12)


def read(path: Path) -> Article:
    [article] = load(path)
    return article


@pytest.mark.parametrize(
    ("top", "author", "published"),
    [
        ("Ferry sails\n\n12 March 2024", None, DAY),
        ("Ferry sails\nBy Nell Harbin\nMarch 12th, 2024", "Nell Harbin", DAY),
        (
            "# Ferry sails\n\n*By Nell Harbin and Ole Vik | Tuesday, 12 Mar 2024 at 10.32am*",
            "Nell Harbin and Ole Vik",
            DAY,
        ),
        ("Ferry sails\nBy Nell Harbin, Chief Reporter, in Skerry", "Nell Harbin", None),
        ("Ferry sails\nPublished: 12 March 2024, 10:32 GMT | Updated 13 March 2024", None, DAY),
        ("PRESS RELEASE\nFor immediate release: 2024-03-12\nFerry sails", None, DAY),
        ("Coast Gazette, 12.03.2024\nFerry sails", None, DAY),
        ("Ferry sails\n03/25/2024", None, date(2024, 3, 25)),
        ("Ferry sails\n\nSKERRY, March 12, 2024 (Coast Wire) - The dock opened.", None, DAY),
    ],
)
def test_the_first_lines_say_who_and_when(
    tmp_path: Path, top: str, author: str | None, published: date | None
) -> None:
    for name in ("a.txt", "a.md"):
        article = read(written(tmp_path / name, top + STORY))
        assert (article.author, article.published) == (author, published)
        assert article.text.startswith(top)


@pytest.mark.parametrize(
    "top",
    [
        "Ferry sails\n03/04/2024",
        "Ferry sails\nLast updated 12 March 2024",
        "Ferry sails\nPrinted, 12 March 2024",
        "Ferry sails\nComments close on 12 March 2024",
        "Ferry sails\n12 March 2024\n13 March 2024",
        "Ferry sails\n30 February 2024",
        "Ferry sails\nThe council meets next on Tuesday, 12 March 2024.",
        "Ferry sails\n\nSKERRY, March 12 (Coast Wire) - The dock opened.",
        "Diary of a crossing\n\n12 March 2024\n\nWe sailed.\n\n13 March 2024\n\nIt rained.",
        "By popular demand\n\nFerry sails",
        "By The Numbers\nBy the sea",
    ],
)
def test_what_may_be_another_day_or_no_name_is_left_alone(tmp_path: Path, top: str) -> None:
    article = read(written(tmp_path / "a.txt", top + STORY))
    assert (article.author, article.published) == (None, None)


def test_a_line_far_down_says_nothing(tmp_path: Path) -> None:
    article = read(written(tmp_path / "a.txt", f"Ferry sails{STORY}\n\nBy Nell Harbin\n\n12 March 2024\n"))
    assert (article.author, article.published) == (None, None)


def test_front_matter_goes_before_the_first_lines(tmp_path: Path) -> None:
    content = f"---\npublished: 2024-03-11\n---\nFerry sails\nBy Nell Harbin\n12 March 2024{STORY}"
    article = read(written(tmp_path / "a.md", content))
    assert (article.author, article.published) == ("Nell Harbin", date(2024, 3, 11))


def paper(*top: str, running: str = "", pages: int = 1) -> bytes:
    body = [
        (18.0, 72.0, 700.0, TITLE),
        *((11.0, 72.0, 676.0 - 20 * place, line) for place, line in enumerate(top)),
    ]
    head = [(9.0, 72.0, 760.0, running)] if running else []
    text = [(11.0, 72.0, 500.0, FIRST), (11.0, 72.0, 486.0, SECOND)]
    return pdf([head + body + text, *([head + text] * (pages - 1))])


@pytest.mark.parametrize(
    ("content", "author", "published"),
    [
        (paper(), None, None),
        (paper("By Nell Harbin", "12 March 2024"), "Nell Harbin", DAY),
        (paper(running="Coast Gazette, 12 March 2024", pages=3), None, DAY),
        (paper(running="Printed from the web - 12 March 2024", pages=3), None, None),
        (paper() + b"<prism:publicationDate>2024-03-12</prism:publicationDate>", None, DAY),
    ],
)
def test_a_pdf_is_published_when_it_says_and_not_when_its_file_was_made(
    tmp_path: Path, content: bytes, author: str | None, published: date | None
) -> None:
    article = read(written(tmp_path / "a.pdf", content))
    assert (article.author, article.published, article.fetched) == (author, published, date(2019, 1, 1))


@pytest.mark.parametrize(
    ("saver", "author"), [("Nell Harbin", "Nell Harbin"), ("Microsoft Office User", None)]
)
def test_a_word_file_is_published_when_it_says_and_not_when_it_was_saved(
    tmp_path: Path, saver: str, author: str | None
) -> None:
    from docx import Document

    for line, published in (("Press office", None), ("Published on 12 March 2024", DAY)):
        document = Document()
        document.core_properties.author, document.core_properties.modified = saver, datetime(2019, 1, 1)
        for text in (TITLE, line, FIRST, SECOND):
            document.add_paragraph(text)
        stream = io.BytesIO()
        document.save(stream)
        article = read(written(tmp_path / "a.docx", stream.getvalue()))
        assert (article.author, article.published, article.fetched) == (author, published, date(2019, 1, 1))
