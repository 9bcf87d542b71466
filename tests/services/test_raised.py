"""Words at the beginning of a sentence."""

from __future__ import annotations

from services.raised import raised


def test_only_the_first_letter_is_raised_and_a_month_stays_as_it_is() -> None:
    assert raised("by 1 November 2026, IT included") == "By 1 November 2026, IT included"
    assert raised("") == ""
