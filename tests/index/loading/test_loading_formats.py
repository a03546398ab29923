"""Each format to the same Article, and what is said of files that are broken, hostile, or not what their name says."""

from __future__ import annotations

import json
import lzma
import os
import struct
import subprocess
import sys
import zlib
from datetime import date
from pathlib import Path

import pytest
from made_documents import (
    CSV,
    FIRST,
    HTML,
    SECOND,
    TITLE,
    eml,
    epub,
    pdf,
    samples,
    tarred,
    written,
    zipped,
)

from index import Article, Collection, LoadError, LoadOptions, load, split
from index.loading import find_files

SAMPLES = samples()


def read(path: Path, **options: object) -> list[Article]:
    return list(load(path, options=LoadOptions(**options)))


def refused(path: Path) -> str:
    with pytest.raises(LoadError) as caught:
        list(load(path))
    assert str(path) in str(caught.value)
    return caught.value.reason


@pytest.mark.parametrize("name", SAMPLES)
def test_every_format_yields_the_same_story(tmp_path: Path, name: str) -> None:
    [article] = read(written(tmp_path / name, SAMPLES[name]))
    assert article.title == TITLE
    flowing = " ".join(article.text.split())
    assert FIRST in flowing
    assert SECOND in flowing
    assert article.name.startswith(name)
    assert all(
        "Home" not in passage.cut(article) and "Telephone" not in passage.cut(article)
        for passage in split(article)
    )


@pytest.mark.parametrize(
    ("name", "outlet", "author", "published", "fetched", "url", "language"),
    [
        ("a.html", "Coast Gazette", "Nell Harbin", date(2024, 2, 6), None, None, "en"),
        ("a.mhtml", "Coast Gazette", "Nell Harbin", date(2024, 2, 6), date(2024, 2, 7), "https://gazette.example/ferry", "en"),
        ("a.warc.gz", "Coast Gazette", "Nell Harbin", date(2024, 2, 6), date(2024, 2, 7), "https://gazette.example/ferry", "en"),
        ("a.docx", None, "Nell Harbin", None, None, None, None),
        ("a.epub", "Coast Press", "Nell Harbin", date(2024, 2, 6), None, None, "en"),
        ("a.eml", "Coast Gazette daily", "Nell Harbin", date(2024, 2, 6), None, None, None),
        ("a.csv", "Coast Gazette", None, date(2024, 2, 6), None, None, None),
        ("a.json", "Coast Gazette", None, date(2024, 2, 6), None, None, None),
        ("a.rss", "Coast Gazette", None, date(2024, 2, 6), None, "https://gazette.example/ferry", "en"),
        ("a.atom", "Coast Gazette", "Nell Harbin", date(2024, 2, 6), None, None, None),
        ("a.pdf", None, None, None, date(2019, 1, 1), None, None),
    ],
)  # fmt: skip
def test_what_a_file_says_of_itself_is_taken(
    tmp_path: Path,
    name: str,
    outlet: str | None,
    author: str | None,
    published: date | None,
    fetched: date | None,
    url: str | None,
    language: str | None,
) -> None:
    [article] = read(written(tmp_path / name, SAMPLES[name]))
    assert (article.outlet, article.author, article.published) == (outlet, author, published)
    assert (article.fetched, article.url, article.language) == (fetched, url, language)


def test_a_pdf_keeps_its_pages_and_loses_its_running_titles(tmp_path: Path) -> None:
    def page(number: int, *body: str) -> list[tuple[float, float, float, str]]:
        lines = [(11.0, 72.0, 700.0 - 14 * place, text) for place, text in enumerate(body)]
        return [(9.0, 72, 760, f"Harbour report 2024, no. {number}"), *lines, (9.0, 300, 30, str(number))]

    content = pdf([
        [(20.0, 72, 730, TITLE), *page(
            1, "The ferry to Skerry Island sailed again on Tuesday after nine", "days in dock, and the harbour mas-",
            "ter was there to see it leave with",
        )],
        [], page(3, "eighty-five cars on board.", "Tickets cost 12 crowns."), page(4, "Nobody was hurt at any time."),
    ])  # fmt: skip
    [article] = read(written(tmp_path / "a.pdf", content))
    assert "after nine days in dock" in article.text
    assert "to see it leave with eighty-five cars on board." in article.text
    assert [article.page(article.text.index(words)) for words in ("ferry to", "eighty-five", "Nobody")] == [
        1,
        3,
        4,
    ]
    assert "Harbour report 2024" not in article.text
    assert {"Harbour report 2024, no. 1", "3"} <= set(article.left_out)
    assert article.text.startswith(f"## {TITLE}\n\n")


