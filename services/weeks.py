"""When promises are due, seen from a day: overdue, this week, week by week, or without a date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from services.plan import Kept

When = Literal["overdue", "this week", "later", "no date"]


@dataclass(frozen=True, slots=True)
class Week:
    """Promises due in one week; `monday` is None for those overdue and those without a date."""

    when: When
    monday: date | None
    promises: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's promises in hand (`name` empty: nobody answers for them), week by week, and the
    hours a week that were given (None: not said) and are planned."""

    owner_id: int | None
    name: str
    given: float | None
    planned: float
    weeks: tuple[Week, ...]


def monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def when(due_on: date | None, today: date) -> tuple[When, date | None]:
    """Which part of the plan a date belongs to, and the Monday of its week if it has one."""
    if due_on is None:
        return "no date", None
    if due_on < today:
        return "overdue", None
    week = monday(due_on)
    return ("this week" if week == monday(today) else "later"), week


def by_week(promises: Iterable[Kept], today: date) -> tuple[Week, ...]:
    """Overdue first, then week by week, those without a date last."""
    found: dict[tuple[When, date | None], list[Kept]] = {}
    for one in promises:
        found.setdefault(when(one.said.due_on, today), []).append(one)
    order = sorted(found, key=lambda key: (key[0] == "no date", key[1] or date.min))
    return tuple(Week(*key, tuple(found[key])) for key in order)


def by_person(
    promises: Sequence[Kept], given: Sequence[tuple[int, str, float]], today: date
) -> list[Person]:
    """Everybody who takes part (`given`: id, name, hours a week) or answers for a promise in hand,
    with their promises; what nobody answers for comes last."""
    in_hand = [one for one in promises if one.in_hand]
    known: dict[int, tuple[str, float | None]] = {n: (name, hours) for n, name, hours in given}
    named = {o: one.owner for one in in_hand if (o := one.said.owner_id) is not None}
    found = []
    for owner in [*dict.fromkeys([*known, *named]), None]:
        theirs = [one for one in in_hand if one.said.owner_id == owner]
        if owner is not None:
            name, hours = known.get(owner, (named.get(owner, ""), None))
            found.append(Person(owner, name, hours, _hours(theirs), by_week(theirs, today)))
        elif theirs:
            found.append(Person(None, "", None, _hours(theirs), by_week(theirs, today)))
    return found


def _hours(promises: Iterable[Kept]) -> float:
    return round(sum(one.said.hours_week for one in promises), 2)
