"""Files as a reader of news really has them: what is no article stays out, what is one stays whole."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from made_documents import FIRST, SECOND, TITLE, pdf, written

from index import Article, load

CONSENT = (
    '<div id="cookie-banner"><p>We and our 845 partners store information on your device to show you advertising.</p>'
    "<p>You may change what you agreed to at any time in the settings below, and for each of them alone.</p></div>"
)


def read(path: Path) -> Article:
    [article] = load(path)
    return article


def test_a_word_file_without_properties_gets_no_made_up_title_or_day(tmp_path: Path) -> None:
    from docx import Document

    made, stripped = io.BytesIO(), io.BytesIO()
    document = Document()
    document.add_paragraph(FIRST)
    document.save(made)
    with zipfile.ZipFile(made) as whole, zipfile.ZipFile(stripped, "w") as bare:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "_rels/.rels":
                content = re.sub(rb"<Relationship [^>]*core-properties[^>]*/>", b"", content)
            if name != "docProps/core.xml":
                bare.writestr(name, content)
    article = read(written(tmp_path / "statement.docx", stripped.getvalue()))
    assert (article.title, article.author, article.fetched) == ("statement", None, None)


def page(body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="en"><head><title>{TITLE} | Coast Gazette</title>{head}</head><body>{body}</body></html>'


def test_a_short_page_does_not_keep_its_cookie_note(tmp_path: Path) -> None:
    article = read(
        written(tmp_path / "a.html", page(f"{CONSENT}<main><h1>{TITLE}</h1><p>{FIRST}</p></main>"))
    )
    assert article.text == f"# {TITLE}\n\n{FIRST}"


def test_a_paywall_leaves_the_part_above_it(tmp_path: Path) -> None:
    wall = (
        "<div class='piano-offer'><h2>Keep reading for 1 crown a week</h2><p>You have read your two free articles this month."
        " Subscribe to continue reading, and get all our journalism.</p><ul><li>Unlimited articles on every device</li></ul></div>"
    )
    article = read(
        written(
            tmp_path / "a.html",
            page(f"<article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>{wall}</article>"),
        )
    )
    assert article.text == f"# {TITLE}\n\n{FIRST}\n\n{SECOND}"
    assert "Unlimited articles on every device" in article.left_out


@pytest.mark.parametrize("name", ["paywall", "has-cookie-consent"])
def test_an_article_in_a_box_that_is_called_after_its_notice_is_kept(tmp_path: Path, name: str) -> None:
    paragraphs = "".join(
        f"<p>On day {day} the ferry made nine crossings and carried some forty cars each time.</p>"
        for day in range(30)
    )
    body = f"<h1>{TITLE}</h1><p>{FIRST}</p><div class='{name}'>{paragraphs}</div>"
    text = read(written(tmp_path / "a.html", page(CONSENT + body))).text
    assert text.count("On day") == 30
    assert "partners" not in text


def test_an_answer_in_html_leaves_out_the_mail_it_answers(tmp_path: Path) -> None:
    quoted = f"<div class='gmail_quote'>On Monday Ole wrote:<blockquote><p>{SECOND}</p></blockquote></div>"
    message = EmailMessage()
    message["From"], message["Subject"] = "Nell Harbin <nell@gazette.example>", "Re: Ferry"
    message.set_content(f"<p>{FIRST}</p>{quoted}", subtype="html")
    assert read(written(tmp_path / "a.eml", message.as_bytes())).text == FIRST


def test_the_captions_of_a_gallery_are_its_article(tmp_path: Path) -> None:
    captions = [
        f"Picture {n} shows the ferry as it passes the lighthouse of Skerry, crowded to the rail."
        for n in range(3)
    ]
    figures = "".join(
        f'<figure class="gallery"><figcaption>{caption} <span class="credit">Photo: Ole</span></figcaption></figure>'
        for n, caption in enumerate(captions)
    )
    article = read(
        written(tmp_path / "a.html", page(f"<main><h1>{TITLE}</h1><p>{FIRST}</p>{figures}</main>"))
    )
    assert article.text == "\n\n".join([f"# {TITLE}", FIRST, *captions])


def test_an_encyclopedias_marks_are_no_part_of_its_sentences(tmp_path: Path) -> None:
    body = (
        f'<main><h1>{TITLE}</h1><p>The ferry sails <a href="/w">daily</a>.<sup class="reference"><a href="#1">[1]</a></sup></p>'
        f'<h2><span>Repairs</span><span class="mw-editsection">[<a href="/e">edit</a>]</span></h2><p>{FIRST}</p><p>{SECOND}</p>'
        '<h2>References</h2><ol class="references"><li>^ The Gazette. Retrieved 2 April 2024 by a reader of it.</li></ol></main>'
    )
    text = read(written(tmp_path / "a.html", page(body))).text
    assert text == f"# {TITLE}\n\nThe ferry sails daily.\n\n## Repairs\n\n{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize("as_markup", [False, True])
@pytest.mark.parametrize("shown", ["", f"<article><h1>{TITLE}</h1><p>{FIRST}</p></article>"])
def test_an_article_that_only_a_script_would_show_is_read(
    tmp_path: Path, shown: str, as_markup: bool
) -> None:
    paragraphs = [
        FIRST,
        SECOND,
        "Tickets &amp; timetables are on the pier, where the office opens at six in the morning.",
    ]
    body = "".join(f"<p>{words}</p>" for words in paragraphs) if as_markup else "\n\n".join(paragraphs)
    data = json.dumps({"@graph": [{"@type": "NewsArticle", "headline": TITLE, "articleBody": body}]})
    content = page(
        f"{shown}<noscript>Enable JavaScript.</noscript>",
        f'<script type="application/ld+json">{data}</script>',
    )
    text = read(written(tmp_path / "a.html", content)).text
    assert text == "\n\n".join([f"# {TITLE}", FIRST, SECOND, paragraphs[2].replace("&amp;", "&")])


def test_a_printed_page_and_a_reader_mode_say_who_when_and_where(tmp_path: Path) -> None:
    printed = page(f"<h1>{TITLE}</h1>By Nell Harbin<br>June 14, 2024<br><br>{FIRST}<br><br>{SECOND}<br>")
    article = read(written(tmp_path / "a.html", printed))
    assert (article.author, article.published) == ("Nell Harbin", date(2024, 6, 14))
    link = '<a class="domain reader-domain" href="https://gazette.example/ferry">gazette.example</a>'
    article = read(written(tmp_path / "b.html", page(f"{link}<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>")))
    assert article.url == "https://gazette.example/ferry"


@pytest.mark.parametrize("masthead", ["Sunday, November 22, 2026", "Last updated: November 22, 2026"])
def test_the_day_in_a_masthead_is_not_the_articles(tmp_path: Path, masthead: str) -> None:
    for headline in (f"<h1>{TITLE}</h1>", ""):
        content = page(
            f"<div>Coast Gazette</div><div>{masthead}</div>{headline}<p>{FIRST}</p><p>{SECOND}</p>"
        )
        assert read(written(tmp_path / "a.html", content)).published is None


def test_a_time_zone_that_nobody_knows_takes_no_day_away(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        page(
            f"<article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></article>",
            '<meta name="date" content="2024-03-04 10:00 MZ">',
        )
    )
    assert read(tmp_path / "a.html").published == date(2024, 3, 4)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_utf_16_is_read_with_and_without_its_mark(tmp_path: Path, name: str, encoding: str) -> None:
    content = page(f"<h1>{TITLE}</h1><p>{FIRST}</p>") if name == "a.html" else f"{TITLE}\n\n{FIRST}"
    assert FIRST in read(written(tmp_path / name, content.encode(encoding))).text


def test_words_broken_at_the_end_of_a_pdfs_lines_are_whole(tmp_path: Path) -> None:
    lines = [
        "Hollin dam had not been inspected for thir-",
        "teen years when it failed, says the re-",
        "port of the well-known",
        "commission.",
    ]
    left = [(10.0, 72.0, 700.0 - 13 * place, line) for place, line in enumerate(lines)]
    right = [
        (10.0, 320.0, 700.0 - 13 * place, line)
        for place, line in enumerate(["Nobody was", "charged with any-", "thing."])
    ]
    text = read(written(tmp_path / "a.pdf", pdf([left + right]))).text
    assert text == (
        "Hollin dam had not been inspected for thirteen years when it failed, says the report of the well-known commission."
        "\n\nNobody was charged with anything."
    )


def word(document_part: str, footnote: str = "") -> bytes:
    """A Word document with `document_part` in place of the paragraph that holds "HERE"."""
    from docx import Document

    document = Document()
    document.add_paragraph("Press release")
    document.add_heading(TITLE, level=1)
    document.add_paragraph("HERE")
    plain, stream = io.BytesIO(), io.BytesIO()
    document.save(plain)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:p><w:r><w:t>HERE</w:t></w:r></w:p>", document_part.encode())
            new.writestr(name, content)
        if footnote:
            new.writestr(
                "word/footnotes.xml",
                f'<w:footnotes {space}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
                f'<w:footnote w:id="1"><w:p><w:r><w:t>{footnote}</w:t></w:r></w:p></w:footnote></w:footnotes>',
            )
    return stream.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_a_word_file_is_read_as_it_stands_with_its_changes_and_notes(tmp_path: Path) -> None:
    part = (
        f"<w:p>{run('Boats ')}<w:ins w:id='1' w:author='x'>{run('and lorries ')}</w:ins>"
        f"<w:del w:id='2' w:author='x'><w:r><w:delText>never </w:delText></w:r></w:del>{run('came.')}</w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run('Cover page words.')}</w:p></w:sdtContent></w:sdt>"
    )
    article = read(written(tmp_path / "a.docx", word(part, footnote="Two of them on Monday.")))
    assert article.title == TITLE
    assert article.text.endswith(
        f"## {TITLE}\n\nBoats and lorries came.\n\nCover page words.\n\n- Two of them on Monday."
    )


def mail(subject: str, plain: str, html: str = "") -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Nell Harbin <nell@gazette.example>", subject
    message.set_content(plain)
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


OUTLOOK = f"{'_' * 32}\nFrom: Ole Vik <ole@post.example>\nSent: Monday, 1 July 2024 08:00\nTo: Nell\nSubject: Ferry\n\n{SECOND}\n"
APPLE = f"On 1 Jul 2024, at 09:02, Ole Vik <ole@post.example>\nwrote:\n\n> {SECOND}\n"


@pytest.mark.parametrize("quoted", [OUTLOOK, APPLE])
def test_the_words_of_the_mail_that_is_answered_are_not_put_into_the_mouth_of_who_answers(
    tmp_path: Path, quoted: str
) -> None:
    article = read(written(tmp_path / "a.eml", mail("Re: Ferry", f"{FIRST}\n\n{quoted}")))
    assert article.text == FIRST
    assert SECOND in " ".join(article.left_out)


def test_a_mail_that_is_passed_on_is_kept(tmp_path: Path) -> None:
    assert SECOND in read(written(tmp_path / "a.eml", mail("Fwd: Ferry", f"{FIRST}\n\n{OUTLOOK}"))).text


def test_a_newsletter_is_what_its_html_says_and_not_its_stub(tmp_path: Path) -> None:
    html = (
        f"<table><tr><td><a href='x'>View in browser</a></td></tr><tr><td><p>{FIRST}</p><p>{SECOND}</p></td></tr>"
        "<tr><td><p>You receive this e-mail because you signed up. <a href='x'>Unsubscribe</a></p></td></tr></table>"
    )
    content = mail("Briefing", "View this email in your browser: https://x.example", html)
    assert read(written(tmp_path / "a.eml", content)).text == f"{FIRST}\n\n{SECOND}"
