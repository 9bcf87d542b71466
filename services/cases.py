"""Whom we answer: messages that reached us, with their first reply. What is unknown is never 0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.listening import ResponseCase
from models.organisation import Person
from services import rulebook
from services.refusals import Changed, Refused

LONGEST = 120
"""Letters of a subject."""
SHORT = 80
MINUTES = 24 * 60
PATIENCE = timedelta(days=91)
Way = Literal["typed", "pasted"]


@dataclass(frozen=True, slots=True)
class Said:
    """A message as somebody notes it: days and minutes of the day as on the clock on the wall;
    where (a channel of the catalogue, or `elsewhere`); whether it needed an answer and got one;
    `solved` where it was asked, without handing over; `rating` from 1 to 5; whose care it is.
    None or empty: not known."""

    received_on: date
    received_minute: int | None = None
    channel: str = ""
    elsewhere: str = ""
    subject: str = ""
    needs_answer: bool | None = None
    answered: bool | None = None
    replied_on: date | None = None
    replied_minute: int | None = None
    closed_on: date | None = None
    solved: bool | None = None
    rating: int | None = None
    person_id: int | None = None

    @property
    def waits(self) -> bool:
        """Whether somebody waits for an answer, as far as is known."""
        return self.answered is False and self.needs_answer is not False


@dataclass(frozen=True, slots=True)
class Case:
    """A message as kept, at which version; `person` is a name, "" if nobody is named."""

    id: int
    version: int
    said: Said
    person: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Many messages beside what is kept: those that are new, and how many are kept already."""

    new: tuple[Said, ...]
    same: int


def listed(session: Session, organisation_id: int, first: date, last: date) -> list[Case]:
    """Those received from a day to another one, both included, the newest first."""
    return _read(session, organisation_id, ResponseCase.received_on.between(first, last))


def waiting(session: Session, organisation_id: int, until: date) -> list[Case]:
    """Those received in the last thirteen weeks up to a day that wait for an answer, the oldest
    first; whoever wrote before does not wait any more."""
    found = _read(
        session,
        organisation_id,
        ResponseCase.received_on.between(until - PATIENCE, until),
        ResponseCase.answered.is_(False),
        ResponseCase.needs_answer.is_not(False),
    )
    return found[::-1]


def note(
    session: Session, organisation_id: int, said: Said, *, today: date, way: Way = "typed"
) -> int:
    """Keep a message; its id. Refused for what cannot be."""
    row = _added(session, organisation_id, fitting(session, organisation_id, said, today), way)
    session.flush()
    return row.id


def restate(session: Session, case_id: int, said: Said, *, version: int, today: date) -> None:
    """Say otherwise, or more, about a message. Changed if somebody else did meanwhile."""
    row = session.get(ResponseCase, case_id)
    if row is None:
        raise Changed(None)
    if _said(row) == said:
        return
    if row.version != version:
        raise Changed(asdict(_said(row)), row.version)
    _put(row, fitting(session, row.organisation_id, said, today))
    session.flush()


def remove(session: Session, case_id: int, *, version: int) -> None:
    """Take one away; doing so twice changes nothing. Changed if somebody has just changed it."""
    row = session.get(ResponseCase, case_id)
    if row is None:
        return
    if row.version != version:
        raise Changed(asdict(_said(row)), row.version)
    session.delete(row)
    session.flush()


def take_in(session: Session, organisation_id: int, said: Iterable[Said], *, today: date) -> Beside:
    """Keep many messages in one act, all or none; what is kept already is not kept twice."""
    fit = [fitting(session, organisation_id, one, today) for one in said]
    found = compare(session, organisation_id, fit)
    for one in found.new:
        _added(session, organisation_id, one, "pasted")
    session.flush()
    return found


def compare(session: Session, organisation_id: int, said: Sequence[Said]) -> Beside:
    """Messages beside those that are kept: the same words on the same day and minute are one."""
    if not said:
        return Beside((), 0)
    days = [one.received_on for one in said]
    kept = [_key(one.said) for one in listed(session, organisation_id, min(days), max(days))]
    new = []
    for one in said:
        if _key(one) in kept:
            kept.remove(_key(one))
        else:
            new.append(one)
    return Beside(tuple(new), len(said) - len(new))


def fitting(session: Session, organisation_id: int, said: Said, today: date) -> Said:
    """The message as it would be kept. Refused, with a sentence, for what cannot be."""
    subject = " ".join(said.subject.split())
    elsewhere = "" if said.channel else " ".join(said.elsewhere.split())
    if len(subject) > LONGEST or len(elsewhere) > SHORT:
        raise Refused("Please shorten it: a few words are enough, without names.")
    if said.channel and said.channel not in rulebook.titles("channels"):
        raise Refused("Choose the channel from the list, or leave it empty.")
    if said.person_id is not None:
        person = session.get(Person, said.person_id)
        if person is None or person.organisation_id != organisation_id:
            raise Refused("This person takes part no longer. Choose somebody else.")
    if said.rating is not None and not 1 <= said.rating <= 5:
        raise Refused("A rating is a whole number from 1 to 5, or empty.")
    return replace(_in_order(said, today), subject=subject, elsewhere=elsewhere)


def _in_order(said: Said, today: date) -> Said:
    """First comes the message, then the answer; a day that has not come yet is none."""
    if max(filter(None, (said.received_on, said.replied_on, said.closed_on))) > today:
        raise Refused("A day that has not come yet cannot be kept.")
    minutes = (said.received_minute, said.replied_minute)
    if not all(0 <= minute < MINUTES for minute in minutes if minute is not None):
        raise Refused("A time of the day lies between 0:00 and 23:59.")
    if said.replied_on is None and said.replied_minute is not None:
        raise Refused("Say on which day it was answered.")
    if said.replied_on and said.answered is False:
        raise Refused("It has a first answer, so it was answered.")
    if said.replied_on and _before(said):
        raise Refused("The answer cannot come before the message. Look at both times.")
    if said.closed_on and said.closed_on < (said.replied_on or said.received_on):
        raise Refused("It cannot be closed before it was answered. Look at the days.")
    return replace(said, answered=True) if said.replied_on else said


def _before(said: Said) -> bool:
    if said.replied_on != said.received_on:
        return bool(said.replied_on and said.replied_on < said.received_on)
    first, last = said.received_minute, said.replied_minute
    return first is not None and last is not None and last < first


def _read(session: Session, organisation_id: int, *wanted: ColumnElement[bool]) -> list[Case]:
    rows = session.execute(
        select(ResponseCase, Person.name)
        .outerjoin(Person, Person.id == ResponseCase.person_id)
        .where(ResponseCase.organisation_id == organisation_id, *wanted)
        .order_by(
            ResponseCase.received_on.desc(),
            func.coalesce(ResponseCase.received_minute, 0).desc(),
            ResponseCase.id.desc(),
        )
    )
    return [Case(row.id, row.version, _said(row), name or "") for row, name in rows]


def _key(said: Said) -> tuple[object, ...]:
    return (
        said.received_on, said.received_minute, said.channel, said.elsewhere,
        said.subject.casefold(),
    )  # fmt: skip


def _added(session: Session, organisation_id: int, said: Said, way: Way) -> ResponseCase:
    row = ResponseCase(organisation_id=organisation_id, way=way, kept_at=datetime.now(UTC))
    _put(row, said)
    session.add(row)
    return row


def _put(row: ResponseCase, said: Said) -> None:
    for name, value in asdict(said).items():
        setattr(row, name, value)


def _said(row: ResponseCase) -> Said:
    return Said(**{name: getattr(row, name) for name in Said.__dataclass_fields__})
