"""Advice that somebody takes on becomes a promise with an owner, hours and a date."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.organisation import Person
from models.plan import Activity
from models.recommendations import Decision, Recommendation
from services import owners, recommendations
from services.advice import AdviceView
from services.recommendations import Said, Standing
from services.refusals import Changed, Refused

MOST_HOURS = 80
IN_HAND = ("open", "doing", "stuck")


@dataclass(frozen=True, slots=True)
class Promise:
    """Who answers for an activity (None: nobody yet), hours a week, hours once, and until when."""

    owner_id: int | None
    hours_week: float
    hours_setup: float
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class InHand:
    """A promise that is not settled yet: which activity, what it is called, how it stands."""

    activity: str
    title: str
    state: str
    promise: Promise


def in_hand(session: Session, quarter_id: int) -> list[InHand]:
    """The promises of a quarter that are not settled yet and that advice stands behind, the oldest
    first; one an activity."""
    rows = session.scalars(
        select(Activity)
        .where(
            Activity.quarter_id == quarter_id,
            Activity.state.in_(IN_HAND),
            Activity.catalogue_id != "",
        )
        .order_by(Activity.id)
    )
    newest = {row.catalogue_id: row for row in rows}
    return [InHand(name, row.title, row.state, _kept(row)) for name, row in newest.items()]


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
    Changed if somebody decided or promised otherwise since the decision `seen`, Refused for a
    promise nobody can keep, or an owner whom rules hold back if no word says what was agreed."""
    _check(session, view, promise)
    if promise.owner_id is not None:
        _agreed(view, activity, promise.owner_id, said)
    row = _planned(session, view.quarter_id, activity)
    before = recommendations.standing(session, view.quarter_id).get(("activity", activity, ""))
    if row and before and before.decision_id != seen and _kept(row) != promise:
        raise Changed(asdict(before.said) | _told(view, row))
    standing = recommendations.decide(session, view, ("activity", activity, ""), said, seen=seen)
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
    _only_one(session, view.quarter_id, activity, promise.owner_id, said.who)
    session.flush()
    return row


def let_go(session: Session, decision_id: int, *, who: str = "") -> None:
    """Take a decision back. A promise made by it, and who was named for it, go too, unless somebody
    has begun with it."""
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
        _only_one(session, row.quarter_id, row.target, None, who)
        session.flush()


def name_owner(
    session: Session,
    view: AdviceView,
    activity: str,
    person_id: int,
    said: Said,
    *,
    seen: int | None,
) -> Standing:
    """Make a person the one who answers for an activity; whoever did so before no longer does.

    `seen` is who answered for it when this was decided (None: nobody); Changed if it is another one
    by now. Refused if rules hold the person back and no word says what was agreed.
    """
    _check(session, view, Promise(person_id, 0, 0))
    _agreed(view, activity, person_id, said)
    planned = _planned(session, view.quarter_id, activity)
    now = planned.owner_id if planned else seen
    if now not in (seen, person_id):
        raise Changed({"owner": _name(view, now)})
    _only_one(session, view.quarter_id, activity, person_id, said.who)
    target = ("owner", f"p{person_id}", activity)
    kept = recommendations.standing(session, view.quarter_id).get(target)
    decided = recommendations.decide(
        session, view, target, said, seen=kept.decision_id if kept else None
    )
    if planned is not None:
        planned.owner_id = person_id
        session.flush()
    return decided


def step_back(session: Session, view: AdviceView, activity: str, person_id: int, who: str) -> None:
    """Somebody answers for an activity no longer, as anybody may who took it of their own free
    will; the promise waits for somebody else. Stepping back twice changes nothing."""
    planned = _planned(session, view.quarter_id, activity)
    if planned is not None and planned.owner_id == person_id:
        planned.owner_id = None
        _only_one(session, view.quarter_id, activity, None, who)
        session.flush()


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
            Activity.state.in_(IN_HAND),
        )
        .order_by(Activity.id.desc())
    ).first()


def _kept(row: Activity) -> Promise:
    return Promise(row.owner_id, row.hours_week, row.hours_setup, row.due_on)


def _told(view: AdviceView, row: Activity) -> dict[str, object]:
    """A promise as the one who comes second reads it."""
    return {"owner": _name(view, row.owner_id), "hours_week": row.hours_week, "due_on": row.due_on}


def _name(view: AdviceView, person_id: int | None) -> str:
    return "" if person_id is None else view.names.get(f"p{person_id}", "")


def _only_one(
    session: Session, quarter_id: int, activity: str, person_id: int | None, who: str
) -> None:
    """Whoever else was named for an activity is so no longer; the history stays."""
    for (kind, name, of), named in recommendations.standing(session, quarter_id).items():
        if (kind, of) == ("owner", activity) and name != f"p{person_id}":
            recommendations.undo(session, named.decision_id, who=who)


def _agreed(view: AdviceView, activity: str, person_id: int, said: Said) -> None:
    """Nobody is named silently against what holds them back."""
    one = owners.candidate(view, activity, f"p{person_id}")
    if one.only_with_a_word and not said.why.strip():
        raise Refused(
            " ".join([*one.against[:1], "If you agreed on it all the same, say so in a word."])
        )


def _check(session: Session, view: AdviceView, promise: Promise) -> None:
    hours = (promise.hours_week, promise.hours_setup)
    if any(not 0 <= number <= 10 * MOST_HOURS for number in hours) or hours[0] > MOST_HOURS:
        raise Refused(f"Say how many hours it takes: from none to {MOST_HOURS} a week.")
    if promise.owner_id is not None:
        person = session.get(Person, promise.owner_id)
        ours = person is not None and person.organisation_id == view.organisation_id
        if person is None or not ours or not person.active:
            raise Refused("This person no longer takes part. Choose somebody else.")