def test_pages_and_what_was_left_out_are_kept_by_a_collection(tmp_path: Path, embedder: object) -> None:
    for name in ("a.pdf", "b.html"):
        written(tmp_path / "in" / name, SAMPLES[name.replace("b.", "a.")])
    with Collection.open(tmp_path / "c", create=True, embedder=embedder) as collection:
        collection.add([tmp_path / "in"])
        assert collection.article("a.pdf").page(30) == 1
        assert "Home" in collection.left_out("b.html")
        assert collection.add([tmp_path / "in"]).unchanged == ("a.pdf", "b.html")


def test_a_word_document_keeps_headings_lists_and_tables(tmp_path: Path) -> None:
    [article] = read(written(tmp_path / "a.docx", SAMPLES["a.docx"]))
    assert "\n\n### What it cost\n\n- Repairs: 1.2 million crowns\n\n- Cars waiting | 85\n\n" in article.text


def test_a_mail_leaves_out_the_mail_it_answers_and_the_signature(tmp_path: Path) -> None:
    [article] = read(written(tmp_path / "a.eml", eml()))
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert article.left_out[:2] == ("On Monday, Ole wrote:", "> Is the ferry back?")


def test_attachments_are_articles_of_their_own(tmp_path: Path) -> None:
    articles = read(
        written(tmp_path / "a.eml", eml(html=True, attachment=("report.docx", SAMPLES["a.docx"])))
    )
    assert [article.name for article in articles] == ["a.eml", "a.eml#report.docx"]


