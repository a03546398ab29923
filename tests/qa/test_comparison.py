from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.comparison import Group, SourcedFigure, group_figures, speaking
from qa.figures import extract_figures
from qa.figures.agreement import explanation
from qa.short_answers import compare_short_answers

QUESTION = "how many troops were reported?"


def sourced(*texts, copies=None):
    """Every figure of each text, one source a text, named A, B, C ...; `copies` names originals."""
    found = []
    for place, text in enumerate(texts):
        source = chr(ord("A") + place)
        original = (copies or {}).get(source, source)
        found += [SourcedFigure(source, 0, f, original) for f in extract_figures(text) if f.unit != "date"]
    return found


def first(*texts, question=QUESTION, copies=None):
    return group_figures(sourced(*texts, copies=copies), question)[0]


def test_a_spread_of_troops_is_a_difference():
    texts = [f"North Korea sent {n} troops to Russia." for n in ("3,000", "12,000", "30,000", "100,000")]
    group = first(*texts)
    assert group.verdict == "differ"
    assert (group.low, group.high, group.sources, group.independent) == (3000, 100_000, 4, 4)


def test_troops_and_tonnes_of_grain_are_no_conflict():
    groups = group_figures(
        sourced("The army has 10,000 troops.", "The ship has 11,000 tonnes of grain."), QUESTION
    )
    assert [g.verdict for g in groups] == ["single", "single"]
    assert groups[0].counts == "troops"


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("3,000 troops were sent", "3,000 soldiers were sent", "agree"),
        ("10,000 to 20,000 troops were sent", "12,000 troops were sent", "agree"),
        ("about 12,000 troops were sent", "12,500 troops were sent", "agree"),
        ("more than 12,000 troops were sent", "15,000 troops were sent", "agree"),
        ("up to 12,000 troops were sent", "11,000 troops were sent", "agree"),
        ("1.2 million troops were sent", "1,234,567 troops were sent", "agree"),
        ("twelve thousand troops were sent", "12,000 troops were sent", "agree"),
        ("more than 12,000 troops were sent", "9,000 troops were sent", "differ"),
        ("at least 3,000 troops were sent", "100,000 troops were sent", "differ"),
        ("650,000 troops were sent", "652,723 troops were sent", "differ"),
        ("761 people were killed", "764 people were killed", "differ"),
    ],
)
def test_numbers_agree_when_a_range_a_qualifier_or_rounding_allows_it(left, right, verdict):
    assert first(f"Some say {left}.", f"Others say {right}.").verdict == verdict


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Orla sent 3,000 Orlan troops.", "Kestria sent 9,000 Kestrian troops."),
        ("Orla has sent 3,000 troops.", "Orla may send 9,000 troops."),
        ("Some 3,000 soldiers were killed.", "Some 9,000 soldiers were wounded."),
        ("Some 3,000 soldiers were killed.", "Orla recruits 9,000 soldiers each month."),
        ("They have 40 ballistic missiles.", "They have 90 cruise missiles."),
        ("The bridge cost $40 million.", "The budget is €90 million."),
        ("Turnout was 40 percent.", "Inflation was 90 percent."),
        ("Orla confirmed that 40 soldiers died.", "Orla has not confirmed that 90 soldiers died."),
    ],
)
def test_other_things_owners_states_and_units_are_never_compared(left, right):
    groups = group_figures(sourced(left, right), QUESTION)
    assert [g.verdict for g in groups] == ["single", "single"]


def test_copies_of_one_text_count_once():
    text = "North Korea sent 3,000 troops."
    group = first(text, text, text, "North Korea sent 3,000 soldiers.", copies={"B": "A", "C": "A"})
    assert (group.sources, group.independent, group.verdict) == (4, 2, "agree")


def test_a_source_and_its_copy_alone_are_a_single_voice():
    text = "North Korea sent 3,000 troops."
    assert first(text, text, copies={"B": "A"}).verdict == "single"


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ("In 2019, 12 people were killed.", "In 2023, 45 people were killed.", "different dates"),
        ("Orla sent 3,000 troops.", "Orla sent an additional 7,000 troops.", "on top"),
        ("Some 300 school teachers were fired.", "Some 900 teachers were fired.", "part"),
    ],
)
def test_a_difference_may_be_explained(left, right, reason):
    group = first(left, right, question="how many people, troops or teachers?")
    assert group.verdict == "explained"
    assert reason in group.reason


