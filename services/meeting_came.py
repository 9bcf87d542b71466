"""What was said during a review where it belongs to more than the review: scores of expectations,
decisions about tests, and what people said to proposals."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from services import experiments, learning, scoring
from services.experiments import DECISIONS
from services.meeting_capture import CHECKED
from services.meetings import Held

Line = tuple[str, str]
"""What was said, and by whom ("" if nobody said)."""


def came(session: Session, held: Held, step: str) -> list[Line]:
    """What came of a step besides its notes, the oldest first."""
    match step:
        case "promises":
            return _scored(session, held)
        case "tests":
            return _decided(session, held)
        case "assumptions":
            return _answered(session, held)
    return []


def _scored(session: Session, held: Held) -> list[Line]:
    """Expectations that were scored on the day of the meeting or after it, in its quarter."""
    found = [
        (one.scored_at, _line(one.title, CHECKED[one.score.result], one.score.why), one.score.who)
        for one in scoring.expected(session, held.organisation_id)
        if one.score and one.scored_in == held.quarter_id and one.scored_at
    ]
    there = sorted(one for one in found if one[0].date() >= held.held_on)
    return [(said, who) for _, said, who in there]


def _decided(session: Session, held: Held) -> list[Line]:
    ended = [
        (
            one.decided_on,
            one.id,
            _line(one.card.title, DECISIONS[said.decision], said.why),
            said.who,
        )
        for one in experiments.listed(session, held.organisation_id)
        if (said := one.decided) and one.decided_on and _during(held, one.decided_on)
    ]
    return [(said, who) for _, _, said, who in sorted(ended)]


def _answered(session: Session, held: Held) -> list[Line]:
    return [
        (
            _line(
                one.title,
                f"counts {one.proposed:.0%}" if one.accepted else "stays as it is",
                one.why,
            ),
            one.who,
        )
        for one in reversed(learning.answered(session, held.organisation_id))
        if _during(held, one.made_at.date())
    ]


def _during(held: Held, on: date) -> bool:
    """On the day of the meeting, or until it ended."""
    last = held.ended_at.date() if held.ended_at else on
    return held.held_on <= on <= max(last, held.held_on)


def _line(what: str, result: str, why: str) -> str:
    return f"{what}: {result[:1].lower()}{result[1:]}{f', because {why}' if why else ''}"
