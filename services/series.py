"""The numbers of an organisation as series by month or week, and what each of them says.

What there is, is counted in the database; the values of a series are read when it is looked at.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.results import Result
from services import kpis, measuring, signals
from services.kpis import Kpi
from services.measuring import Kept
from services.reading_dates import Period
from services.signals import Standing, Stretch

WEEKS_EACH = {"week": 1.0, "month": 365.25 / 12 / 7}
"""Weeks in one period."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One series as far as it can be told without reading it: how many values, the first day of the
    first and of the last."""

    kpi: str
    channel: str
    period: Period
    count: int
    first: date
    last: date

    @property
    def weeks(self) -> int:
        """For how many whole weeks there are values."""
        return int(self.count * WEEKS_EACH[self.period])


@dataclass(frozen=True, slots=True)
class Series:
    """One series, oldest first, split where it is counted in another way or came to another level;
    what its newest value says; the middle of its newest level once that covers eight weeks."""

    kpi: Kpi
    shelf: Shelf
    kept: tuple[Kept, ...]
    stretches: tuple[Stretch, ...]
    standing: Standing
    middle: float | None

    @property
    def newest(self) -> Kept:
        """The last value."""
        return self.kept[-1]

    @property
    def counted_as_now(self) -> int:
        """How many values are counted as the newest one is."""
        how = self.newest.said.definition
        return sum(1 for _ in takewhile(lambda row: row.said.definition == how, self.kept[::-1]))


def shelves(
    session: Session, organisation_id: int, until: date | None = None, names: Collection[str] = ()
) -> list[Shelf]:
    """All series with a value, the longest of each number first; those that begin by `until`, and
    of these numbers, if they are named."""
    columns = (Result.kpi, Result.channel, Result.period)
    asked = (
        select(*columns, func.count(), func.min(Result.starts_on), func.max(Result.starts_on))
        .where(Result.organisation_id == organisation_id)
        .group_by(*columns)
    )
    if until:
        asked = asked.where(Result.starts_on <= until)
    if names:
        asked = asked.where(Result.kpi.in_(names))
    known = kpis.every()
    rows = [
        Shelf(name, channel, "week" if period == "week" else "month", count, first, last)
        for name, channel, period, count, first, last in session.execute(asked)
        if name in known
    ]
    return sorted(rows, key=lambda one: (one.kpi, -one.weeks, one.channel, one.period))


def main(found: Collection[Shelf]) -> dict[str, Shelf]:
    """For each number the series that tells most: the one that covers most weeks."""
    return {one.kpi: one for one in sorted(found, key=lambda one: one.weeks)}


def read(session: Session, organisation_id: int, shelf: Shelf, until: date | None = None) -> Series:
    """One series with what it says; up to `until`, if that is given."""
    rows = measuring.listed(session, organisation_id, shelf.kpi, shelf.channel, shelf.period)
    kept = tuple(row for row in rows if until is None or row.said.starts_on <= until)
    of = kpis.kpi(shelf.kpi)
    values = [row.said.value for row in kept]
    parts = signals.stretches(values, [row.said.definition for row in kept], of.low, of.high)
    level = parts[-1].values if parts else ()
    middle = signals.own_middle(level, WEEKS_EACH[shelf.period])
    return Series(of, shelf, kept, parts, signals.standing(parts), middle)


def weeks(session: Session, organisation_id: int, until: date, names: Collection[str] = ()) -> int:
    """For how many weeks the best known number has values by a day; 0 if there are none."""
    found = shelves(session, organisation_id, until, names)
    return max((one.weeks for one in found), default=0)