def test_a_count_that_one_text_dates_is_of_that_day_in_a_report_of_the_next_days_too():
    def explained(left, right, days):
        figures = [
            extract_figures(text, published=date(2024, 10, 20 + day))[-1]
            for text, day in zip((left, right), days, strict=True)
        ]
        return explanation(*figures)

    assert explained("On Saturday the match drew 900 people.", "The match drew 700 people.", (0, 2)) is None
    assert explained("On Saturday it was 9 degrees.", "It was 7 degrees.", (0, 2)) is not None
    assert explained("In 2019 the match drew 900 people.", "The match drew 700 people.", (0, 2)) is not None


def test_a_reason_for_one_pair_of_figures_does_not_explain_another():
    text = "North Korea may send 30,000 troops. It may send an additional 5,000 troops."
    assert first(text, "North Korea may send 100,000 troops.").verdict == "differ"


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("how many troops were sent?", "troops"),
        ("how many people were killed?", "people"),
        ("how much does the bridge cost?", "bridge"),
        ("how old is the driver?", "driver"),
    ],
)
def test_the_group_asked_for_comes_first(question, counted):
    text = "Some 45 people were killed. Orla sent 3,000 troops. The bridge cost $4 million. The 45-year-old driver fled."
    assert group_figures(sourced(text), question)[0].counts.endswith(counted)


def test_pay_is_lined_up_across_wordings():
    group = first(
        "Russia is compensating them with $2,000 per month.",
        "The compensation for these soldiers is $2,000 a month.",
        "Their average monthly income is less than $1.",
        question="how much are the soldiers paid?",
    )
    assert (group.unit, group.verdict, group.sources) == ("USD/month", "agree", 2)


def test_no_figures_make_no_groups():
    assert group_figures([], QUESTION) == ()


def test_an_impossible_group_cannot_be_made():
    with pytest.raises(ValueError, match="independent"):
        Group("troops", "persons", None, "single", 1, 1, (0,), 1, 2, None)
    with pytest.raises(ValueError, match="at least one"):
        Group("troops", "persons", None, "single", 1, 1, (), 1, 1, None)


NUMBERS = st.lists(st.integers(2, 500_000), min_size=1, max_size=7)


@settings(derandomize=True, deadline=None, max_examples=60, database=None)
@given(numbers=NUMBERS)
def test_every_figure_is_in_exactly_one_group_and_order_is_steady(numbers):
    figures = sourced(*[f"Orla sent {n:,} {'troops' if n % 2 else 'trucks'}." for n in numbers])
    groups = group_figures(figures, QUESTION)
    assert sorted(m for g in groups for m in g.members) == list(range(len(figures)))
    assert groups == group_figures(figures, QUESTION)
    for group in groups:
        values = {figures[m].figure.low for m in group.members}
        if group.independent > 1:
            assert (group.verdict == "agree") == (len(values) == 1)


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [
        ("Kim Jong Un", "North Korean leader Kim Jong Un", "same"),
        ("The Dunai port", "dunai port", "same"),
        ("Café Müller", "Cafe Muller", "same"),
        ("1965", "in 1965", "same"),
        ("1965", "1952", "different"),
        ("August 1968", "27 August 1968", "same"),
        ("August 21st 1968", "27 August 1968", "different"),
        ("62 km/h", "65 km/h (40 mph)", "different"),
        ("59 dead and 50 prisoners", "10 dead and 47 prisoners", "different"),
        ("three people", "3 people", "same"),
        ("it was confirmed", "it was not confirmed", "different"),
        ("no water", "food and shelter", "cannot tell"),
        ("no", "yes", "different"),
        ("selective", "non-selective", "different"),
        ("a selective agonist", "nonselective agonist", "different"),
        ("at 3:15 am", "3.15 a.m. on Monday", "same"),
        ("at 3:15 am", "a little after three", "same"),
        ("at 3:15 am", "at 3:15 pm", "different"),
        ("half past one", "at 1.30 in the morning", "same"),
        ("15:15 GMT", "2 o'clock in the afternoon", "different"),
        ("about 4:30", "noon", "different"),
        ("shortly before midnight", "11:50 pm", "same"),
        ("at 3:15 am", "on Monday", "cannot tell"),
        ("fishing", "farming", "cannot tell"),
        ("", "farming", "cannot tell"),
        ("...", "!!!", "cannot tell"),
    ],
)
def test_short_answers_are_compared_by_their_own_words(left, right, likeness):
    assert compare_short_answers(left, right) == likeness
    assert compare_short_answers(right, left) == likeness


