"""Quarters of a year, the length of one loop."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.needs import Need
from models.objectives import Objective
from models.organisation import Circumstance, Quarter

MONTHS = ("January to March", "April to June", "July to September", "October to December")

_CARRIED = (Circumstance, Objective, Need)
"""What stays true until somebody says otherwise; a new quarter begins with it."""


def ensure(session: Session, organisation_id: int, on: date) -> Quarter:
    """The quarter that holds this day; begun, if it is new, with what the last one knew."""
    found = current(session, organisation_id, on)
    if found:
        return found
    before = session.scalars(
        select(Quarter)
        .where(Quarter.organisation_id == organisation_id, Quarter.starts_on < on)
        .order_by(Quarter.starts_on.desc())
    ).first()
    quarter = bare(organisation_id, on)
    session.add(quarter)
    session.flush()
    if before:
        _carry_over(session, before.id, quarter.id)
    return quarter


def bare(organisation_id: int, on: date) -> Quarter:
    """The quarter of a day, not yet kept."""
    number = (on.month + 2) // 3
    starts_on = date(on.year, 3 * number - 2, 1)
    return Quarter(
        organisation_id=organisation_id,
        year=on.year,
        number=number,
        starts_on=starts_on,
        ends_on=following(starts_on) - timedelta(days=1),
    )


def following(starts_on: date) -> date:
    """The first day of the next quarter."""
    return (starts_on.replace(day=1) + timedelta(days=95)).replace(day=1)


def current(session: Session, organisation_id: int, on: date) -> Quarter | None:
    """The quarter that holds this day, None if it is not begun."""
    return session.scalars(
        select(Quarter).where(
            Quarter.organisation_id == organisation_id,
            Quarter.starts_on <= on,
            Quarter.ends_on >= on,
        )
    ).one_or_none()


def listed(session: Session, organisation_id: int) -> list[Quarter]:
    """All quarters, newest first."""
    return list(
        session.scalars(
            select(Quarter)
            .where(Quarter.organisation_id == organisation_id)
            .order_by(Quarter.starts_on.desc())
        )
    )


def ahead(session: Session, quarter_id: int) -> list[int]:
    """Quarters after this one that were begun before their first day, as when something is decided
    for the next: what is said meanwhile holds there too. None for a quarter that is over."""
    this, today = session.get_one(Quarter, quarter_id), date.today()
    if this.ends_on < today:
        return []
    return list(
        session.scalars(
            select(Quarter.id).where(
                Quarter.organisation_id == this.organisation_id,
                Quarter.starts_on > max(this.starts_on, today),
            )
        )
    )


def label(quarter: Quarter) -> str:
    """`October to December 2026`."""
    return f"{MONTHS[quarter.number - 1]} {quarter.year}"


def _carry_over(session: Session, from_id: int, to_id: int) -> None:
    for table in _CARRIED:
        columns = [
            column.key
            for column in table.__table__.columns
            if column.key not in {"id", "quarter_id", "uid", "version"}
        ]
        for row in session.scalars(select(table).where(table.quarter_id == from_id)):
            kept = {name: getattr(row, name) for name in columns}
            session.add(table(quarter_id=to_id, **kept))
    session.flush()
