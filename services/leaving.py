"""When somebody takes part no longer: what it means, and that nothing is lost by it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from models.channels import ChannelAccount
from models.organisation import Person, PersonRole, PersonSkill
from models.plan import Activity
from services import closed, rulebook

IN_HAND = ("open", "doing", "stuck")
NAMELESS = "Somebody who left"


@dataclass(frozen=True, slots=True)
class Ties:
    """What depends on a person: titles of promises in hand, accounts owned, accounts stood in for,
    and how many promises are settled already."""

    promises: tuple[str, ...]
    owned: tuple[str, ...]
    deputy: tuple[str, ...]
    settled: int


def ties(session: Session, person_id: int) -> Ties:
    """What would need somebody else if this person left."""
    promised = session.scalars(
        select(Activity).where(Activity.owner_id == person_id).order_by(Activity.id)
    ).all()
    accounts = session.scalars(
        select(ChannelAccount)
        .where(or_(ChannelAccount.owner_id == person_id, ChannelAccount.deputy_id == person_id))
        .order_by(ChannelAccount.id)
    ).all()
    return Ties(
        promises=tuple(row.title for row in promised if row.state in IN_HAND),
        owned=tuple(_called(row) for row in accounts if row.owner_id == person_id),
        deputy=tuple(_called(row) for row in accounts if row.deputy_id == person_id),
        settled=sum(row.state not in IN_HAND for row in promised),
    )


def leave(session: Session, person_id: int) -> None:
    """The person takes part no longer. Promises in hand and accounts wait for somebody else; what
    is settled, or stands in a closed quarter, keeps its name. Leaving twice changes nothing."""
    person = session.get(Person, person_id)
    if person is None or not person.active:
        return
    person.active = False
    stays = closed.quarters(session, person.organisation_id)
    held = (Activity.owner_id == person_id, Activity.state.in_(IN_HAND))
    for activity in session.scalars(select(Activity).where(*held)):
        if activity.quarter_id in stays:
            continue
        activity.owner_id = None
    for account in session.scalars(
        select(ChannelAccount).where(
            or_(ChannelAccount.owner_id == person_id, ChannelAccount.deputy_id == person_id)
        )
    ):
        account.owner_id = None if account.owner_id == person_id else account.owner_id
        account.deputy_id = None if account.deputy_id == person_id else account.deputy_id
    session.flush()


def come_back(session: Session, person_id: int) -> None:
    """The person takes part again, with skills and roles as before; promises stay as they are."""
    person = session.get(Person, person_id)
    if person is not None:
        person.active = True
        session.flush()


def forget(session: Session, person_id: int) -> None:
    """Take the name and all that was said about a person who left out of the list of people; the
    row stays without a name, so that settled promises still have an owner."""
    person = session.get(Person, person_id)
    if person is None or person.active:
        return
    for table in (PersonSkill, PersonRole):
        session.execute(delete(table).where(table.person_id == person_id))
    person.name, person.hours, person.volunteer, person.unit_id = NAMELESS, 0.0, False, None
    session.flush()


def _called(account: ChannelAccount) -> str:
    return account.name or rulebook.title("channels", account.channel)
