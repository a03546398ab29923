"""Pages of a dozen kinds of news site: nothing of the site in any passage, nothing of the article lost."""

from __future__ import annotations

import html
import re
from pathlib import Path

import more_site_templates
import pytest
import site_templates
from made_documents import written
from site_templates import Story, Template

from index import Article, load, split
from index.sentences import sentences

EXAMPLES = sorted((Path(__file__).parents[3] / "examples" / "articles").glob("*.md"))
TEMPLATES = (
    site_templates.wordpress, site_templates.broadcaster, site_templates.tabloid, site_templates.live_blog, site_templates.magazine,
    site_templates.agency, more_site_templates.ministry, more_site_templates.table_layout, more_site_templates.amp,
    more_site_templates.reader_mode, more_site_templates.web_app, more_site_templates.local_paper,
)  # fmt: skip
POINTS = (
    "Rescue crews are still at work in the valley",
    "Schools stay closed until Monday",
    "Ministers meet on Friday",
)


def story(path: Path) -> Story:
    """A demo article as an editor has it, without the page furniture that some of them imitate."""
    [article] = load(path)
    blocks = []
    for line in filter(None, map(str.strip, article.text.split("\n"))):
        [first, *_] = sentences(line)
        if first.kind != "boilerplate" and not line.startswith(
            ("**14:45** Picture", "Share this", "Sign up", "Read next")
        ):
            kind = (
                "h"
                if line.startswith("#") or first.kind == "heading"
                else "li"
                if line.startswith("- ")
                else "p"
            )
            blocks.append((kind, line.strip("#* ").removeprefix("- ") if kind != "p" else line))
    assert article.published
    return Story(
        article.title,
        article.author or "",
        article.outlet or "",
        article.published.isoformat(),
        tuple(blocks),
        POINTS,
    )


def load_page(folder: Path, page: str) -> Article:
    [article] = load(written(folder / "page.html", page))
    return article


def texts_of(page: str) -> set[str]:
    """The texts between a page's tags."""
    bare = re.sub(r"(?s)<(script|style|title)\b.*?</\1>|<!--.*?-->", " ", page, flags=re.IGNORECASE)
    texts = (" ".join(html.unescape(text).split()) for text in re.split(r"<[^>]*>", bare))
    return {text for text in texts if len(text.split()) > 1}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.__name__)
@pytest.mark.parametrize("which", [(0, 1, 2), (3, 6, 9)])
def test_passages_hold_the_whole_article_and_nothing_of_the_site(
    tmp_path: Path, template: Template, which: tuple[int, ...]
) -> None:
    for made in (story(EXAMPLES[place]) for place in which):
        page = template(made)
        article = load_page(tmp_path, page)
        blocks = {" ".join(text.split()) for _, text in made.blocks} | {made.title}
        passages = [passage.cut(article) for passage in split(article)]

        lost = [block for block in blocks if block not in article.text]
        assert not lost
        said = [text[a.start : a.end] for kind, text in made.blocks if kind != "h" for a in sentences(text)]
        assert not [sentence for sentence in said if not any(sentence in passage for passage in passages)]

        own_lines = texts_of(template(Story("", made.author, made.outlet, made.published, ())))
        furniture = [
            line
            for line in own_lines
            if any(line in passage for passage in passages) and not any(line in block for block in blocks)
        ]
        assert not furniture
        assert {line.lstrip("#- ") for line in article.text.split("\n")}.isdisjoint(
            own_lines - {"At a glance"}
        )


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.__name__)
def test_the_page_says_who_wrote_it_where_and_when(tmp_path: Path, template: Template) -> None:
    made = story(EXAMPLES[0])
    article = load_page(tmp_path, template(made))
    assert article.title == made.title
    assert article.text.startswith(f"# {made.title}\n\n")
    assert article.published and article.published.isoformat() == made.published
    assert article.author == made.author
    names_none = {more_site_templates.table_layout: None, more_site_templates.reader_mode: "example.org"}
    assert article.outlet == names_none.get(template, made.outlet)


@pytest.mark.parametrize(
    "template", [site_templates.tabloid, site_templates.broadcaster, site_templates.agency]
)
def test_points_above_the_article_are_kept_as_items(tmp_path: Path, template: Template) -> None:
    article = load_page(tmp_path, template(story(EXAMPLES[0])))
    kinds = {article.text[found.start : found.end]: found.kind for found in sentences(article.text)}
    assert {kinds[point] for point in POINTS} == {"bullet"}


def test_what_was_left_out_can_be_seen_line_by_line(tmp_path: Path) -> None:
    article = load_page(tmp_path, site_templates.wordpress(story(EXAMPLES[0])))
    assert {"Skip to content", "Recent Posts", "Choir looks for tenors"} <= set(article.left_out)
    assert not any(line in article.text for line in article.left_out if len(line.split()) > 4)


def test_the_date_of_a_saved_copy_is_not_the_date_of_publication(tmp_path: Path) -> None:
    article = load_page(tmp_path, more_site_templates.reader_mode(story(EXAMPLES[0])))
    assert article.published and article.published.isoformat() == "2024-03-04"
    assert article.fetched and article.fetched.isoformat() == "2024-10-15"
    assert article.url and article.url.startswith("https://example.org/stories/")
