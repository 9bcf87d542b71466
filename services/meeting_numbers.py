"""Which numbers are more than their usual up and down, for the agenda of a review.

Of each number only the series that tells most is looked at, all of them in one question; those that
are signals are then read whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from models.results import Result
from services import kpis, series, signals
from services.series import Series, Shelf
from services.unchanged import unchanged

SIGNALS = ("outside", "change")


@dataclass(frozen=True, slots=True)
class Told:
    """The numbers that are signals, and how many others have values."""

    signals: tuple[Series, ...]
    quiet: int


def told(session: Session, organisation_id: int, day: date) -> Told:
    """What the numbers say by a day."""
    what = ("signals of a review", organisation_id, day)
    return unchanged(session, what, lambda: _told(session, organisation_id, day))


def _told(session: Session, organisation_id: int, day: date) -> Told:
    main = series.main(series.shelves(session, organisation_id, day))
    loud = [main[name] for name in _loud(session, organisation_id, main.values(), day)]
    found = tuple(series.read(session, organisation_id, one, day) for one in loud)
    return Told(found, len(main) - len(found))


def _loud(session: Session, organisation_id: int, shelves: Iterable[Shelf], day: date) -> list[str]:
    """The numbers whose newest value is a signal."""
    wanted = [(one.kpi, one.channel, one.period) for one in shelves]
    rows = session.execute(
        select(Result.kpi, Result.value, Result.definition)
        .where(
            Result.organisation_id == organisation_id,
            Result.starts_on <= day,
            tuple_(Result.kpi, Result.channel, Result.period).in_(wanted),
        )
        .order_by(Result.kpi, Result.starts_on)
    ).all()
    return [
        name
        for name, group in groupby(rows, key=lambda row: row[0])
        if _standing(name, [(value, counted) for _, value, counted in group]) in SIGNALS
    ]


def _standing(name: str, values: list[tuple[float, str]]) -> str:
    of = kpis.kpi(name)
    numbers, counted = zip(*values, strict=True)
    parts = signals.stretches(numbers, counted, of.low, of.high)
    return signals.standing(parts).state
