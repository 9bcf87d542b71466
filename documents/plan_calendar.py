"""Our plan as a calendar file: until when, and when we look again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from documents.letters import fit
from documents.plan import Check, Plan
from services.plan import Kept

TITLE, NAME, NOTE = 200, 120, 2000
SAID = {"stuck": "Stuck: ", "done": "Done: ", "not_done": "Not done: "}


def ics(plan: Plan) -> bytes:
    """Every promise with a date and every check date, as all-day events; the same plan gives the
    same bytes. Read in again, an event takes the place of its older self; one that was not done is
    called off."""
    calendar = Calendar()
    calendar.add("prodid", "-//Crossroads//Our plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", fit(f"Our plan: {plan.organisation}", NAME))
    for promise in plan.promises:
        if promise.said.due_on is not None:
            calendar.add_component(_promise(plan, promise, promise.said.due_on))
    for check in plan.checks:
        if check.on is not None:
            calendar.add_component(_check(plan, check, check.on))
    return bytes(calendar.to_ical())


def _promise(plan: Plan, one: Kept, due_on: date) -> Event:
    title = SAID.get(one.standing.state, "") + fit(one.said.title, TITLE)
    who = fit(one.owner, NAME) or "Nobody yet"
    told = [f"Who: {who}", f"Hours a week: {one.said.hours_week:g}"]
    if one.said.hours_setup:
        told.append(f"Hours once: {one.said.hours_setup:g}")
    if one.standing.note:
        told.append(f"What was said: {fit(one.standing.note, NOTE)}")
    event = _all_day(plan, one.uid, one.version, title, due_on)
    event.add("description", "\n".join(told))
    event.add("status", "CANCELLED" if one.standing.state == "not_done" else "CONFIRMED")
    return event


def _check(plan: Plan, one: Check, on: date) -> Event:
    title = f"Look again: {fit(one.title, TITLE)}"
    event = _all_day(plan, one.uid, one.version, title, on)
    event.add("status", "CONFIRMED")
    return event


def _all_day(plan: Plan, uid: str, version: int, title: str, on: date) -> Event:
    event = Event()
    event.add("uid", f"{uid}@crossroads")
    event.add("dtstamp", datetime.combine(plan.on, time(), UTC))
    event.add("sequence", version)
    event.add("summary", title)
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event
