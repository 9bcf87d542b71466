"""What an example heard, and whom it answered: the same words and minutes every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.listening import Insight, ResponseCase
from services import cases, insights, office_hours, quarters, rulebook
from services.cases import Said as Message
from services.heard import Answer
from services.heard import Said as Heard
from services.office_hours import Moment, OfficeHours
from services.sample_people import Told
from services.sample_quarters import Setting

GOLDEN = 0.6180339887498949
"""Multiples of it, without what stands before the point, lie evenly between 0 and 1."""


def was_heard(session: Session, organisation_id: int, said: Told, number: int, at: Setting) -> None:
    """What was heard and received in the quarter with this number (1 is the first), as far as it
    has happened today. Nothing of a quarter is answered after its end: that is unanswered."""
    ends = min(quarters.following(at.begins) - timedelta(days=1), at.today)
    within = replace(at, today=ends)
    for told in said.get("hears", ()):
        if told["quarter"] == number:
            _hear(session, organisation_id, told, within)
    messages = said.get("messages")
    if messages:
        got = messages["quarters"][number - 1]
        there = _messages(messages, got, number, within)
        cases.take_in(session, organisation_id, there, today=ends)
    _date(session, organisation_id, at.begins, ends)


def _hear(session: Session, organisation_id: int, told: Told, at: Setting) -> None:
    ends = at.today
    heard_on = at.begins + timedelta(weeks=told["week"])
    if heard_on > ends:
        return
    reached = heard_on + timedelta(days=told["after"]) if "after" in told else None
    reached = reached if reached and reached <= ends else None
    known = told["where"] in rulebook.titles("channels")
    said = Heard(
        told["text"],
        heard_on,
        channel=told["where"] if known else "",
        elsewhere="" if known else told["where"],
        about=told.get("about", ""),
        objective=told.get("aim", ""),
        evidence=told.get("known", "told"),
        receiver_id=at.people[told["to"]] if "to" in told else None,
        reached_on=reached,
    )
    number = insights.hear(session, organisation_id, said, today=ends)
    if reached and "answer" in told:
        on = reached + timedelta(days=told["then"])
        answer = Answer(told["answer"], told.get("why", ""), on, told.get("change", ""))
        if on <= ends:
            insights.answer(session, number, answer, version=1, today=ends)


def _messages(told: Told, got: Told, number: int, within: Setting) -> Iterator[Message]:
    """So many messages evenly over the quarter, each answered after its own share of office
    hours, around the middle that the file tells."""
    office = office_hours.of(rulebook.pack())
    begins, ends = within.begins, within.today
    days = (quarters.following(begins) - begins).days
    care = within.people.get(told.get("care", ""))
    for at in range(got["many"]):
        spread = [(at * GOLDEN * step + number / 7) % 1 for step in (1, 2, 3, 5, 8)]
        day = begins + timedelta(days=int((at + spread[0]) * days / got["many"]))
        if day > ends or office is None:
            return
        first = (day, 8 * 60 + int(spread[1] * 11 * 60))
        wait = int(got["waits"] * 60 * 2 ** (4 * spread[2] - 2))
        replied = _later(office, first, wait) if spread[3] < got["answered"] else None
        if replied and replied[0] > ends:
            replied = None
        yield Message(
            *first,
            channel=told["where"][at % len(told["where"])],
            subject=told["about"][at % len(told["about"])],
            needs_answer=at % 11 != 10,
            answered=replied is not None,
            replied_on=replied[0] if replied else None,
            replied_minute=replied[1] if replied else None,
            closed_on=replied[0] if replied else None,
            solved=spread[4] < got["solved"] if replied and at % 9 else None,
            rating=3 + at % 3 if replied and at % 7 == 2 else None,
            person_id=care,
        )


def _later(office: OfficeHours, first: Moment, wait: int) -> Moment:
    """So many office minutes later."""
    for ago in count():
        day = first[0] + timedelta(days=ago)
        if not office.open_on(day):
            continue
        since = max(office.begins, first[1]) if ago == 0 else office.begins
        if since + wait <= office.ends:
            return day, since + wait
        wait -= max(0, office.ends - since)
    raise AssertionError("there is always another day")


def _date(session: Session, organisation_id: int, begins: date, ends: date) -> None:
    """All of it was written down within the quarter."""
    put_in = datetime.combine(ends, time(12), UTC)
    for table, day in ((Insight, Insight.heard_on), (ResponseCase, ResponseCase.received_on)):
        session.execute(
            update(table)
            .where(table.organisation_id == organisation_id, day.between(begins, ends))
            .values(kept_at=put_in),
            execution_options={"synchronize_session": False},
        )
    session.expire_all()
