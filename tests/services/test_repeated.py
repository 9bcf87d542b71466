"""The same advice, taken in several quarters with the same expectation, is asked once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from services import repeated
from services.repeated import Repeated
from services.scoring import Expected, Score

TODAY = date(2026, 12, 15)


def taken(number: int, month: int, year: int = 2025, **said: object) -> Expected:
    """Taken in a month, due at the end of the year."""
    made = datetime(year, month, 19, tzinfo=UTC)
    one = Expected(
        number, ("activity", "guide"), f"{month}/{year}", "Guide", "It goes down", "hours", made,
        date(year, 12, 31),
    )  # fmt: skip
    return replace(one, **said)  # type: ignore[arg-type]


def test_the_same_is_one_and_what_was_taken_last_comes_first() -> None:
    old, older = taken(2, 7), taken(1, 4)
    new = taken(3, 7, 2026, target=("activity", "sheet"))
    other = taken(4, 5, kpi="sales")
    found = repeated.due([older, new, old, other], TODAY)
    assert found == [Repeated(new), Repeated(old, "4/2025"), Repeated(other)]


def test_what_was_taken_again_and_is_not_due_yet_leaves_the_earlier_one_to_be_asked() -> None:
    again = taken(3, 10, 2026, due_on=date(2027, 3, 31))
    assert repeated.due([again, taken(2, 7)], TODAY) == [Repeated(taken(2, 7))]


def test_what_was_scored_when_it_was_taken_later_is_not_asked_again() -> None:
    scored = taken(3, 7, score=Score("met"))
    assert repeated.due([scored, taken(2, 4)], TODAY) == []
    assert repeated.due([taken(4, 9), scored, taken(2, 4)], TODAY) == [
        Repeated(taken(4, 9), "4/2025")
    ]
    assert repeated.merged([taken(2, 4, score=Score("met")), scored]) == [
        Repeated(scored, "4/2025")
    ]