def test_columns_may_be_given(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", CSV.replace("Body", "Inhalt"))
    with pytest.raises(
        LoadError, match=r"no column for the text among 'Headline', 'Source', 'pub_date', 'Inhalt'"
    ):
        read(path)
    assert read(path, columns={"text": "Inhalt"})[0].title == TITLE


def test_markup_in_a_column_is_read_as_markup(tmp_path: Path) -> None:
    [article] = read(
        written(
            tmp_path / "a.json",
            json.dumps([{"id": 7, "content_html": f"<p>{FIRST}</p><ul><li>85 cars</li></ul>"}]),
        )
    )
    assert (article.name, article.text) == ("a.json#7", f"{FIRST}\n\n- 85 cars")


def test_fields_beside_a_file_take_the_place_of_its_own(tmp_path: Path) -> None:
    page, text = written(tmp_path / "a.html", HTML), written(tmp_path / "b.txt", FIRST)
    written(
        tmp_path / "a.meta.json",
        json.dumps({"publisher": "Herald", "date": "2024-02-09", "fetched": "2024-03-01"}),
    )
    written(tmp_path / "metadata.csv", "file,outlet,language\nb.txt,Post,en\na.html,Times,sv\n")
    [one], [two] = read(page), read(text)
    assert (one.outlet, one.author, one.published, one.fetched, one.language) == (
        "Herald",
        "Nell Harbin",
        date(2024, 2, 9),
        date(2024, 3, 1),
        "sv",
    )
    assert (two.outlet, two.language) == ("Post", "en")
    assert [found.name for found in find_files(tmp_path)] == ["a.html", "b.txt"]
    written(tmp_path / "a.meta.json", "{")
    with pytest.raises(LoadError, match=r"a\.meta\.json: is not valid JSON"):
        read(page)


def test_links_out_of_a_folder_and_a_saved_pages_own_folder_are_passed_over(tmp_path: Path) -> None:
    secret = written(tmp_path / "secret.txt", FIRST)
    written(tmp_path / "in" / "page.html", HTML)
    written(tmp_path / "in" / "page_files" / "ad.html", HTML)
    (tmp_path / "in" / "out.txt").symlink_to(secret)
    notices: list[str] = []
    assert [found.name for found in find_files(tmp_path / "in", notify=notices.append)] == ["page.html"]
    assert "out.txt: skipped, a link that leads out of the folder" in "".join(notices)


def test_an_archive_names_its_files_and_goes_on_after_a_broken_one(tmp_path: Path) -> None:
    files = {
        "b/one.txt": FIRST,
        "a.txt": SECOND,
        "__MACOSX/x.txt": "x",
        "c.pdf": "%PDF-1.4 broken",
        "logo.png": "x",
    }
    notices: list[str] = []
    articles = list(
        load(
            written(tmp_path / "a.zip", zipped({**files, "in.zip": zipped({"d.txt": FIRST})})),
            notify=notices.append,
        )
    )
    assert [article.name for article in articles] == ["a.zip#a.txt", "a.zip#b/one.txt", "a.zip#in.zip#d.txt"]
    assert len(notices) == 1
    assert "c.pdf: is a broken PDF" in notices[0]


def nested(depth: int) -> bytes:
    content = zipped({"a.txt": FIRST})
    for _ in range(depth):
        content = zipped({"a.zip": content})
    return content


def lying_zip() -> bytes:
    """An archive that says of a file of 300 MB that it has a hundred bytes."""
    packed = zipped({"a.txt": "x" * 3_000_000})
    return packed.replace(struct.pack("<I", 3_000_000), struct.pack("<I", 100))


def greedy_xz() -> bytes:
    """An archive that asks for four gigabytes of memory to be unpacked in: block header, filter LZMA2, its dictionary."""
    packed = bytearray(SAMPLES["a.tar.xz"])
    start, end = 12, 12 + 4 * packed[12]
    assert packed[start + 2 : start + 4] == b"\x21\x01"
    packed[start + 4] = 40
    packed[end : end + 4] = struct.pack("<I", zlib.crc32(packed[start:end]))
    return bytes(packed)


LOCKED = '<e xmlns:c="u"><c:CipherReference URI="OEBPS/one.xhtml"/></e>'
XML_BOMB = '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.html", b"", "is empty"),
        ("a.html", "Just a line.", "holds no HTML"),
        ("a.html", "<html><body><nav><a href='/'>Home</a></nav></body></html>", "holds no article, only menus"),
        ("a.html", "<html><body>" + "<div>" * 5000 + FIRST, "nested more than"),
        ("a.html", SAMPLES["a.pdf"], "holds no HTML; it looks like .pdf"),
        ("a.pdf", HTML, "is no PDF; it looks like .html"),
        ("a.pdf", SAMPLES["a.pdf"][:300], "is a broken PDF"),
        ("a.pdf", pdf([[], []]), "has no text layer, only pictures (2 pages)"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old Word file or an encrypted one"),
        ("a.docx", zipped({"x.txt": "x"}), "is no Word document; it looks like .zip"),
        ("a.docx", SAMPLES["a.docx"][:2000], "is no ZIP archive that can be read"),
        ("a.epub", zipped({"x.txt": "x"}), "holds no META-INF/container.xml"),
        ("a.epub", epub(**{"OEBPS/book.opf": XML_BOMB + "<package>&b;</package>"}), "EntitiesForbidden"),
        ("a.epub", epub(**{"META-INF/encryption.xml": LOCKED}), "is encrypted (DRM)"),
        ("a.eml", "Dear all,\n\nno header here.", "is no e-mail message"),
        ("a.mbox", eml(), "is no mailbox"),
        ("a.mhtml", HTML, "holds no web page; it looks like .html"),
        ("a.warc", HTML, "is no web archive that can be read"),
        ("a.csv", "a,b\n1,2\n", "no column for the text among 'a', 'b'"),
        ("a.csv", "title,text\nx,one,two\n", "line 2 has more values than there are columns"),
        ("a.csv", "title,text\nx," + "y" * 1_100_000 + "\n", "the row after line 1 is not valid"),
        ("a.jsonl", '{"text": "' + "y" * 50_000_000 + '"}', "holds 50,000,000 characters, the limit is 1,000,000"),
        ("a.json", "[" * 100_000, "is not valid JSON"),
        ("a.json", '{"articles": []}', "holds no article"),
        ("a.rss", XML_BOMB + "<rss><channel><title>&b;</title></channel></rss>", "declares XML entities"),
        ("a.xml", "<note>x</note>", "is no RSS or Atom feed"),
        ("a.urls", "https://example.org/a\n", "lists 1 addresses, and fetching is off"),
        ("a.urls", "file:///etc/passwd\n", "line 1 is no web address"),
        ("a.zip", zipped({"a.png": "x"}), "holds no file of a known kind"),
        ("a.zip", zipped({"a.txt": FIRST, "../../b.txt": "x"}), "'../../b.txt' in it leads out of the archive"),
        ("a.zip", zipped({"a.txt": FIRST, "/etc/b.txt": "x"}), "leads out of the archive"),
        ("a.zip", zipped({"a.txt": FIRST, "b.txt": "x" * 20_000_000}), "as in a ZIP bomb"),
        ("a.zip", lying_zip(), "in it is broken"),
        ("a.zip", nested(4), "lies more than 3 containers deep"),
        ("a.zip", SAMPLES["a.zip"][:-10], "is no ZIP archive that can be read"),
        ("a.tar.gz", tarred({"../b.txt": "x"}), "leads out of the archive"),
        ("a.tar.gz", tarred({"a.txt": "x" * 60_000_000}), "as in an archive bomb"),
        ("a.tar.gz", SAMPLES["a.tar.gz"][:-40], "is no tar archive that can be read"),
        ("a.tar.gz", HTML, "is no tar archive that can be read"),
        ("a.tar.xz", SAMPLES["a.tar.xz"][:-80], "is no tar archive that can be read"),
        ("a.tar.xz", greedy_xz(), "Memory usage limit exceeded"),
        ("a.txz", tarred({"a.txt": "x" * 60_000_000}, lzma.compress), "as in an archive bomb"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_name_and_a_reason(
    tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    assert reason in refused(written(tmp_path / name, content))


def test_an_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    owner = "(" + "x" * 32 + ")"
    content = SAMPLES["a.pdf"].replace(
        b"/Info",
        f"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O {owner} /U {owner} /P -4 >> /Info".encode(),
    )
    assert "is encrypted; save a copy without a password" in refused(written(tmp_path / "a.pdf", content))


def test_links_in_an_archive_are_not_followed(tmp_path: Path) -> None:
    notices: list[str] = []
    path = written(tmp_path / "a.tar.gz", tarred({"a.txt": FIRST}, link="b.txt"))
    assert [article.text for article in load(path, notify=notices.append)] == [FIRST]
    assert "'b.txt' in it is a link or a device, and was left out" in notices[0]


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("cp1252", '<meta charset="iso-8859-1">'),
        ("cp1251", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'),
        ("utf-8", '<meta charset="iso-8859-1">'),
    ],
)
def test_a_page_is_read_in_the_encoding_that_fits(tmp_path: Path, name: str, head: str) -> None:
    words = (
        "Паром снова ходит на остров, сообщил в понедельник капитан порта."
        if name == "cp1251"
        else "Le café de l’hôtel a rouvert à Noël, dit Zoë à la mairie."
    )
    page = f"<html><head>{head}</head><body><article><h1>Titre</h1><p>{words}</p></article></body></html>"
    [article] = read(written(tmp_path / "a.html", page.encode(name)))
    assert words in article.text


def test_embedded_pictures_do_not_count_for_a_pages_size(tmp_path: Path) -> None:
    picture = "data:image/png;base64," + "iVBORw0K" * 2_000_000
    [article] = read(
        written(tmp_path / "a.html", HTML.replace("<article>", f'<article><img src="{picture}">'))
    )
    assert FIRST in article.text


def test_damaged_files_of_every_kind_give_articles_or_clear_errors() -> None:
    """A hundred cases a kind; `python3 dev.py fuzz` tries ten thousand."""
    here = Path(__file__).parent
    path = os.pathsep.join([str(here.parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, str(here / "fuzz_loaders.py"), "100"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
