"""Advice that somebody takes on becomes a promise with an owner, hours and a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.organisation import Person
from models.plan import Activity
from models.recommendations import Decision, Recommendation
from services import recommendations
from services.advice import AdviceView
from services.recommendations import Said, Standing
from services.refusals import Refused

MOST_HOURS = 80


@dataclass(frozen=True, slots=True)
class Promise:
    """Who answers for an activity (None: nobody yet), hours a week, hours once, and until when."""

    owner_id: int | None
    hours_week: float
    hours_setup: float
    due_on: date | None = None


def take_on(
    session: Session,
    view: AdviceView,
    activity: str,
    said: Said,
    promise: Promise,
    *,
    seen: int | None,
) -> Activity:
    """Accept or adapt an activity and plan it; taking it on again changes the same promise. Raises
    Changed if somebody decided otherwise since `seen`, Refused for a promise nobody can keep."""
    _check(session, view, promise)
    standing = recommendations.decide(session, view, ("activity", activity, ""), said, seen=seen)
    row = _planned(session, view.quarter_id, activity)
    if row is None:
        row = Activity(
            organisation_id=view.organisation_id,
            quarter_id=view.quarter_id,
            catalogue_id=activity,
            title=view.title("activity", activity),
            channel=best_channel(view, activity),
            starts_on=date.today(),
        )
        session.add(row)
    row.recommendation_id = standing.recommendation_id
    row.owner_id, row.due_on = promise.owner_id, promise.due_on
    row.hours_week, row.hours_setup = promise.hours_week, promise.hours_setup
    session.flush()
    return row


def let_go(session: Session, decision_id: int, *, who: str = "") -> None:
    """Take a decision back. A promise made by it goes too, unless somebody has begun with it."""
    recommendations.undo(session, decision_id, who=who)
    decision = session.get(Decision, decision_id)
    if decision is None:
        return
    row = session.get_one(Recommendation, decision.recommendation_id)
    if row.kind != "activity":
        return
    planned = _planned(session, row.quarter_id, row.target)
    if planned is not None and planned.state == "open" and planned.recommendation_id is not None:
        session.delete(planned)
        session.flush()


def name_owner(
    session: Session, view: AdviceView, activity: str, person_id: int, said: Said
) -> Standing:
    """Make a person the one who answers for an activity; whoever did so before no longer does."""
    _check(session, view, Promise(person_id, 0, 0))
    target = ("owner", f"p{person_id}", activity)
    standing = recommendations.standing(session, view.quarter_id)
    for (kind, name, of), before in standing.items():
        if (kind, of) == ("owner", activity) and name != target[1]:
            recommendations.undo(session, before.decision_id, who=said.who)
    kept = standing.get(target)
    decided = recommendations.decide(
        session, view, target, said, seen=kept.decision_id if kept else None
    )
    planned = _planned(session, view.quarter_id, activity)
    if planned is not None:
        planned.owner_id = person_id
        session.flush()
    return decided


def best_channel(view: AdviceView, activity: str) -> str:
    """The channel on which to do it: the best recommended one that it lives on; '' if none."""
    entry = view.entry("activity", activity)
    listed = entry.values.get("channels") if entry else None
    lives_on = set(listed) if isinstance(listed, list | tuple) else set()
    ranked = (one.target[1] for one in view.recommended("channel"))
    return next((channel for channel in ranked if channel in lives_on), "")


def _planned(session: Session, quarter_id: int, activity: str) -> Activity | None:
    """The newest promise of an activity that is still in hand."""
    return session.scalars(
        select(Activity)
        .where(
            Activity.quarter_id == quarter_id,
            Activity.catalogue_id == activity,
            Activity.state.in_(["open", "doing", "stuck"]),
        )
        .order_by(Activity.id.desc())
    ).first()


def _check(session: Session, view: AdviceView, promise: Promise) -> None:
    hours = (promise.hours_week, promise.hours_setup)
    if any(not 0 <= number <= 10 * MOST_HOURS for number in hours) or hours[0] > MOST_HOURS:
        raise Refused(f"Say how many hours it takes: from none to {MOST_HOURS} a week.")
    if promise.owner_id is not None:
        person = session.get(Person, promise.owner_id)
        if person is None or person.organisation_id != view.organisation_id:
            raise Refused("This person no longer takes part. Choose somebody else.")
