"""Start the next quarter, in three steps: what carries over, what we want, and asking again.

The quarter is begun as ever (`quarters.ensure`), ahead of its first day too; each step may be taken
again until the quarter is closed, and the newest counts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.assessments import Assessment
from models.milestones import QuarterStep
from models.organisation import Quarter
from models.plan import Activity
from services import assessments, closed, plan, quarters
from services import objectives as wanted
from services.objectives import Wish
from services.plan import OWN
from services.refusals import Changed, Refused
from services.taking_on import IN_HAND

LONGEST = 300
"""Letters of why an objective is changed or dropped."""
STEPS = ("carry_over", "objectives", "reassess")


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise in hand that may carry over; `ticked`: it stands in the next quarter already, and
    `begun` says that somebody changed it there, so that it stays."""

    kept: plan.Kept
    ticked: bool
    begun: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What becomes of an objective in the next quarter, read there at `version`; and in a word
    why."""

    do: Literal["keep", "change", "drop"]
    version: int
    wish: Wish | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """The quarter that follows: what it is called, when it begins, its id (None: not begun yet),
    whether it is over by now, and whether it is closed."""

    label: str
    starts_on: date
    id: int | None
    over: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken: what was said, by whom, and when."""

    said: Any
    who: str
    made_at: datetime


def way(session: Session, quarter_id: int, on: date) -> Way:
    """What follows a quarter, as it stands on this day. It writes nothing."""
    this = session.get_one(Quarter, quarter_id)
    starts_on = quarters.following(this.starts_on)
    there = quarters.current(session, this.organisation_id, starts_on)
    row = there or quarters.bare(this.organisation_id, starts_on)
    done = there is not None and closed.is_closed(session, there.id)
    number = there.id if there else None
    return Way(quarters.label(row), row.starts_on, number, row.ends_on < on, done)


def begin(session: Session, quarter_id: int) -> Quarter:
    """The quarter after this one, begun if it is new with what this one knows; its first day may
    lie ahead. There is one way into it: beginning twice changes nothing."""
    this = session.get_one(Quarter, quarter_id)
    return quarters.ensure(session, this.organisation_id, quarters.following(this.starts_on))


def steps(session: Session, next_id: int) -> dict[str, Taken]:
    """The steps into a quarter that were taken, by name; the newest of each."""
    rows = session.scalars(
        select(QuarterStep).where(QuarterStep.quarter_id == next_id).order_by(QuarterStep.id)
    )
    return {row.step: Taken(row.said, row.who, row.made_at) for row in rows}


def promises(session: Session, quarter_id: int, next_id: int) -> list[Promise]:
    """The promises of a quarter that are open or stuck, and which of them stand in the next."""
    there = {row.uid: row for row in _activities(session, next_id)}
    found = []
    for kept in plan.listed(session, quarter_id):
        if kept.in_hand:
            copy = there.get(_uid(kept.uid, next_id))
            found.append(Promise(kept, copy is not None, copy is not None and copy.version > 1))
    return found


def carry_over(
    session: Session, quarter_id: int, next_id: int, ticked: Collection[int], by: str = ""
) -> None:
    """Let the promises with these ids stand in the next quarter too; the closed one keeps its own.
    What is stuck begins anew, with the word that was said; a day that is past by then falls away.
    What was carried before and is not ticked
    any more goes again, unless somebody has begun with it there. Doing it twice changes nothing."""
    following = _after(session, quarter_id, next_id)
    there = {row.uid: row for row in _activities(session, next_id)}
    taken_on = {row.catalogue_id for row in there.values() if row.state in IN_HAND} - {OWN}
    carried = []
    for row in _activities(session, quarter_id):
        uid = _uid(row.uid, next_id)
        copy = there.get(uid)
        goes = row.id in ticked and row.state in IN_HAND
        if goes:
            carried.append(row.title)
        if goes and copy is None and row.catalogue_id not in taken_on:
            session.add(_copied(row, following, uid))
        elif not goes and copy is not None and copy.version == 1:
            session.delete(copy)
    _took(session, next_id, "carry_over", carried, by)


