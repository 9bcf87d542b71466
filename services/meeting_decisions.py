"""What the review meeting decides, at most five things, and how useful people found it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.meetings import MeetingDecision, MeetingScore
from services import meetings
from services.meeting_capture import LONGEST, LONGEST_NAME, By, fitting, named, there, worded
from services.refusals import Changed, Refused

MOST = 5
"""More decisions than that are not kept anyway."""
SCORES = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as somebody puts it. What stops needs a day and somebody who sees to it too."""

    what: str
    who: str
    due_on: date | None
    effect: str
    check_on: date | None
    is_stop: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision as kept, and who entered it."""

    id: int
    version: int
    said: Decided
    by: By


@dataclass(frozen=True, slots=True)
class Scored:
    """What somebody thought of the meeting, 1-5, and what to change."""

    who: str
    score: int
    change: str
    verified: bool


def decide(
    session: Session, meeting_id: int, said: Decided, by: By, *, at: datetime | None = None
) -> int:
    """Keep a decision; the same one twice is one. Refused for a sixth, or if something is missing
    that a decision needs."""
    said, by = _decision(said), named(by)
    there(session, meeting_id)
    kept_now = decisions(session, meeting_id)
    for kept in kept_now:
        if kept.said == said:
            return kept.id
    if len(kept_now) >= MOST:
        raise Refused(
            "Five are enough for a quarter. Park this one, or take one of the five away: “Change” "
            "beside it, then “Take it away”."
        )
    row = MeetingDecision(
        meeting_id=meeting_id,
        by_whom=by.name,
        verified=by.verified,
        made_at=at or datetime.now(UTC),
        **asdict(said),
    )
    session.add(row)
    meetings.changed(session, meeting_id)
    return row.id


def change(session: Session, decision_id: int, said: Decided, *, version: int) -> None:
    """Put a decision otherwise. Changed if somebody else did meanwhile, or took it away."""
    row = session.get(MeetingDecision, decision_id)
    if row is None:
        raise Changed(None)
    said = _decision(said)
    if _decided(row) == said:
        return
    if row.version != version:
        raise Changed(asdict(_decided(row)), row.version)
    for name, value in asdict(said).items():
        setattr(row, name, value)
    meetings.changed(session, row.meeting_id)


def drop(session: Session, decision_id: int, *, version: int) -> None:
    """Take a decision away; twice changes nothing. Changed if somebody has just changed it."""
    row = session.get(MeetingDecision, decision_id)
    if row is None:
        return
    if row.version != version:
        raise Changed(asdict(_decided(row)), row.version)
    session.delete(row)
    meetings.changed(session, row.meeting_id)


def decisions(session: Session, meeting_id: int) -> list[Kept]:
    """What was decided, the oldest first."""
    rows = session.scalars(
        select(MeetingDecision)
        .where(MeetingDecision.meeting_id == meeting_id)
        .order_by(MeetingDecision.id)
    )
    return [Kept(row.id, row.version, _decided(row), By(row.by_whom, row.verified)) for row in rows]


def score(
    session: Session,
    meeting_id: int,
    points: int,
    change: str,
    by: By,
    *,
    at: datetime | None = None,
) -> None:
    """How useful somebody found it; said again by the same name, the newest counts. Refused without
    a name, lest one takes another's place."""
    by, change = named(by), worded(change, empty=True)
    there(session, meeting_id)
    if points not in SCORES:
        raise Refused("Choose from 1, not useful at all, to 5, very useful.")
    if not by.name:
        raise Refused("Say who gives this score; each name has one.")
    row = session.scalars(
        select(MeetingScore).where(
            MeetingScore.meeting_id == meeting_id, MeetingScore.who == by.name
        )
    ).one_or_none()
    if row is None:
        row = MeetingScore(meeting_id=meeting_id, who=by.name)
        session.add(row)
    row.score, row.change, row.verified = points, change, by.verified
    row.made_at = at or datetime.now(UTC)
    meetings.changed(session, meeting_id)


def scores(session: Session, meeting_id: int) -> list[Scored]:
    """Everybody's scores, in the order in which they were given first."""
    rows = session.scalars(
        select(MeetingScore).where(MeetingScore.meeting_id == meeting_id).order_by(MeetingScore.id)
    )
    return [Scored(row.who, row.score, row.change, row.verified) for row in rows]


def _decision(said: Decided) -> Decided:
    what, who, effect = (" ".join(text.split()) for text in (said.what, said.who, said.effect))
    if not what:
        raise Refused("Say what stops." if said.is_stop else "Say what you decide.")
    if not who:
        raise Refused("Say who sees to it: one name.")
    if said.due_on is None:
        raise Refused("Say by when.")
    if not effect:
        raise Refused("Say what you expect of it, so that it can be checked.")
    if said.check_on is None:
        raise Refused("Say when you will check what came of it.")
    if said.check_on < said.due_on:
        raise Refused("Check it after it is done: the day to check lies before the other one.")
    for words, most in ((what, LONGEST), (effect, LONGEST), (who, LONGEST_NAME)):
        fitting(words, most)
    return Decided(what, who, said.due_on, effect, said.check_on, said.is_stop)


def as_said(said: Decided) -> str:
    """A decision as one would say it, as far as it goes; "" if nothing is said."""
    stop = "Stop: " if said.is_stop and said.what.strip() else ""
    expected = f"expected: {said.effect.strip()}" if said.effect.strip() else ""
    more = ", ".join(filter(None, (said.who.strip(), expected)))
    return " ".join(filter(None, (f"{stop}{said.what.strip()}", f"({more})" if more else "")))


def _decided(row: MeetingDecision) -> Decided:
    return Decided(row.what, row.who, row.due_on, row.effect, row.check_on, row.is_stop)
