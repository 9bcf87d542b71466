"""People, accounts, promises and decisions as facts; read by `facts` alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.channels import ChannelAccount
from models.organisation import Person, PersonRole, PersonSkill
from models.plan import Activity
from models.recommendations import Decision, Recommendation
from rules.condition import Value
from rules.pack import Fact

T = TypeVar("T")

_STATUSES = ("live", "paused", "planned", "closed")
_STATES = {
    "doing": "doing",
    "stuck": "stuck",
    "open": "open",
    "done": "done",
    "not_done": "dropped",
}
_IN_HAND = ("open", "doing", "stuck")


def known(**values: Any) -> dict[str, Value]:
    """The values that are known; what is not is left out, never 0."""
    return {name: value for name, value in values.items() if value is not None}


def active(session: Session, organisation_id: int, column: InstrumentedAttribute[T]) -> list[T]:
    """A column of the people who take part, in the order in which they came."""
    return list(
        session.scalars(
            select(column)
            .where(Person.organisation_id == organisation_id, Person.active)
            .order_by(Person.id)
        )
    )


def names(session: Session, organisation_id: int) -> dict[str, str]:
    """What people are called, by the id that facts use; those who left too."""
    rows = session.execute(
        select(Person.id, Person.name).where(Person.organisation_id == organisation_id)
    )
    return {f"p{number}": name for number, name in rows}


def people(session: Session, organisation_id: int, quarter_id: int) -> Iterator[Fact]:
    """Who takes part, with what they can do and hold. Free hours are those not yet promised."""
    promised = promises(session, quarter_id)
    rows = list(
        session.scalars(
            select(Person)
            .where(Person.organisation_id == organisation_id, Person.active)
            .order_by(Person.id)
        )
    )
    for row in rows:
        count, hours = promised.get(row.id, (0, 0.0))
        yield Fact(
            "person",
            known(
                id=f"p{row.id}",
                function=row.function or None,
                hours=row.hours,
                free_hours=round(max(0.0, row.hours - hours), 6),
                volunteer=row.volunteer,
                accountable=count,
            ),
        )
    yield from _lists(session, {row.id for row in rows})


def promises(session: Session, quarter_id: int) -> Mapping[int, tuple[int, float]]:
    """By person: how many promises are in hand this quarter, and their hours a week."""
    rows = session.execute(
        select(Activity.owner_id, func.count(), func.sum(Activity.hours_week))
        .where(
            Activity.quarter_id == quarter_id,
            Activity.owner_id.is_not(None),
            Activity.state.in_(_IN_HAND),
        )
        .group_by(Activity.owner_id)
    )
    return {owner: (count, hours) for owner, count, hours in rows if owner is not None}


def in_hand(session: Session, quarter_id: int) -> float:
    """Hours a week of everything promised this quarter, one's own ideas included."""
    hours = select(func.sum(Activity.hours_week)).where(
        Activity.quarter_id == quarter_id, Activity.state.in_(_IN_HAND)
    )
    return round(session.scalar(hours) or 0.0, 6)


def accounts(session: Session, organisation_id: int, on: date) -> Iterator[Fact]:
    """A fact for each channel; of several accounts on one, the liveliest speaks for it."""
    rows = session.scalars(
        select(ChannelAccount).where(ChannelAccount.organisation_id == organisation_id)
    )
    by_channel: dict[str, ChannelAccount] = {}
    for row in sorted(rows, key=lambda row: (_STATUSES.index(row.status), row.id)):
        by_channel.setdefault(row.channel, row)
    for channel, row in sorted(by_channel.items()):
        last = row.last_activity_on
        yield Fact(
            "account",
            known(
                channel=channel,
                status=row.status,
                has_owner=row.owner_id is not None,
                has_deputy=row.deputy_id is not None,
                two_factor=row.two_factor,
                admins=row.admins,
                days_quiet=max(0, (on - last).days) if last else None,
            ),
        )


def planned(session: Session, quarter_id: int) -> Iterator[Fact]:
    """A fact for each activity of the plan; several promises of one activity count together. One's
    own promises, that no advice stands behind, are none that rules know. `owner` is known if one
    person answers for all of it."""
    rows = session.scalars(
        select(Activity)
        .where(Activity.quarter_id == quarter_id, Activity.catalogue_id != "")
        .order_by(Activity.id)
    )
    together: dict[str, list[Activity]] = defaultdict(list)
    for row in rows:
        together[row.catalogue_id].append(row)
    for activity, promised in sorted(together.items()):
        states = {_STATES[row.state] for row in promised}
        owners = {row.owner_id for row in promised}
        (owner,) = owners if len(owners) == 1 else (None,)
        yield Fact(
            "planned",
            known(
                activity=activity,
                state=next(state for state in _STATES.values() if state in states),
                has_owner=None not in owners,
                owner=None if owner is None else f"p{owner}",
                hours=sum(row.hours_week for row in promised if row.state in _IN_HAND),
            ),
        )


def decisions(session: Session, quarter_id: int) -> Iterator[Fact]:
    """What was accepted (as it was or adapted) and what was declined this quarter, and stands."""
    rows = session.execute(
        select(Recommendation.kind, Recommendation.target, Decision.answer)
        .join(Decision, Decision.recommendation_id == Recommendation.id)
        .where(Recommendation.quarter_id == quarter_id, Decision.undone_at.is_(None))
        .distinct()
        .order_by(Recommendation.kind, Recommendation.target, Decision.answer)
    )
    for kind, target, answer in rows:
        said = "declined" if answer == "declined" else "accepted"
        yield Fact(said, {"kind": kind, "target": target})


def _lists(session: Session, present: set[int]) -> Iterator[Fact]:
    skills = session.scalars(
        select(PersonSkill).where(PersonSkill.person_id.in_(present)).order_by(PersonSkill.id)
    )
    for skill in skills:
        yield Fact("skill", {"person": f"p{skill.person_id}", "skill": skill.skill})
    roles = session.scalars(
        select(PersonRole).where(PersonRole.person_id.in_(present)).order_by(PersonRole.id)
    )
    for role in roles:
        yield Fact("holds_role", {"person": f"p{role.person_id}", "role": role.role})
