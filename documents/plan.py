"""What is taken home of a plan: the same facts for the printed page and for the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services import weeks
from services.plan import Kept

NEXT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Check:
    """An objective and the day on which it is looked at again (None: not said); `uid` and `version`
    are those of the row."""

    uid: str
    version: int
    title: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A quarter's plan as seen on a day; `given`: id, name and hours a week of everybody who takes
    part."""

    organisation: str
    quarter: str
    on: date
    promises: Sequence[Kept]
    checks: Sequence[Check]
    given: Sequence[tuple[int, str, float]]


def near(plan: Plan) -> tuple[list[Kept], int]:
    """Promises in hand that are overdue, due within 30 days or without a date, in that order; and
    how many are due later."""
    in_hand = [one for one in plan.promises if one.in_hand]
    last = plan.on + NEXT
    soon = [one for one in in_hand if one.said.due_on is None or one.said.due_on <= last]
    return soon, len(in_hand) - len(soon)


def hours(plan: Plan) -> list[weeks.Person]:
    """Everybody with hours given or planned, who has most to do first."""
    there = weeks.by_person(plan.promises, plan.given, plan.on)
    named = [one for one in there if one.owner_id is not None and (one.given or one.planned)]
    return sorted(named, key=lambda one: (-one.planned, one.name))
