"""Milestones: a quarter is closed once, frozen whole, and corrected only by what is added to it.

Two milestones are compared in `comparing`; one derives its advice again in `rederiving`; the way
into the next quarter is `next_quarter`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.assessments import Assessment
from models.milestones import Addendum, FrozenPart, FrozenRules, Milestone
from models.organisation import Quarter
from services import assessments, freezing, frozen, meeting_clock, quarters, thawing
from services.closed import aware
from services.comparing import compare
from services.rederiving import rederive
from services.refusals import Refused
from services.thawing import damaged

__all__ = [
    "Added",
    "Closed",
    "addenda",
    "addendum",
    "close",
    "compare",
    "damaged",
    "find",
    "listed",
    "of_quarter",
    "open_rounds",
    "part",
    "rederive",
]

LONGEST, LONGEST_NAME = 5_000, 200


@dataclass(frozen=True, slots=True)
class Closed:
    """A milestone: where it lies, its quarter by id and by name, when and by whom it was closed,
    and the hash over everything in it."""

    id: int
    organisation_id: int
    quarter_id: int
    quarter: str
    closed_at: datetime
    by: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Added:
    """A dated correction."""

    text: str
    who: str
    made_at: datetime


def close(
    session: Session,
    organisation_id: int,
    quarter_id: int,
    by: str,
    *,
    on: date | None = None,
    at: datetime | None = None,
) -> Closed:
    """Freeze the quarter as it is; rounds that are still open end with it,
    and so does a meeting. Closing twice changes
    nothing. `on` is today, `at` the moment, if it is another one (an example's past).

    Refused for a quarter that has not begun, or if nobody says who closes it. It belongs in one
    transaction: whatever happens before its end, nothing was closed.
    """
    quarter = _held(session, organisation_id, quarter_id)
    there = of_quarter(session, quarter_id)
    if there is not None:
        return there
    by, on = " ".join(by.split())[:LONGEST_NAME], on or date.today()
    if not by:
        raise Refused("Say who closes the quarter.")
    if quarter.starts_on > on:
        raise Refused("This quarter has not begun yet; it can be closed when it is there.")
    moment = at or datetime.now(UTC)
    for round_ in _open_rounds(session, quarter_id):
        assessments.close(session, round_.id)
    meeting_clock.end_with_quarter(session, quarter_id, moment)
    session.flush()
    return _closed(_freeze(session, quarter, moment, by), quarter)


def of_quarter(session: Session, quarter_id: int) -> Closed | None:
    """The milestone of a quarter, None if it is not closed."""
    row = session.execute(_rows().where(Milestone.quarter_id == quarter_id)).one_or_none()
    return _closed(*row) if row else None


def find(session: Session, organisation_id: int, milestone_id: int) -> Closed:
    """One milestone of an organisation. Refused if it is not there."""
    wanted = (Milestone.organisation_id == organisation_id, Milestone.id == milestone_id)
    row = session.execute(_rows().where(*wanted)).one_or_none()
    if row is None:
        raise Refused("This closed quarter is not there any more.")
    return _closed(*row)


def listed(session: Session, organisation_id: int) -> list[Closed]:
    """All milestones of an organisation, the newest quarter first."""
    rows = _rows().where(Milestone.organisation_id == organisation_id)
    return [_closed(*row) for row in session.execute(rows.order_by(Quarter.starts_on.desc()))]


def part(session: Session, milestone_id: int, name: str) -> Any:
    """A part of a milestone as values (see `freezing.parts` for the names): dicts, lists, texts and
    numbers; days and moments are texts. Raises KeyError for a name that no part has."""
    return json.loads(thawing.text(session, milestone_id, name))


def open_rounds(session: Session, quarter_id: int) -> int:
    """How many rounds of questions closing the quarter would end."""
    return len(_open_rounds(session, quarter_id))


def addendum(
    session: Session, milestone_id: int, text: str, by: str, *, at: datetime | None = None
) -> Added:
    """Correct what was closed by adding to it, dated; what stands there stays. Refused without
    words, or without a name."""
    text, by = text.strip(), " ".join(by.split())[:LONGEST_NAME]
    if not text:
        raise Refused("Say what was otherwise than it was closed.")
    if not by:
        raise Refused("Say who adds this.")
    if len(text) > LONGEST:
        raise Refused("Please shorten the correction a little.")
    milestone = session.scalars(
        select(Milestone).where(Milestone.id == milestone_id).with_for_update()
    ).one()
    rows = thawing.addenda(session, milestone_id)
    if rows and (rows[-1].text, rows[-1].who) == (text, by):
        return _added(rows[-1])  # sent twice
    made_at = at or datetime.now(UTC)
    chained = thawing.chained(rows[-1].sha256 if rows else milestone.sha256, text, by, made_at)
    row = Addendum(milestone_id=milestone_id, text=text, who=by, made_at=made_at, sha256=chained)
    session.add(row)
    session.flush()
    return _added(row)


def addenda(session: Session, milestone_id: int) -> list[Added]:
    """All corrections, oldest first."""
    return [_added(row) for row in thawing.addenda(session, milestone_id)]


def _held(session: Session, organisation_id: int, quarter_id: int) -> Quarter:
    """The quarter; whoever closes it at the same time waits here."""
    wanted = (Quarter.id == quarter_id, Quarter.organisation_id == organisation_id)
    found = session.scalars(select(Quarter).where(*wanted).with_for_update()).one_or_none()
    if found is None:
        raise Refused("This quarter is not there any more.")
    return found


def _freeze(session: Session, quarter: Quarter, closed_at: datetime, by: str) -> Milestone:
    texts = freezing.parts(session, quarter.organisation_id, quarter.id, closed_at, by)
    hashes = {name: frozen.digest(text) for name, text in texts.items()}
    rules = frozen.rules_text()
    if thawing.rules(session, frozen.digest(rules)) is None:
        session.add(FrozenRules(sha256=frozen.digest(rules), text=rules))
    row = Milestone(
        organisation_id=quarter.organisation_id,
        quarter_id=quarter.id,
        closed_at=closed_at,
        closed_by=by,
        sha256=frozen.whole(hashes),
    )
    session.add(row)
    session.flush()
    session.add_all(
        FrozenPart(milestone_id=row.id, name=name, text=text, sha256=hashes[name])
        for name, text in texts.items()
    )
    session.flush()
    return row


def _open_rounds(session: Session, quarter_id: int) -> list[Assessment]:
    wanted = (Assessment.quarter_id == quarter_id, Assessment.closed_at.is_(None))
    return list(session.scalars(select(Assessment).where(*wanted)))


def _rows() -> Any:
    return select(Milestone, Quarter).join(Quarter, Quarter.id == Milestone.quarter_id)


def _closed(row: Milestone, quarter: Quarter) -> Closed:
    said = (row.id, row.organisation_id, row.quarter_id, quarters.label(quarter))
    return Closed(*said, aware(row.closed_at), row.closed_by, row.sha256)


def _added(row: Addendum) -> Added:
    return Added(row.text, row.who, aware(row.made_at))
