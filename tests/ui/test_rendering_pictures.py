"""The disagreement drawn, and the report that opens anywhere."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from conftest import hostile_answer, make_figure
from hypothesis import given
from hypothesis import strategies as st
from pages import HOSTILE, Page

from qa import Answer
from ui.rendering import answer_html
from ui.rendering.axes import Axis
from ui.rendering.disagreement import disagreement

SVG = "{http://www.w3.org/2000/svg}"


def drawn(answer: Answer) -> list[ElementTree.Element]:
    """The pictures, which are well-formed XML."""
    return [ElementTree.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", disagreement(answer, "a"))]


def with_figures(answer: Answer, *changes: dict[str, object]) -> Answer:
    figures = tuple(
        replace(sourced, figure=replace(sourced.figure, **change))
        for sourced, change in zip(answer.figures, changes, strict=True)
    )
    return replace(answer, figures=figures)


def readable(value: float) -> bool:
    return value == 0 or abs(value) > 1e-6


@given(st.lists(st.floats(-1e12, 1e12).filter(readable) | st.integers(0, 10**9), min_size=1, max_size=8))
def test_every_value_stands_on_its_axis_and_few_are_written(values: list[float]) -> None:
    axis = Axis.over(values)
    assert all(-1e-6 <= axis.place(value) <= 1 + 1e-6 for value in values)
    ticks = axis.ticks()
    assert 2 <= len(ticks) <= 9
    assert ticks == sorted(set(ticks))


def test_a_wide_spread_is_drawn_on_a_log_scale() -> None:
    assert not Axis.over([9, 60]).log
    assert Axis.over([3_000, 100_000]).log
    assert not Axis.over([0, 100_000]).log


def test_every_figure_has_its_row_with_its_outlet_and_day(answer: Answer) -> None:
    picture = drawn(answer)[0]
    words = " ".join(picture.itertext())
    assert len(picture.findall(f".//{SVG}circle")) == 2
    for part in ("nine", "Harbour News, 2024-05-06", "Fourteen", "The Gazette, 2024-05-07"):
        assert part in words
    told = picture.find(f"{SVG}desc")
    assert told is not None and "Fourteen" in str(told.text)


def test_a_range_is_a_bar_and_a_bound_points_onward(answer: Answer) -> None:
    picture = drawn(with_figures(answer, {"low": 5.0, "bound": "range"}, {"bound": "min"}))[0]
    assert len(picture.findall(f".//{SVG}rect")) == 1
    assert len(picture.findall(f".//{SVG}path")) == 1


def test_figures_of_different_days_are_drawn_over_time_too(answer: Answer) -> None:
    assert len(drawn(answer)) == 2
    same_day = with_figures(answer, {"as_of": "2024-05-06"}, {"as_of": "2024-05-06"})
    assert len(drawn(same_day)) == 1


def test_colour_says_nothing_and_silent_sources_are_listed(answer: Answer) -> None:
    page = disagreement(answer, "a")
    paints = set(re.findall(r'(?:fill|stroke)="([^"]*)"', page))
    assert paints <= {"currentColor", "none", "var(--es-paper, none)"}
    assert "c&#45;recipes.md" in page


def test_one_figure_alone_is_no_disagreement(answer: Answer) -> None:
    assert disagreement(replace(answer, groups=(replace(answer.groups[0], members=(0,)),)), "a") == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_article_runs_nothing_in_the_report(text: str) -> None:
    page = answer_html(hostile_answer(text))
    for sign in ("<script", "<img", "onerror=a", "javascript:a"):
        assert sign not in page
    assert "default-src 'none'" in page


def test_a_hostile_label_stays_text_in_the_picture(answer: Answer) -> None:
    article = replace(answer.sources[0].article, outlet='</title><script>alert(1)</script>"')
    sources = (replace(answer.sources[0], article=article), *answer.sources[1:])
    picture = drawn(replace(answer, sources=sources))[0]
    assert "<script>alert(1)</script>" in " ".join(picture.itertext())
    assert not picture.findall(f".//{SVG}script")


def test_the_report_is_one_file_with_every_quote_in_its_article(answer: Answer) -> None:
    page = answer_html(answer)
    assert not re.search(r'(?:src|href)="(?!#)', page)
    body = Page(page.partition("<body>")[2].partition("</body>")[0])
    assert {link.removeprefix("#") for link in body.links} <= set(body.ids)
    assert make_figure(answer.sources[0].article, "nine", 9).text in body.marked
