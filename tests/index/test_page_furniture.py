"""Lines of saved pages that are no part of an article, and sentences that only look like them."""

from __future__ import annotations

import pytest

from index.boilerplate import is_boilerplate


@pytest.mark.parametrize(
    "line",
    [
        "Scroll down for video", "NOW PLAYING", "Up next", "Opens in new window", "Best viewed at 800 x 600.",
        "Our Standards: The Agency Principles., opens new tab", "Reporting by Ana Pell; Editing by Rolf Hale",
        "(Additional reporting by Ines Okoro in Lorn)", "A version of this article first appeared in the evening newsletter.",
        "Please log in or register to comment on this article.", "Already a subscriber? Log in",
        "By clicking “Accept”, you agree to the storing of cookies on your device.", "Manage cookies",
        "Please enable JavaScript to see the comments.", "Your browser does not support video.",
        "READ MORE: Ten soups for a cold evening", "Related: The comet with two tails", "See also: Roadworks on the ring road",
        "Get the latest headlines in your inbox", "Sign up for our daily newsletter.",
        "To sign up for our daily news bulletin, click here.",
    ],
)  # fmt: skip
def test_a_line_of_page_furniture_is_known(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by the newspaper found that 40 people had died.", "Editing by hand took the monks four years.",
        "The mayor urged residents to sign up for emergency alerts.", "Now playing at the Odeon, the film has drawn 9,000 people.",
        "Readers related the story to us on Monday.", "More than 300 dockers stayed away.", "This story appeared true at first.",
        "Cookies worth 3 million crowns were stolen from the bakery.", "The best viewed programme drew 4.2 million people.",
    ],
)  # fmt: skip
def test_a_sentence_that_looks_like_furniture_is_kept(line: str) -> None:
    assert not is_boilerplate(line)
