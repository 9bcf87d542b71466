"""What is a signal and what is noise, against published worked examples and SciPy."""

from __future__ import annotations

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
        ([*CALM, *CALM, *[20.0] * 8, 11.0], Standing("usual")),
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
