"""The accounts we have: who looks after each, how safe it is, and whether it is in use."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.channels import ChannelAccount
from models.organisation import Person
from services import rulebook
from services.refusals import Changed, Refused

STATUSES = {
    "live": "In use",
    "paused": "Paused",
    "planned": "Planned, not open yet",
    "closed": "Closed",
}
MOST_ADMINS = 1_000


@dataclass(frozen=True, slots=True)
class Account:
    """An account on a channel (catalogue); who answers for it and who steps in, by their ids;
    `two_factor`: the second login step is on; `admins`: people with full access. None: not known.
    """

    channel: str
    name: str
    status: str
    owner_id: int | None = None
    deputy_id: int | None = None
    two_factor: bool | None = None
    admins: int | None = None
    last_activity_on: date | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """An account as kept: where it lies, at which version, and what it says."""

    id: int
    version: int
    said: Account


def add(session: Session, organisation_id: int, said: Account, *, on: date) -> ChannelAccount:
    """One account more; `on` is today, which no activity can come after."""
    said = _checked(session, organisation_id, said, on)
    row = ChannelAccount(organisation_id=organisation_id, **asdict(said))
    session.add(row)
    session.flush()
    return row


def update(
    session: Session, account_id: int, said: Account, *, version: int, on: date
) -> ChannelAccount:
    """Change what was read at `version`. Raises Changed if it is newer by now, or gone."""
    row = session.get(ChannelAccount, account_id)
    if row is None:
        raise Changed(None)
    if row.version != version:
        raise Changed(asdict(_said(row)), row.version)
    for name, value in asdict(
        _checked(session, row.organisation_id, said, on, own_id=account_id)
    ).items():
        setattr(row, name, value)
    session.flush()
    return row


def remove(session: Session, account_id: int) -> None:
    """The account leaves the list; removing twice changes nothing."""
    row = session.get(ChannelAccount, account_id)
    if row is not None:
        session.delete(row)
        session.flush()


def listed(session: Session, organisation_id: int) -> list[Kept]:
    """All accounts: those in use first, then by channel and name."""
    rows = session.scalars(
        select(ChannelAccount).where(ChannelAccount.organisation_id == organisation_id)
    )
    order = list(STATUSES)
    kept = [Kept(row.id, row.version, _said(row)) for row in rows]
    return sorted(
        kept,
        key=lambda one: (
            order.index(one.said.status),
            rulebook.title("channels", one.said.channel).casefold(),
            one.said.name.casefold(),
        ),
    )


def _said(row: ChannelAccount) -> Account:
    return Account(
        channel=row.channel,
        name=row.name,
        status=row.status,
        owner_id=row.owner_id,
        deputy_id=row.deputy_id,
        two_factor=row.two_factor,
        admins=row.admins,
        last_activity_on=row.last_activity_on,
    )


def _checked(
    session: Session, organisation_id: int, said: Account, on: date, *, own_id: int = 0
) -> Account:
    name = " ".join(said.name.split())
    if said.channel not in rulebook.pack().catalogues["channels"]:
        raise Refused("Say on which channel the account is.")
    if len(name) > 80:
        raise Refused("Please shorten the name of the account to 80 letters.")
    if said.status not in STATUSES:
        raise Refused("Say whether the account is in use.")
    if said.admins is not None and not 0 <= said.admins <= MOST_ADMINS:
        raise Refused("Say how many people have full access, or leave it empty.")
    if said.last_activity_on and said.last_activity_on > on:
        raise Refused("The last post or answer cannot lie in the future.")
    _check_people(session, organisation_id, said)
    same = select(ChannelAccount.id).where(
        ChannelAccount.organisation_id == organisation_id,
        ChannelAccount.channel == said.channel,
        ChannelAccount.name == name,
        ChannelAccount.id != own_id,
    )
    if session.scalars(same).first():
        raise Refused("This account is in the list already. Give a second one its own name.")
    return replace(said, name=name)


def _check_people(session: Session, organisation_id: int, said: Account) -> None:
    """Only people who take part can look after an account, and nobody stands in for themselves."""
    named = {one for one in (said.owner_id, said.deputy_id) if one is not None}
    there = session.scalars(
        select(Person.id).where(
            Person.organisation_id == organisation_id, Person.active, Person.id.in_(named)
        )
    )
    if named - set(there):
        raise Refused("Choose somebody who takes part.")
    if said.owner_id is not None and said.owner_id == said.deputy_id:
        raise Refused("Who steps in has to be somebody else than who answers for it.")
