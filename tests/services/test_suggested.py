"""What our numbers suggest came of an expectation: better, only up and down, or not better."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from models.results import Result
from services import suggested
from services.measuring import Said
from services.scoring import Expected
from tests.services import built

DECIDED = datetime(2026, 7, 15, 9, tzinfo=UTC)
DUE, TODAY = date(2026, 12, 31), date(2027, 1, 5)
LEAD = "qualified_leads"
EXPECTED = Expected(7, ("channel", "newsletter"), "", "Films", "", LEAD, DECIDED, DUE)
FIRST_AFTER = date(2026, 7, 20)


def weeks(before: list[float], after: list[float], **said: str) -> list[Said]:
    """Weekly values around the decision: the last one before ends in the week before it."""
    start = FIRST_AFTER - timedelta(weeks=1 + len(before))
    gap = [*range(len(before)), *range(len(before) + 1, len(before) + 1 + len(after))]
    return [
        Said(LEAD, "week", start + timedelta(weeks=at), value, **said)  # type: ignore[arg-type]
        for at, value in zip(gap, [*before, *after], strict=True)
    ]


def suggests(values: list[Said], **other: object) -> str:
    found = suggested.suggestion(replace(EXPECTED, **other), values, TODAY)  # type: ignore[arg-type]
    return found.result if found else ""


USUAL = [10.0, 12, 9, 11, 10, 12, 9, 11]


@pytest.mark.parametrize(
    ("after", "result"),
    [
        ([11, 11, 12, 11], "partly"),
        ([11, 11, 12, 30], "met"),
        ([10, 11, 10, 11], "not_met"),
        ([9, 8, 9, 8], "not_met"),
        ([11.5] * 8, "met"),
        ([11.5] * 7, "partly"),
    ],
)
def test_better_beyond_the_usual_is_met_and_within_it_a_part(
    after: list[float], result: str
) -> None:
    assert suggests(weeks(USUAL, after)) == result


def test_a_number_that_should_fall_is_better_when_it_falls() -> None:
    values = weeks(USUAL, [1, 1, 2, 1])
    assert suggests(values, direction="down") == "met"
    assert suggests(values) == "not_met"


@pytest.mark.parametrize(("after", "result"), [([11, 10, 9, 10], "met"), ([30] * 4, "not_met")])
def test_what_should_stay_as_it_is_stays_within_its_range(after: list[float], result: str) -> None:
    assert suggests(weeks(USUAL, after), direction="hold") == result
    assert suggests(weeks(USUAL[:7], after), direction="hold") == ""


def test_seven_values_are_too_few_for_a_range_and_the_sentence_says_so() -> None:
    found = suggested.suggestion(EXPECTED, weeks(USUAL[:7], [12, 12, 13, 13]), TODAY)
    assert found is not None
    assert (found.result, found.low, found.high, found.actual) == ("met", 10.5, None, 12.5)
    assert found.words.startswith("10.5 contacts before, 12.5 contacts in the end; too few")


@pytest.mark.parametrize(("before", "after"), [(3, 4), (4, 3), (0, 4), (4, 0)])
def test_four_weeks_on_each_side_are_needed(before: int, after: int) -> None:
    assert suggests(weeks([10.0] * before, [20.0] * after)) == ""


def test_four_weeks_on_each_side_are_enough() -> None:
    assert suggests(weeks([10.0] * 4, [20.0] * 4)) == "met"


def test_what_is_counted_otherwise_since_is_not_compared() -> None:
    values = [*weeks(USUAL, []), *weeks(USUAL, [30.0] * 4, definition="anew")[8:]]
    assert suggests(values) == ""


def test_only_values_of_its_time_count() -> None:
    assert suggests(weeks(USUAL, [30.0] * 4), due_on=date(2026, 8, 16)) == "met"
    assert suggests(weeks(USUAL, [30.0] * 4), due_on=date(2026, 8, 15)) == ""


def test_the_series_of_its_channel_comes_first(session: Session) -> None:
    shop = built.shop(session)
    session.add_all(
        Result(
            organisation_id=shop.id, kpi=LEAD, channel=channel, period="month", value=value,
            starts_on=date(2026, month, 1), visibility="owned", way="typed", kept_at=built.NOW,
        )
        for channel, values in (("", (10, 5)), ("newsletter", (10, 20)))
        for month, value in zip((6, 11), values, strict=True)
    )  # fmt: skip
    session.flush()
    other = replace(EXPECTED, recommendation_id=8, target=("activity", "x"))
    found = suggested.suggestions(session, shop.id, [EXPECTED, other], TODAY)
    assert {number: one.result for number, one in found.items()} == {7: "met", 8: "not_met"}
    assert suggested.suggestions(session, shop.id, [], TODAY) == {}
