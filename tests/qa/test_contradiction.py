import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.contradiction import affirms, contradicts
from qa.figures.clock import find_times


@pytest.mark.parametrize(
    ("denial", "statement"),
    [
        (
            "The governor did not order the evacuation.",
            "On Monday the governor ordered the evacuation of the town.",
        ),
        ("The firm will not cut jobs.", "The firm will cut 1,200 jobs."),
        ("The port isn't closed.", "Officials said the port is closed."),
        ("The fort's old name is not Orla, but rather Orlo.", "The old name of the fort is Orla."),
        ("The ministry denied that troops had crossed.", "The ministry admitted that troops had crossed."),
        (
            "The kitchen failed an inspection in May.",
            "The kitchen passed an inspection in May, the city said.",
        ),
        ("Exports to Vessia fell.", "Exports to Vessia rose sharply."),
        ("The crossing at Lohm remains closed.", "The crossing at Lohm remains open to lorries."),
        ("The union supports the merger.", "The union opposed the merger, and said so."),
        ("The gate held on all dams, excluding the Hollin dam.", "The gate of the Hollin dam held."),
    ],
)
def test_a_denial_of_what_another_source_says_is_shown_by_both_quotes(denial, statement):
    assert contradicts(denial, statement)
    assert contradicts(statement, denial)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("He did not order the evacuation.", "The governor ordered the evacuation."),
        ("The mayor did not order the evacuation.", "The governor ordered the evacuation."),
        ("The governor did not answer the Courier.", "The governor answered the mayor."),
        ("The governor may not order the evacuation.", "The governor ordered the evacuation."),
        ("The governor did not order the evacuation.", "The governor could have ordered the evacuation."),
        ("The dam has not yet failed.", "The dam failed."),
        ("The dam was not only old.", "The dam was old."),
        ("It is not confirmed that the dam failed.", "The dam failed."),
        ("The dam did not fail on 3 May 2020.", "The dam failed on 4 May 2021."),
        ("The dam did not fail.", "The dam did not fail."),
        ("The bridge did not open.", "The tunnel opened."),
        ("The bridge was not closed until Monday.", "The bridge was closed on Monday."),
        ("The deal has not been signed.", "The deal is expected to be signed."),
        ("The minister did not resign.", "The minister refused to resign."),
        ("The minister will not resign.", "The minister resigned."),
        ("The driver did not stop.", "The driver failed to stop."),
        ("The old bridge at Lohm is closed.", "The new bridge at Lohm is closed."),
        ("The north bridge at Lohm is closed.", "The south bridge at Lohm is closed."),
        ("Exports to Vessia fell in 2020.", "Exports to Vessia rose in 2021."),
        ("Exports to Vessia fell.", "Exports to Tarn rose."),
        ("Exports to Vessia may rise.", "Exports to Vessia fell."),
        ("Exports to Vessia did not rise.", "Exports to Vessia fell."),
        ("The union supports the merger.", "The union supports the merger, and its rivals oppose it."),
    ],
)
def test_what_two_quotes_do_not_show_is_no_contradiction(left, right):
    assert not contradicts(left, right)
    assert not contradicts(right, left)


@pytest.mark.parametrize(
    ("passage", "affirmed"),
    [
        ("The bridge will be rebuilt in concrete.", True),
        ("The state will not rebuild the bridge, as a new one stands.", False),
        ("The bridge may be rebuilt.", None),
        ("It is unclear whether the bridge will be rebuilt.", None),
        ("The tunnel will be rebuilt.", None),
        ("The bridge is closed, and nothing will be rebuilt.", None),
        ("The bridge will be rebuilt. The bridge will not be rebuilt.", None),
    ],
)
def test_a_yes_no_question_is_affirmed_or_denied_in_its_own_words(passage, affirmed):
    assert affirms("Will the bridge be rebuilt?", passage) is affirmed


@settings(derandomize=True, deadline=None, max_examples=100, database=None)
@given(text=st.text(max_size=120))
def test_any_text_is_read_and_never_contradicts_itself(text):
    assert not contradicts(text, text)
    assert affirms("Will the bridge be rebuilt?", text) in {True, False, None}
    affirms(text, text)
    for time in find_times(text):
        assert text[time.start : time.end]
        assert time.allows(time)


@pytest.mark.parametrize(
    "text", ["5-4", "£3.15m", "12 people", "a quarter of voters", "two to three", "1,930 am"]
)
def test_other_numbers_are_no_clock_times(text):
    assert find_times(text) == []