def objectives(session: Session, next_id: int, choices: Mapping[int, Choice], by: str = "") -> None:
    """Keep, change or drop each objective that the next quarter begins with, by its id there.

    Raises Changed if one is newer than read, or gone; Refused if one has no choice yet.
    """
    there = {one.id: one for one in wanted.listed(session, next_id)}
    if gone := [number for number in choices if number not in there]:
        raise Changed(None, gone[0])
    if there.keys() - choices.keys():
        raise Refused("Say of each objective whether you keep it, change it or drop it.")
    for number, choice in choices.items():
        one = there[number]
        if one.version != choice.version:
            raise Changed({"name": one.name}, one.version)
        if choice.do == "change" and choice.wish is not None:
            wanted.restate(session, number, choice.wish, version=choice.version)
    for number, choice in choices.items():
        if choice.do == "drop":
            wanted.drop(session, number)
    _took(session, next_id, "objectives", _said(there, choices), by)


def reassess(session: Session, next_id: int, *, depth: int = 8, by: str = "") -> Assessment:
    """A new round of questions in the next quarter; beginning it twice is one round."""
    quarter = session.get_one(Quarter, next_id)
    round_ = assessments.open_round(session, quarter.organisation_id, next_id, depth=depth)
    _took(session, next_id, "reassess", {"depth": round_.depth}, by)
    return round_


def _said(there: Mapping[int, wanted.Stated], choices: Mapping[int, Choice]) -> dict[str, Any]:
    """What became of the objectives, by name; and why, where somebody said so."""
    said: dict[str, Any] = {"keep": [], "change": [], "drop": []}
    why = {}
    for number, choice in choices.items():
        said[choice.do].append(there[number].name)
        if len(choice.why) > LONGEST:
            raise Refused(f"Please say in fewer words why you {choice.do} an objective.")
        if choice.why.strip():
            why[there[number].name] = choice.why.strip()
    return {**said, "why": why} if why else said


def _after(session: Session, quarter_id: int, next_id: int) -> Quarter:
    this, following = session.get_one(Quarter, quarter_id), session.get_one(Quarter, next_id)
    if (this.organisation_id, quarters.following(this.starts_on)) != (
        following.organisation_id,
        following.starts_on,
    ):
        raise Refused("Promises carry over into the quarter that follows, and into no other.")
    return following


def _activities(session: Session, quarter_id: int) -> list[Activity]:
    rows = select(Activity).where(Activity.quarter_id == quarter_id)
    return list(session.scalars(rows.order_by(Activity.id)))


def _uid(uid: str, next_id: int) -> str:
    """The identity of a promise in the next quarter: always the same, so that none comes twice."""
    return str(uuid5(NAMESPACE_URL, f"crossroads:{uid}/{next_id}"))


def _copied(row: Activity, following: Quarter, uid: str) -> Activity:
    due = row.due_on if row.due_on and row.due_on >= following.starts_on else None
    return Activity(
        organisation_id=row.organisation_id,
        quarter_id=following.id,
        owner_id=row.owner_id,
        catalogue_id=row.catalogue_id,
        title=row.title,
        channel=row.channel,
        hours_setup=row.hours_setup,
        hours_week=row.hours_week,
        starts_on=row.starts_on,
        due_on=due,
        state="open" if row.state == "stuck" else row.state,
        note=row.note,
        uid=uid,
    )


def _took(session: Session, next_id: int, step: str, said: Any, by: str) -> None:
    """Keep that a step was taken; the same said twice is one."""
    there = steps(session, next_id).get(step)
    if there is None or (there.said, there.who) != (said, by.strip()):
        moment = datetime.now(UTC)
        row = QuarterStep(
            quarter_id=next_id, step=step, said=said, who=by.strip(), made_at=moment
        )  # fmt: skip
        session.add(row)
    session.flush()
