"""The review meetings of an example: who came, what was said, decided, and thought of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from services import meeting_capture, meeting_clock, meeting_decisions, meetings
from services.meeting_capture import By, Said
from services.meeting_decisions import Decided
from services.meetings import Held
from services.sample_people import Told, yes

_WORK, _CHECK = timedelta(weeks=5), timedelta(weeks=11)
"""From the meeting until something decided in it is done, and until it is checked."""


def met(session: Session, place: tuple[int, int], said: Told, on: date) -> None:
    """The meeting of a quarter, one afternoon `on` a day; nothing if there was none."""
    told = said.get("meets")
    if not told:
        return
    at = datetime.combine(on, time(15), UTC)
    held = meetings.begin(session, place, on=on, at=at)
    for name in told["who"]:
        meeting_capture.note(session, held.id, Said("check_in", "present", name), By(), at=at)
    for step, note in told.get("says", {}).items():
        said_there = Said(step, "note", note["text"])
        meeting_capture.note(session, held.id, said_there, By(note["who"]), at=at)
    _check(session, held, told, at)
    for one in told["decides"]:
        _decide(session, held, one, on, at)
    for kind in ("failure", "no_stop"):
        if kind in told:
            word = Said("close" if kind == "failure" else "decide", kind, told[kind])
            meeting_capture.put(session, held.id, word, By(), at=at)
    for name, points in told["scores"].items():
        change = told.get("changes", {}).get(name, "")
        meeting_decisions.score(session, held.id, points, change, By(name), at=at)
    _pass(session, held, at)


def _check(session: Session, held: Held, told: Told, at: datetime) -> None:
    """What came of the decisions of the meeting before, in their order."""
    last = meetings.before(session, held.organisation_id, held.quarter_id)
    decided = meeting_decisions.decisions(session, last.id) if last else []
    for one, found in zip(decided, told.get("checks", ()), strict=False):
        said = Said("promises", "checked", found.get("why", ""), said=found["result"])
        by = By(found.get("who", ""))
        meeting_capture.put(session, held.id, said, by, decision_id=one.id, at=at)


def _decide(session: Session, held: Held, one: Told, on: date, at: datetime) -> None:
    stops = yes(one.get("stop", "no"))
    said = Decided(one["what"], one["who"], on + _WORK, one["effect"], on + _CHECK, stops)
    meeting_decisions.decide(session, held.id, said, By(one["who"]), at=at)


def _pass(session: Session, held: Held, at: datetime) -> None:
    """The clock of the afternoon: every third step took a minute longer, every fifth one less."""
    for number, (step, minutes) in enumerate(held.plan, start=1):
        meeting_clock.go(session, held.id, step, at=at)
        at += timedelta(minutes=minutes + (number % 3 == 0) - (number % 5 == 0))
    meeting_clock.end(session, held.id, at=at)
