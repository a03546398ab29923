from __future__ import annotations

import math

import numpy as np
import pytest

from eval import Ratio, interval, paired_difference


def test_the_value_is_the_ratio_of_sums_and_not_the_mean_of_ratios() -> None:
    measured = interval([Ratio(1, 1), Ratio(0, 3), Ratio(0, 0)])
    assert measured.value == 0.25
    assert measured.n == 2


def test_the_interval_of_a_mean_is_near_the_normal_one() -> None:
    draws = np.random.default_rng(3).random(400) < 0.7
    measured = interval([Ratio(float(hit), 1) for hit in draws], seed=1)
    mean = float(draws.mean())
    half = 1.96 * math.sqrt(mean * (1 - mean) / 400)
    assert measured.low == pytest.approx(mean - half, abs=0.01)
    assert measured.high == pytest.approx(mean + half, abs=0.01)


def test_the_same_seed_gives_the_same_interval_and_another_nearly_so() -> None:
    ratios = [Ratio(place % 3 == 0, 1) for place in range(90)]
    first, again, other = interval(ratios, seed=5), interval(ratios, seed=5), interval(ratios, seed=6)
    assert first == again
    assert first.low != other.low or first.high != other.high
    assert other.low == pytest.approx(first.low, abs=0.03)


def test_a_metric_that_nobody_speaks_of_has_no_value() -> None:
    measured = interval([Ratio(0, 0)] * 4)
    assert (measured.value, measured.low, measured.high, measured.n) == (None, None, None, 0)
    assert interval([]).value is None


def test_the_paired_interval_is_tight_where_only_one_question_changed() -> None:
    before = [Ratio(place % 2, 1) for place in range(100)]
    after = [Ratio(1, 1), *before[1:]]
    change = paired_difference(after, before)
    assert change.value == pytest.approx(0.01)
    # One changed question in a hundred is drawn 0 to 3 times or so; unpaired intervals would be ten times as wide.
    assert change.low is not None and change.high is not None
    assert 0.0 <= change.low <= 0.01 <= change.high <= 0.05


def test_a_clear_loss_lies_below_zero_and_no_change_does_not() -> None:
    good, bad = [Ratio(1, 1)] * 40, [Ratio(place % 2, 1) for place in range(40)]
    worse, same = paired_difference(bad, good), paired_difference(good, good)
    assert worse.high is not None and worse.high < 0
    assert (same.low, same.value, same.high) == (0.0, 0.0, 0.0)


def test_pairs_of_unlike_length_are_refused() -> None:
    with pytest.raises(ValueError, match="2 and 1"):
        paired_difference([Ratio(1, 1)] * 2, [Ratio(1, 1)])


@pytest.mark.parametrize("parts", [(math.nan, 1.0), (1.0, -1.0), (1.0, math.inf)])
def test_a_ratio_refuses_what_is_no_count(parts: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="ratio"):
        Ratio(*parts)