def test_a_similarity_decides_what_words_leave_open():
    assert compare_short_answers("fishing", "catching fish", lambda a, b: 0.9) == "same"
    assert compare_short_answers("Ada Novak", "Maria Lopez", lambda a, b: 0.2) == "different"
    assert compare_short_answers("fishing", "information technology", lambda a, b: 0.1) == "cannot tell"
    assert compare_short_answers("fishing", "farming", lambda a, b: 0.55) == "cannot tell"
    assert compare_short_answers("1965", "1952", lambda a, b: 0.95) == "different"


@settings(derandomize=True, deadline=None, max_examples=100, database=None)
@given(left=st.text(max_size=60), right=st.text(max_size=60))
def test_any_two_texts_can_be_compared(left, right):
    assert compare_short_answers(left, right) in {"same", "different", "cannot tell"}


PRICE = "what does the bridge cost?"


def test_a_price_that_changed_is_explained_by_the_change_and_not_hidden_in_it():
    group = first("The price of the bridge is $210m.", "Its price rose from $210m to $240m.", question=PRICE)
    assert (group.verdict, group.reason) == ("explained", "changed from $210m to $240m")
    other = first("The price of the bridge is $190m.", "Its price rose from $210m to $240m.", question=PRICE)
    assert other.verdict == "differ"


def test_the_value_before_a_change_speaks_where_the_new_one_is_no_answer():
    before, after = sourced("Its price rose from $210m to $240m.")
    assert [one.figure.low for one in speaking([replace(before, answers=True), after])] == [210e6]
    assert [one.figure.low for one in speaking([before, after])] == [240e6]


def test_an_older_version_is_updated_by_the_newer_one_and_contradicts_nobody():
    texts = ["Some 9 people were killed.", "Some 14 people were killed.", "Some 14 people were killed."]
    question = "how many people were killed?"
    assert group_figures(sourced(*texts), question)[0].verdict == "differ"
    group = group_figures(sourced(*texts), question, versions={"B": "A"})[0]
    assert group.verdict == "explained"
    assert group.reason == "updated: a later version of the article has 14 in place of 9"


def test_the_newest_version_still_differs_from_another_source():
    texts = ["Some 9 people were killed.", "Some 14 people were killed.", "Some 40 people were killed."]
    groups = group_figures(sourced(*texts), "how many people were killed?", versions={"B": "A"})
    assert groups[0].verdict == "differ"


def printed(*texts):
    """Every figure of each text, each printed five days after the one before."""
    return [
        SourcedFigure(chr(ord("A") + place), 0, figure, chr(ord("A") + place))
        for place, text in enumerate(texts)
        for figure in extract_figures(text, published=date(2024, 3, 4 + 5 * place))
        if figure.unit != "date"
    ]


@pytest.mark.parametrize(
    ("question", "earlier", "later", "verdict"),
    [
        (
            "how many people were in shelters?",
            "8,500 people were sheltered.",
            "1,600 people are left.",
            "explained",
        ),
        ("how many people were staying in camps?", "Some 8,500 people.", "Some 1,600 people.", "explained"),
        (
            "how many soldiers were deployed?",
            "600 soldiers were sent.",
            "1,950 soldiers are deployed.",
            "explained",
        ),
        (
            "how many soldiers were deployed?",
            "1,950 soldiers were sent.",
            "600 soldiers are deployed.",
            "differ",
        ),
        ("how many troops were sent?", "3,000 troops were sent.", "100,000 troops were sent.", "differ"),
        ("what was the damage?", "The damage is €400m.", "The damage is €1.2bn.", "differ"),
    ],
)
def test_days_of_printing_explain_tallies_that_go_on_and_nothing_else(question, earlier, later, verdict):
    assert group_figures(printed(earlier, later), question)[0].verdict == verdict


def test_a_part_of_a_whole_is_told_for_both_and_the_whole_is_no_second_value():
    group = first(
        "179 of the 181 people aboard were killed.",
        "The crash killed 181 people.",
        question="how many people were killed?",
    )
    assert group.verdict == "differ"
    part, whole = sourced("179 of the 181 people aboard were killed.")
    assert (part.figure.counts, part.figure.unit) == ("people", "persons")
    assert [s.figure.text for s in speaking([part, whole])] == ["179"]
    assert [s.figure.text for s in speaking([whole])] == ["181"]
