"""The clock of a review meeting and its steps: it runs, pauses, and goes on.

It lies in the database and reads the server's time, so every window shows the same. Each act says
what it wants (pause, go to a step); asked for twice, or by two people, it happens once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.meetings import Meeting, MeetingDecision, MeetingNote
from services import agenda
from services.closed import aware
from services.meeting_capture import DRAFT
from services.meetings import GONE, Held, changed
from services.refusals import Refused

FORGOTTEN = timedelta(hours=2)
"""A clock that runs on for longer was forgotten; no more than this counts."""
NO_STOP = "no_stop"


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds: spent in the step and planned for it, spent and planned altogether."""

    step: int
    step_planned: int
    whole: int
    whole_planned: int
    running: bool

    @property
    def left(self) -> int:
        """What is left of the step; negative if it takes longer."""
        return self.step_planned - self.step


def go(session: Session, meeting_id: int, to: str, *, at: datetime | None = None) -> None:
    """Go to a step; the clock, if it runs, counts for that from now on. Refused for a step that
    the agenda does not have."""
    row = _locked(session, meeting_id)
    if to == row.step:
        return
    if to not in {name for name, _ in row.plan}:
        raise Refused("This step is not on the agenda.")
    _count(row, at or datetime.now(UTC))
    row.step = to
    changed(session, meeting_id)


def pause(session: Session, meeting_id: int, *, at: datetime | None = None) -> None:
    """Stop the clock; what ran so far counts for its step."""
    row = _locked(session, meeting_id)
    if row.running_since is not None:
        _count(row, at or datetime.now(UTC))
        row.running_since = None
        changed(session, meeting_id)


def resume(session: Session, meeting_id: int, *, at: datetime | None = None) -> None:
    """Let the clock run again; a meeting that had ended goes on."""
    row = _locked(session, meeting_id)
    if row.running_since is None:
        row.running_since, row.ended_at = at or datetime.now(UTC), None
        changed(session, meeting_id)


def end(session: Session, meeting_id: int, *, at: datetime | None = None) -> None:
    """End the meeting. Refused as long as nothing stops and nobody said why nothing does."""
    row, moment = _locked(session, meeting_id), at or datetime.now(UTC)
    if row.ended_at is None and not _says_what_stops(session, meeting_id):
        raise Refused(
            "Before you end: decide one thing that stops, or say in a word why nothing stops."
        )
    _ended(session, row, moment)


def end_with_quarter(session: Session, quarter_id: int, at: datetime) -> None:
    """The quarter is being closed, and a meeting that still runs ends with it; what was typed and
    not kept goes."""
    row = session.scalars(select(Meeting).where(Meeting.quarter_id == quarter_id)).one_or_none()
    if row is not None:
        _ended(session, row, at)
        waiting = MeetingNote.meeting_id == row.id, MeetingNote.kind == DRAFT
        session.execute(delete(MeetingNote).where(*waiting))


def clock(held: Held, at: datetime) -> Clock:
    """How long it took until a moment."""
    running = _running(held.running_since, at)
    spent = held.spent.get(held.step, 0) + running
    planned = dict(held.plan).get(held.step, 0)
    return Clock(
        step=spent,
        step_planned=planned * 60,
        whole=sum(held.spent.values()) + running,
        whole_planned=agenda.total(held.plan) * 60,
        running=held.running_since is not None,
    )


def _says_what_stops(session: Session, meeting_id: int) -> bool:
    stops = select(MeetingDecision.id).where(
        MeetingDecision.meeting_id == meeting_id, MeetingDecision.is_stop
    )
    word = select(MeetingNote.id).where(
        MeetingNote.meeting_id == meeting_id, MeetingNote.kind == NO_STOP, MeetingNote.text != ""
    )
    return any(session.scalar(one.limit(1)) is not None for one in (stops, word))


def _ended(session: Session, row: Meeting, at: datetime) -> None:
    if row.ended_at is None:
        _count(row, at)
        row.running_since, row.ended_at = None, at
        changed(session, row.id)


def _locked(session: Session, meeting_id: int) -> Meeting:
    """The row, held until this transaction ends, as it is now."""
    row = session.scalars(
        select(Meeting)
        .where(Meeting.id == meeting_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise Refused(GONE)
    return row


def _count(row: Meeting, at: datetime) -> None:
    """What ran since the clock was started counts for the step at which it is."""
    ran = _running(row.running_since, at)
    row.spent = {**row.spent, row.step: row.spent.get(row.step, 0) + ran}
    row.running_since = at if row.running_since is not None else None


def _running(since: datetime | None, at: datetime) -> int:
    if since is None:
        return 0
    ran = min(aware(at) - aware(since), FORGOTTEN)
    return max(0, int(ran.total_seconds()))
