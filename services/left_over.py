"""Promises of earlier quarters that are still in hand, and how they come along into this one."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.organisation import Quarter
from models.plan import Activity
from services import plan, quarters
from services.plan import Kept, Standing
from services.refusals import Changed
from services.taking_on import IN_HAND

_CARRIED = (
    *("organisation_id", "recommendation_id", "owner_id", "catalogue_id", "title", "channel"),
    *("hours_setup", "hours_week", "starts_on", "due_on", "state", "note"),
)


def left_over(session: Session, organisation_id: int, quarter_id: int) -> list[Kept]:
    """What was promised before this quarter and is not settled, by date."""
    begins = session.get_one(Quarter, quarter_id).starts_on
    earlier = session.scalars(
        select(Quarter.id)
        .join(Activity, Activity.quarter_id == Quarter.id)
        .where(
            Quarter.organisation_id == organisation_id,
            Quarter.starts_on < begins,
            Activity.state.in_(IN_HAND),
        )
        .group_by(Quarter.id, Quarter.starts_on)
        .order_by(Quarter.starts_on)
    )
    return [one for number in earlier for one in plan.listed(session, number) if one.in_hand]


def take_along(session: Session, promise_id: int, quarter_id: int, *, version: int) -> None:
    """Promise it in this quarter too, as it stands, unless the same advice is in hand here already;
    in its own quarter it is kept as not done, with the words that it was taken along. Raises
    Changed as `plan.mark` does."""
    row = session.get(Activity, promise_id)
    if row is None:
        raise Changed(None)
    carried = {name: getattr(row, name) for name in _CARRIED}
    into = session.get_one(Quarter, quarter_id)
    words = f"Taken along into {quarters.label(into)}."
    note = f"{row.note[: plan.LONGEST_NOTE - 100]} {words}".strip()
    plan.mark(session, promise_id, Standing("not_done", note), version=version)
    if row.catalogue_id == plan.OWN or not _in_hand(session, quarter_id, row.catalogue_id):
        session.add(Activity(quarter_id=quarter_id, **carried))
    session.flush()


def _in_hand(session: Session, quarter_id: int, activity: str) -> bool:
    there = select(Activity.id).where(
        Activity.quarter_id == quarter_id,
        Activity.catalogue_id == activity,
        Activity.state.in_(IN_HAND),
    )
    return session.scalars(there).first() is not None
