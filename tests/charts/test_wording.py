"""Numbers and words of charts: signs, hundredths, and what is missing."""

from __future__ import annotations

import pytest

from charts.wording import HAPPENS, cut, hours, number, signed


@pytest.mark.parametrize(
    ("value", "plain", "with_sign"),
    [
        (4.0, "4", "+4"),
        (-2.5, "−2.5", "−2.5"),
        (0.0, "0", "0"),
        (-0.004, "0", "0"),
        (0.005001, "0.01", "+0.01"),
        (0.1 + 0.2, "0.3", "+0.3"),
        (1234567.5, "1234567.5", "+1234567.5"),
        (float("nan"), "–", "–"),
    ],
)
def test_numbers_have_two_decimals_at_most_and_a_real_minus(
    value: float, plain: str, with_sign: str
) -> None:
    assert (number(value), signed(value)) == (plain, with_sign)


def test_hours_that_are_not_known_are_a_dash() -> None:
    assert [hours(4.5), hours(float("nan"))] == ["4.5 h", "–"]


def test_every_state_has_words_of_its_own() -> None:
    assert len(set(HAPPENS.values())) == len(HAPPENS) == 5


def test_cutting_at_the_limit_and_one_beyond() -> None:
    assert cut("x" * 20, 20) == "x" * 20
    assert cut("x" * 21, 20) == "x" * 19 + "…"
