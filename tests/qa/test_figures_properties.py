from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.figures import extract_figures, find_speaker

PUBLISHED = date(2024, 10, 23)
STEADY = settings(derandomize=True, deadline=None, max_examples=150, database=None)
_BELOW_TWENTY = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ONES = ("", *_BELOW_TWENTY.split())
TENS = ("", "", *_TENS.split())
SCRAPS = st.text(alphabet="0123456789.,-–−/ $€£%kKmMbn°½⅓()“”'\n") | st.sampled_from(
    ["million", "hundred", " and ", " to ", "between ", "half a ", "of ", "a ", "dozen", "one", "two-thirds", "in ",
     "people", " said", "May ", "2024", "per month", "not ", "aged ", "%", "e-", "×10−", "tens of "]
)  # fmt: skip


def spell(number):
    """A number below a thousand million in English words."""
    for scale, name in ((1_000_000, "million"), (1000, "thousand")):
        if number >= scale:
            rest = number % scale
            joint = " and " if 0 < rest < 100 else " "
            return f"{spell(number // scale)} {name}{joint + spell(rest) if rest else ''}"
    if number >= 100:
        return f"{ONES[number // 100]} hundred{' and ' + spell(number % 100) if number % 100 else ''}"
    if number >= 20:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    return ONES[number]


WAYS = {
    "commas": lambda n: f"{n:,}",
    "plain": str,
    "spaces": lambda n: f"{n:,}".replace(",", "\u202f"),
    "words": spell,
}


def people_in(written):
    text = f"Officials said {written} people were evacuated."
    return [f for f in extract_figures(text) if f.counts == "people"]


@STEADY
@pytest.mark.parametrize("way", sorted(WAYS))
@given(number=st.integers(2, 999_999_999))
def test_any_number_comes_back_however_it_is_written(way, number):
    figures = people_in(WAYS[way](number))
    assert [(f.low, f.high) for f in figures] == [(number, number)]


@STEADY
@given(
    tenths=st.integers(11, 9999),
    scale=st.sampled_from([(" million", 1e6), ("m", 1e6), ("bn", 1e9), ("K", 1e3), (" crore", 1e7)]),
)
def test_any_scaled_decimal_comes_back(tenths, scale):
    figures = people_in(f"{tenths / 10:.1f}{scale[0]}")
    assert [f.low for f in figures] == [pytest.approx(tenths / 10 * scale[1])]


@STEADY
@given(
    low=st.integers(2, 400_000),
    more=st.integers(1, 400_000),
    form=st.sampled_from(["{} to {}", "{}-{}", "{} – {}", "between {} and {}", "from {} to {}"]),
)
def test_any_range_comes_back(low, more, form):
    figures = people_in(form.format(f"{low:,}", f"{low + more:,}"))
    assert [(f.low, f.high, f.bound) for f in figures] == [(low, low + more, "range")]


def check(text, published):
    for figure in extract_figures(text, published=published):
        assert text[figure.start : figure.end] == figure.text
        assert figure.low <= figure.high
        for _, span in figure.parts:
            assert span.text
            assert text[span.start : span.end] == span.text


@STEADY
@given(text=st.text(max_size=300), published=st.none() | st.dates())
def test_any_unicode_text_is_read_and_offsets_cut_what_they_claim(text, published):
    check(text, published)
    find_speaker(text, 0, len(text))


@STEADY
@given(text=st.lists(SCRAPS, max_size=24).map("".join), published=st.none() | st.dates())
def test_scraps_of_numbers_are_read_and_offsets_cut_what_they_claim(text, published):
    check(text, published)
    find_speaker(text, 0, len(text))


@STEADY
@given(text=st.lists(SCRAPS, max_size=24).map("".join), start=st.integers(-5, 80), end=st.integers(-5, 80))
def test_figures_lie_inside_the_span_asked_for(text, start, end):
    for figure in extract_figures(text, start, end, published=PUBLISHED):
        number = figure.part("number")
        assert start <= figure.start and number.end <= end
