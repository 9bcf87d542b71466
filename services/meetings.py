"""The review meetings of an organisation: one a quarter, begun once, with an agenda that stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.meetings import Meeting
from models.milestones import Milestone
from models.organisation import Quarter
from services import agenda, meeting_ready, quarters
from services.agenda import Plan
from services.closed import aware
from services.refusals import Refused

GONE = "This meeting is not there any more."


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting: where it lies, its agenda, the step at which it is, the seconds spent by step
    until `running_since` (None: the clock pauses), and the stamp of its last change."""

    id: int
    organisation_id: int
    quarter_id: int
    held_on: date
    first: bool
    plan: Plan
    step: str
    spent: Mapping[str, int]
    running_since: datetime | None
    ended_at: datetime | None
    changes: int

    @property
    def place(self) -> int:
        """The number of its step, the first one being 0."""
        names = [name for name, _ in self.plan]
        return names.index(self.step) if self.step in names else 0

    def neighbour(self, by: int) -> str:
        """The step so many places on (or back), "" beyond the ends."""
        at = self.place + by
        return self.plan[at][0] if 0 <= at < len(self.plan) else ""


def find(session: Session, quarter_id: int) -> Held | None:
    """The meeting of a quarter, None if there was none."""
    row = session.scalars(select(Meeting).where(Meeting.quarter_id == quarter_id)).one_or_none()
    return _held(row) if row else None


def stamp(session: Session, meeting_id: int) -> int:
    """A number that is another one as soon as anything was entered; -1 if it is gone."""
    found = session.scalar(select(Meeting.changes).where(Meeting.id == meeting_id))
    return -1 if found is None else found


def begin(
    session: Session, place: tuple[int, int], *, on: date, at: datetime | None = None
) -> Held:
    """Begin the meeting of a quarter (`place`: organisation, quarter), its clock running; one that
    was begun already is as it is. The agenda is made now and stays."""
    quarter = session.get_one(Quarter, place[1])
    session.scalars(select(Quarter.id).where(Quarter.id == quarter.id).with_for_update()).one()
    there = find(session, quarter.id)
    if there is not None:
        return there
    if quarter.starts_on > on:
        raise Refused("This quarter has not begun yet; look back on it when it has.")
    first = is_first(session, *place)
    plan = agenda.plan(first=first, empty=meeting_ready.empty(session, place, on))
    row = Meeting(
        organisation_id=place[0],
        quarter_id=quarter.id,
        held_on=on,
        first=first,
        plan=[list(one) for one in plan],
        step=plan[0][0],
        spent={},
        running_since=at or datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    return _held(row)


def is_first(session: Session, organisation_id: int, quarter_id: int) -> bool:
    """Whether nothing was closed and nobody met before this quarter."""
    starts_on = session.get_one(Quarter, quarter_id).starts_on
    earlier = select(Quarter.id).where(
        Quarter.organisation_id == organisation_id, Quarter.starts_on < starts_on
    )
    closed = select(Milestone.id).where(Milestone.quarter_id.in_(earlier)).limit(1)
    met = select(Meeting.id).where(Meeting.quarter_id.in_(earlier)).limit(1)
    return session.scalar(closed) is None and session.scalar(met) is None


def before(session: Session, organisation_id: int, quarter_id: int) -> Held | None:
    """The meeting of the latest earlier quarter that had one."""
    starts_on = session.get_one(Quarter, quarter_id).starts_on
    row = session.scalars(
        select(Meeting)
        .join(Quarter, Quarter.id == Meeting.quarter_id)
        .where(Meeting.organisation_id == organisation_id, Quarter.starts_on < starts_on)
        .order_by(Quarter.starts_on.desc())
        .limit(1)
    ).one_or_none()
    return _held(row) if row else None


def changed(session: Session, meeting_id: int) -> None:
    """Something was entered: other windows look again."""
    session.flush()
    more = update(Meeting).where(Meeting.id == meeting_id).values(changes=Meeting.changes + 1)
    session.execute(more)


def label(session: Session, held: Held) -> str:
    """The quarter of which it is the review."""
    return quarters.label(session.get_one(Quarter, held.quarter_id))


def _held(row: Meeting) -> Held:
    return Held(
        id=row.id,
        organisation_id=row.organisation_id,
        quarter_id=row.quarter_id,
        held_on=row.held_on,
        first=row.first,
        plan=tuple((str(name), int(minutes)) for name, minutes in row.plan),
        step=row.step,
        spent=dict(row.spent),
        running_since=aware(row.running_since) if row.running_since else None,
        ended_at=aware(row.ended_at) if row.ended_at else None,
        changes=row.changes,
    )
