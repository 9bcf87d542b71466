"""The minutes of a review meeting: everything that was said and decided in it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.learning import Outcome
from models.meetings import MeetingDecision
from models.organisation import Organisation
from services import (
    agenda,
    kpis,
    looking_back,
    meeting_came,
    meeting_capture,
    meeting_decisions,
    meeting_ready,
    meetings,
    rulebook,
    scenarios,
    scoring,
)
from services.meeting_capture import CHECKED, SIDES, SIGNALS, Note
from services.meeting_decisions import Decided as Decided
from services.meetings import Held
from services.refusals import Refused

_CAME = ("tests", "assumptions")
"""Steps of which the minutes tell more than their notes; promises have a list of their own."""
Line = tuple[str, str, str]
"""Step (or what is about), what was said, and who said it ("" if nobody said)."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting as it can be read: `notes` are (step, text, who), `checked` (what, result, why),
    `unsaid` what was due to be looked at and nobody said anything about;
    `score` is the mean of `scores` people, None without any; `failure` the one to share."""

    organisation: str
    quarter: str
    held_on: date
    minutes_spent: int
    present: tuple[str, ...]
    notes: tuple[Line, ...]
    decided: tuple[Decided, ...]
    no_stop_because: str
    checked: tuple[Line, ...]
    unsaid: tuple[str, ...]
    parked: tuple[str, ...]
    score: float | None
    scores: int
    failure: str
    changes: tuple[str, ...] = ()
    """What to change in the review itself."""


def of(session: Session, organisation_id: int, quarter_id: int) -> Minutes | None:
    """The minutes of a quarter's meeting, as far as it has come; None if there was none."""
    held = meetings.find(session, quarter_id)
    if held is None or held.organisation_id != organisation_id:
        return None
    noted = meeting_capture.notes(session, held.id)
    scores = meeting_decisions.scores(session, held.id)
    return Minutes(
        organisation=session.get_one(Organisation, organisation_id).name,
        quarter=meetings.label(session, held),
        held_on=held.held_on,
        minutes_spent=round(sum(held.spent.values()) / 60),
        present=tuple(one.said.text for one in noted if one.said.kind == "present"),
        notes=_lines(session, held, noted),
        decided=tuple(one.said for one in meeting_decisions.decisions(session, held.id)),
        no_stop_because=_only(noted, "no_stop"),
        checked=(*_checked(session, noted), *_scored(session, held)),
        unsaid=tuple(_unsaid(session, held)),
        parked=tuple(one.said.text for one in noted if one.said.kind == "parked"),
        score=mean(one.score for one in scores) if scores else None,
        scores=len(scores),
        failure=_only(noted, "failure"),
        changes=tuple(one.change for one in scores if one.change),
    )


def words(session: Session, organisation_id: int, one: Note) -> str:
    """A note as one sentence, with what it is about."""
    said = one.said
    match said.kind:
        case "signal":
            why = f": {said.text}" if said.text else ""
            return f"{kpis.kpi(said.about).title}: {SIGNALS.get(said.said, '').lower()}{why}"
        case "checked":
            row = session.get(MeetingDecision, one.decision_id)
            why = f": {said.text}" if said.text else ""
            return f"{row.what if row else 'A decision'}: {CHECKED[said.said].lower()}{why}"
        case "side":
            about = rulebook.title("factors", said.about)
            return f"{about}, {SIDES.get(said.said, '').lower()}: {said.text}"
        case "scenario":
            return f"Talked about: {_scenario(session, organisation_id, said.about)}"
    return said.text


def _lines(session: Session, held: Held, noted: Sequence[Note]) -> tuple[Line, ...]:
    """Notes in the order of the steps, whatever the order in which they were made."""
    order = {name: place for place, (name, _) in enumerate(held.plan)}
    told = [one for one in noted if one.said.kind in ("note", "side", "signal", "scenario")]
    lines = [
        (one.said.step, words(session, held.organisation_id, one), one.by.name) for one in told
    ]
    lines += [(step, *line) for step in _CAME for line in meeting_came.came(session, held, step)]
    lines.sort(key=lambda line: order.get(line[0], len(order)))
    return tuple((agenda.step(step).title, said, who) for step, said, who in lines)


def _scenario(session: Session, organisation_id: int, number: str) -> str:
    try:
        return scenarios.find(session, organisation_id, int(number)).said.name
    except (Refused, ValueError):
        return "a what-if that is not on the shelf any more"


def _checked(session: Session, noted: Sequence[Note]) -> list[Line]:
    found = []
    for one in noted:
        row = session.get(MeetingDecision, one.decision_id) if one.decision_id else None
        if one.said.kind == "checked" and row is not None:
            found.append((row.what, CHECKED[one.said.said], one.said.text))
    return found


def _scored(session: Session, held: Held) -> list[Line]:
    """Expectations of advice that were scored in the quarter."""
    wanted = select(Outcome.recommendation_id).where(Outcome.quarter_id == held.quarter_id)
    ids = set(session.scalars(wanted))
    if not ids:
        return []
    return [
        (one.title, CHECKED[one.score.result], one.score.why)
        for one in scoring.expected(session, held.organisation_id)
        if one.recommendation_id in ids and one.score
    ]


def _unsaid(session: Session, held: Held) -> Iterator[str]:
    """What was due on the day of the meeting, as far as nobody has said what came of it."""
    place = (held.organisation_id, held.quarter_id)
    day = meeting_ready.until(session, held.quarter_id, held.held_on)
    return (one.what for one in looking_back.old(session, place, day) if not one.came)


def _only(noted: Sequence[Note], kind: str) -> str:
    return next((one.said.text for one in noted if one.said.kind == kind), "")
