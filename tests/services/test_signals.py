"""What is a signal and what is noise, against published worked examples and SciPy."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, norm

from services import signals
from services.signals import Limits, OtherDenominator, Run, Standing

FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
"""NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, flow rates of ten batches."""

CALM = [10.0, 12.0, 11.0, 9.0, 10.0, 11.0, 12.0, 9.0]


def test_limits_are_those_of_the_published_example() -> None:
    found = signals.limits(FLOW)
    assert found is not None
    assert found.mean == pytest.approx(50.81)
    assert found.high == pytest.approx(55.8041, abs=0.002)
    assert found.low == pytest.approx(45.8159, abs=0.002)


def test_the_factor_is_three_standard_deviations_in_mean_moving_ranges() -> None:
    steps = np.abs(np.diff(norm.rvs(size=200_000, random_state=7)))
    assert pytest.approx(3 / float(steps.mean()), abs=0.02) == signals.SPREAD


@pytest.mark.parametrize(("periods", "there"), [(7, False), (8, True)])
def test_limits_are_there_from_eight_periods_on(periods: int, there: bool) -> None:
    assert (signals.limits(CALM[:periods]) is not None) == there


def test_a_range_ends_where_the_number_ends() -> None:
    assert signals.limits([1, 9, 0, 8, 1, 9, 2, 10], floor=0, ceiling=10) == Limits(5, 0, 10)


def test_values_that_never_move_have_a_range_of_nothing() -> None:
    found = signals.limits([0.1 + 0.2] * 8)
    assert found is not None
    assert signals.outside([0.3], found) == (0,)
    assert signals.outside([0.31, 0.29], found) == (1, -1)


def test_a_point_outside_is_a_signal_and_one_on_the_edge_is_none() -> None:
    usual = Limits(10, 5, 15)
    assert signals.outside([4.99, 5, 10, 15, 15.01], usual) == (-1, 0, 0, 0, 1)


@pytest.mark.parametrize(("above", "found"), [(7, ()), (8, (Run(2, 9, 1),))])
def test_eight_on_one_side_are_a_run_and_seven_are_none(above: int, found: tuple[Run]) -> None:
    assert signals.runs([9, 9, *[10.5] * above], 10) == found


def test_a_value_on_the_mean_ends_a_run() -> None:
    assert signals.runs([11] * 4 + [10] + [11] * 7, 10) == ()
    assert signals.runs([9] * 8 + [10] + [9] * 8, 10) == (Run(0, 7, -1), Run(9, 16, -1))


def test_what_is_counted_anew_begins_anew() -> None:
    first, second = signals.stretches([*CALM, *[100.0] * 3], ["old"] * 8 + ["new"] * 3)
    assert first.limits is not None
    assert first.limits.high < 20
    assert (second.begins, second.limits, second.outside) == (8, None, (0, 0, 0))


def test_nothing_has_no_stretch() -> None:
    assert signals.stretches([], []) == ()
    assert signals.standing(()) == Standing("few")


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (CALM[:7], Standing("few")),
        (CALM, Standing("usual")),
        ([*CALM, 25.0], Standing("outside", 1)),
        ([*CALM, *CALM, *[20.0] * 8], Standing("change", 1, 16)),
        ([*CALM, *CALM, *[20.0] * 8, 11.0], Standing("outside", -1)),
        ([*CALM, *CALM, *[20.0, 21.0] * 7], Standing("change", 1, 16)),
        ([*CALM, *CALM, *[20.0, 21.0] * 8], Standing("usual")),
        ([*CALM, *CALM, *[11.0, 20.0] * 4, 10.0], Standing("usual")),
    ],
)
def test_the_newest_value_says_what_is_usual_outside_or_a_change(
    values: list[float], says: Standing
) -> None:
    assert signals.standing(signals.stretches(values, [""] * len(values))) == says


def test_a_change_is_dated_in_the_whole_series_not_in_its_stretch() -> None:
    values = [5.0] * 3 + [*CALM, *CALM, *[20.0] * 8]
    parts = signals.stretches(values, ["old"] * 3 + ["new"] * 24)
    assert signals.standing(parts) == Standing("change", 1, 19)


# Two levels, and a value of the first that happens to lie above its mean before the second begins.
MOVED = [
    4.1, 4.2, 4.3, 4.2, 4.1, 4.2, 4.2, 4.3, 4.1, 4.1, 4.2, 4.2, 4.3,
    4.6, 4.5, 4.5, 4.7, 4.5, 4.4, 4.4, 4.5, 4.5,
]  # fmt: skip


def test_each_level_has_limits_of_its_own_from_where_the_change_began() -> None:
    old, new = signals.stretches(MOVED, [""] * 22)
    assert (old.begins, old.values, old.told) == (0, tuple(MOVED[:13]), None)
    assert (new.begins, new.told) == (13, Run(0, 8, 1))
    for part in (old, new):
        assert part.limits == signals.limits(part.values)
        assert not any(part.outside)
    assert old.limits is not None
    assert new.limits is not None
    assert (old.limits.mean, new.limits.mean) == pytest.approx((4.1923, 4.5111), abs=1e-4)


def test_a_change_is_told_with_the_eighth_value_and_after_eight_before_it() -> None:
    assert len(signals.stretches([*CALM, *[20.0] * 7], [""] * 15)) == 1
    assert len(signals.stretches([*CALM[:7], *[20.0] * 8], [""] * 15)) == 1
    assert len(signals.stretches([*CALM, *[20.0] * 8], [""] * 16)) == 2


def test_a_level_can_change_again_and_the_other_way() -> None:
    values = [*CALM, *[20.0, 21.0] * 5, *CALM]
    parts = signals.stretches(values, [""] * 26)
    assert [(part.begins, part.told) for part in parts] == [
        (0, None), (8, Run(0, 9, 1)), (18, Run(0, 7, -1)),
    ]  # fmt: skip


@given(st.lists(st.integers(0, 9).map(float), max_size=60))
def test_levels_hold_every_value_once_and_each_new_one_was_told_by_eight(
    values: list[float],
) -> None:
    parts = signals.stretches(values, [""] * len(values))
    assert [value for part in parts for value in part.values] == values
    for before, part in pairwise(parts):
        assert len(before.values) >= signals.ENOUGH
        assert part.told is not None
        assert part.told.first == 0
        assert part.told.last >= signals.ENOUGH - 1
        mean = sum(before.values) / len(before.values)
        assert all((value - mean) * part.told.side > 0 for value in part.values[:8])


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_of_shares_are_those_that_newcombe_published(
    hits: int, of: int, low: float, high: float
) -> None:
    """Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    assert signals.wilson(hits / of, of) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 400), st.floats(0, 1))
def test_intervals_of_shares_are_those_of_scipy(of: int, part: float) -> None:
    hits = round(part * of)
    theirs = binomtest(hits, of).proportion_ci(0.95, method="wilson")
    assert signals.wilson(hits / of, of) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@pytest.mark.parametrize(("share", "of"), [(-0.1, 5), (1.1, 5), (0.5, 0)])
def test_what_is_no_share_has_no_interval(share: float, of: int) -> None:
    with pytest.raises(ValueError, match="share"):
        signals.wilson(share, of)


@pytest.mark.parametrize(("values", "weeks", "middle"), [(7, 1, None), (8, 1, 4.5), (2, 4.35, 1.5)])
def test_ones_own_middle_is_there_after_eight_weeks(
    values: int, weeks: float, middle: float | None
) -> None:
    assert signals.own_middle(list(range(1, values + 1)), weeks) == middle


def test_rates_that_are_divided_by_other_things_are_not_compared() -> None:
    signals.comparable("followers", "followers")
    with pytest.raises(OtherDenominator, match=r"divided by reach.*divided by followers"):
        signals.comparable("reach", "followers")
    with pytest.raises(OtherDenominator):
        signals.comparable("", "")
