"""The parts of a milestone: everything that one quarter was, each part as canonical JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from models.base import Base
from models.meetings import Meeting, MeetingDecision, MeetingNote, MeetingScore
from models.objectives import Objective
from models.organisation import Organisation, Person, Quarter
from models.plan import Activity
from models.recommendations import Decision, Recommendation
from services import advice, assessments, frozen, quarters, rulebook
from services.advice import AdviceView
from services.closed import aware

COUNTED = {
    "result": "starts_on",
    "outcome": "quarter_id",
    "experiment": "quarter_id",
    "lesson": "quarter_id",
    "weighing": "quarter_id",
    "insight": "heard_on",
    "response_case": "received_on",
}
"""Tables of what came of it, as far as they are there, and the column that ties them to a quarter:
its id, or a date in it."""

_WHERE = {"id", "version", "uid"}
"""Where a row lies says nothing about the quarter; neither do links to other rows. What a catalogue
calls it does."""


def parts(
    session: Session, organisation_id: int, quarter_id: int, closed_at: datetime, by: str
) -> dict[str, str]:
    """Every part by its name. It writes nothing."""
    place = (organisation_id, quarter_id)
    view = advice.current(session, *place)
    quarter = session.get_one(Quarter, quarter_id)
    said: dict[str, Any] = {
        "quarter": _quarter(session, quarter, closed_at, by),
        "answers": asdict(assessments.results(session, *place)),
        "rules": _rules(view),
        "amendments": [_told(row) for row in rulebook.in_force(session, *place)],
        "objectives": [_told(row) for row in _objectives(session, quarter_id)],
        "decisions": list(_decisions(session, quarter_id)),
        "promises": list(_promises(session, quarter_id)),
        "meeting": _meeting(session, quarter_id),
        "results": {name: _counted(session, name, quarter) for name in sorted(COUNTED)},
    }
    return {
        "facts": frozen.facts_text(view.facts, view.names, view.facts_hash),
        "advice": frozen.advice_text(view.pack, view.advice, view.names),
        **{name: frozen.canonical(plain(one)) for name, one in said.items()},
    }


def plain(said: Any) -> Any:
    """Days and moments as text (moments in UTC), tuples as lists."""
    match said:
        case datetime():
            return aware(said).isoformat()
        case date():
            return said.isoformat()
        case Mapping():
            return {str(name): plain(one) for name, one in said.items()}
        case list() | tuple():
            return [plain(one) for one in said]
    return said


def _quarter(session: Session, quarter: Quarter, closed_at: datetime, by: str) -> dict[str, Any]:
    it = session.get_one(Organisation, quarter.organisation_id)
    return {
        "organisation": it.name,
        "quarter": quarters.label(quarter),
        "starts_on": quarter.starts_on,
        "ends_on": quarter.ends_on,
        "closed_at": closed_at,
        "closed_by": by,
    }


def _rules(view: AdviceView) -> dict[str, Any]:
    """Which rules, and the hash of their text; that is kept once for all milestones."""
    delivered = rulebook.pack()
    return {
        "name": delivered.name,
        "title": delivered.title,
        "version": delivered.version,
        "delivered": delivered.fingerprint,
        "fingerprint": view.pack.fingerprint,
        "text_sha256": frozen.digest(frozen.rules_text()),
    }


def _decisions(session: Session, quarter_id: int) -> Iterable[dict[str, Any]]:
    """Every decision, those taken back too, with the advice that it was about."""
    rows = session.execute(
        select(Decision, Recommendation)
        .join(Recommendation, Recommendation.id == Decision.recommendation_id)
        .where(Recommendation.quarter_id == quarter_id)
        .order_by(Decision.id)
    )
    for decision, row in rows:
        about = _told(row, but={"reasons", "amendments"})
        yield {"about": about, **_told(decision)}


def _promises(session: Session, quarter_id: int) -> Iterable[dict[str, Any]]:
    rows = session.execute(
        select(Activity, Person.name)
        .outerjoin(Person, Person.id == Activity.owner_id)
        .where(Activity.quarter_id == quarter_id)
        .order_by(Activity.id)
    )
    for activity, name in rows:
        yield {"owner": name or "", **_told(activity)}


def _meeting(session: Session, quarter_id: int) -> dict[str, Any] | None:
    """The review of the quarter with all that was said in it; None if nobody met."""
    row = session.scalars(select(Meeting).where(Meeting.quarter_id == quarter_id)).one_or_none()
    if row is None:
        return None
    said: dict[str, Any] = _told(row, but={"changes"})
    for name, table in (("decided", MeetingDecision), ("scores", MeetingScore)):
        of = select(table).where(table.meeting_id == row.id).order_by(table.id)
        said[name] = [_told(one) for one in session.scalars(of)]
    noted = session.execute(
        select(MeetingNote, MeetingDecision.what)
        .outerjoin(MeetingDecision, MeetingDecision.id == MeetingNote.decision_id)
        .where(MeetingNote.meeting_id == row.id)
        .order_by(MeetingNote.id)
    )
    return {**said, "notes": [{"decided": what or "", **_told(one)} for one, what in noted]}


def _counted(session: Session, name: str, quarter: Quarter) -> list[dict[str, Any]]:
    """What a table says about the quarter; nothing if there is no such table (yet)."""
    table = Base.metadata.tables.get(name)
    tie = table.c.get(COUNTED[name]) if table is not None else None
    if table is None or tie is None:
        return []
    within = [tie == quarter.id]
    if tie.name != "quarter_id":
        begins, ends = quarter.starts_on, quarters.following(quarter.starts_on)
        within = [table.c.organisation_id == quarter.organisation_id, tie >= begins, tie < ends]
    rows = session.execute(select(table).where(*within).order_by(table.c.id)).mappings().all()
    links = _links(session, quarter.organisation_id) if rows else {}
    return [_counted_row(table, dict(row), links) for row in rows]


Links = Mapping[str, Mapping[int, Any]]


def _links(session: Session, organisation_id: int) -> Links:
    """What a row may be about or belong to, by table and id: people by name, advice by target."""
    people = select(Person).where(Person.organisation_id == organisation_id)
    advised = select(Recommendation).where(Recommendation.organisation_id == organisation_id)
    return {
        "person": {row.id: row.name for row in session.scalars(people)},
        "recommendation": {
            row.id: {"kind": row.kind, "target": row.target, "of": row.of}
            for row in session.scalars(advised)
        },
    }


def _counted_row(table: Table, row: Mapping[str, Any], links: Links) -> dict[str, Any]:
    """What a row says, with the person and the advice that it names instead of where they lie."""
    said = {name: row[name] for name in row if _says(name)}
    for column in table.columns:
        for key in column.foreign_keys:
            there = links.get(key.column.table.name, {})
            if row[column.name] in there:
                said[column.name.removesuffix("_id")] = there[row[column.name]]
    return said


def _objectives(session: Session, quarter_id: int) -> Iterable[Objective]:
    wanted = select(Objective).where(Objective.quarter_id == quarter_id)
    return session.scalars(wanted.order_by(Objective.position, Objective.id))


def _told(row: Base, but: Collection[str] = ()) -> dict[str, Any]:
    """What a row says."""
    columns = [column.name for column in row.__table__.columns]
    return {name: getattr(row, name) for name in columns if _says(name) and name not in but}


def _says(name: str) -> bool:
    return name == "catalogue_id" or (name not in _WHERE and not name.endswith("_id"))
