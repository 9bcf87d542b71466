"""Closed quarters are read-only: the one gate through which every change of a row goes.

It stands before each flush, so that a service that is written next year cannot forget to ask.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from models.assessments import Answer, Assessment, Respondent
from models.meetings import Meeting, MeetingDecision, MeetingNote, MeetingScore
from models.milestones import Addendum, FrozenPart, FrozenRules, Milestone
from models.needs import Need
from models.objectives import Objective
from models.organisation import Circumstance, Quarter
from models.plan import Activity
from models.recommendations import Decision, Recommendation
from services.refusals import Refused

FROZEN = (Milestone, FrozenPart, FrozenRules, Addendum)
"""Written once."""

OF_A_QUARTER = (Assessment, Need, Objective, Circumstance, Activity, Recommendation, Meeting)
LEARNED = {"outcome", "lesson", "weighing"}
"""Tables of what a quarter taught; a test on a card goes on beyond it."""

LATER_ANSWERED = {"insight": "heard_on", "response_case": "received_on"}
"""Tables of what was still open when a quarter was closed, and the day that ties them to it."""

SENTENCE = (
    "This quarter is closed and stays as it was. Add a correction with today's date under "
    "“Quarterly review”, or go on in the next quarter."
)


def is_closed(session: Session, quarter_id: int) -> bool:
    """Whether a quarter was closed."""
    return bool(_closed(session, {quarter_id}))


def refuse(session: Session, quarter_id: int) -> None:
    """Refused, in a sentence, if the quarter is closed."""
    if is_closed(session, quarter_id):
        raise Refused(SENTENCE)


def quarters(session: Session, organisation_id: int) -> frozenset[int]:
    """The ids of the closed quarters of an organisation."""
    found = select(Milestone.quarter_id).where(Milestone.organisation_id == organisation_id)
    return frozenset(session.scalars(found))


def aware(moment: datetime) -> datetime:
    """A moment in UTC, as a database without time zones forgets to say."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


@event.listens_for(Session, "before_flush")
def _hold(session: Session, _context: object, _instances: object) -> None:
    changed = [row for row in session.dirty if session.is_modified(row)]
    if any(isinstance(row, FROZEN) for row in (*changed, *session.deleted)):
        raise Refused("What was closed is never rewritten. Add a correction with today's date.")
    with session.no_autoflush:
        touched = _touched(session, (*session.new, *changed, *session.deleted))
        if touched and _closed(session, _together(session, touched)):
            raise Refused(SENTENCE)
        _hold_numbers(session, (*changed, *session.deleted))
        _hold_what_was_said(session, (*changed, *session.deleted))


def _together(session: Session, quarter_ids: set[int]) -> set[int]:
    """The same quarters, held open until this transaction ends: whoever closes one waits. SQLite
    lets only one write anyway."""
    if session.get_bind().dialect.name == "postgresql":
        held = select(Quarter.id).where(Quarter.id.in_(quarter_ids)).order_by(Quarter.id)
        session.execute(held.with_for_update(read=True)).all()
    return quarter_ids


def _closed(session: Session, quarter_ids: Iterable[int]) -> bool:
    found = select(Milestone.id).where(Milestone.quarter_id.in_(quarter_ids)).limit(1)
    return session.scalar(found) is not None


def _touched(session: Session, rows: Iterable[Any]) -> set[int]:
    """The quarters to which these rows belong, and those from which they were moved."""
    found: set[int] = set()
    for row in rows:
        kept = _in_quarter(session, row)
        if kept is not None:
            found |= {kept.quarter_id, *inspect(kept).attrs.quarter_id.history.deleted}
    return found - {None}  # a new row may not say it yet


def _in_quarter(session: Session, row: Any) -> Any:
    """The row that says to which quarter this one belongs; None if it belongs to none."""
    match row:
        case Decision():
            return session.get(Recommendation, row.recommendation_id)
        case Answer():
            return _in_quarter(session, session.get(Respondent, row.respondent_id))
        case Respondent():
            return session.get(Assessment, row.assessment_id)
        case MeetingNote() | MeetingDecision() | MeetingScore():
            return session.get(Meeting, row.meeting_id)
    held = isinstance(row, OF_A_QUARTER) or row.__tablename__ in LEARNED
    return row if held else None


def _hold_numbers(session: Session, old: Iterable[Any]) -> None:
    """A number that was frozen stays; one that comes in later is welcome, and in no milestone."""
    numbers = [row for row in old if row.__tablename__ == "result"]
    for organisation_id in {row.organisation_id for row in numbers}:
        theirs = [row for row in numbers if row.organisation_id == organisation_id]
        for quarter, closed_at in _spans(session, organisation_id):
            if any(_within(row, quarter, closed_at) for row in theirs):
                raise Refused(SENTENCE)


def _hold_what_was_said(session: Session, old: Iterable[Any]) -> None:
    """What was heard or received stays as it was frozen; what was open may still get its answer."""
    for row in old:
        begins = LATER_ANSWERED.get(row.__tablename__)
        if begins is None or not _rewritten(session, row):
            continue
        for quarter, closed_at in _spans(session, row.organisation_id):
            began: date = getattr(row, begins)
            within = quarter.starts_on <= began <= quarter.ends_on
            if within and aware(row.kept_at) <= closed_at:
                raise Refused(SENTENCE)


def _rewritten(session: Session, row: Any) -> bool:
    """Whether something that was known is said otherwise, or taken away. Who it is about is in no
    milestone, and an answer that was still to come may come."""
    if row in session.deleted:
        return True
    return any(
        before not in (None, "", False)
        for one in inspect(row).attrs
        if not one.key.endswith("_id") and one.key != "version"
        for before in one.history.deleted
    )


def _spans(session: Session, organisation_id: int) -> list[tuple[Quarter, datetime]]:
    rows = session.execute(
        select(Quarter, Milestone.closed_at)
        .join(Milestone, Milestone.quarter_id == Quarter.id)
        .where(Milestone.organisation_id == organisation_id)
    )
    return [(quarter, aware(closed_at)) for quarter, closed_at in rows]


def _within(number: Any, quarter: Quarter, closed_at: datetime) -> bool:
    began: date = number.starts_on
    return quarter.starts_on <= began <= quarter.ends_on and aware(number.kept_at) <= closed_at
