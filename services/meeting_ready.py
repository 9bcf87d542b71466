"""What lies ready for the steps of a review meeting, and in which of them there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.meetings import Meeting, MeetingDecision
from models.organisation import Person, Quarter
from models.recommendations import Decision, Recommendation
from models.scenarios import Scenario
from rules.targets import title
from services import (
    experiments,
    learning,
    meeting_numbers,
    quarters,
    repeated,
    results,
    rulebook,
    scoring,
)
from services.results import Results
from services.showing import EVERYONE, LEADERS, STAFF

WIDEST = 3
OVERRULED = ("declined", "adapted")
_SIDES = {LEADERS: "leaders", STAFF: "staff"}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A factor on which groups differ, on 0-4: `low` and `high` are (group, level); `apart` is how
    far. Within one group, how far apart its middle half is."""

    factor: str
    title: str
    low: tuple[str, float]
    high: tuple[str, float]
    apart: float


@dataclass(frozen=True, slots=True)
class Overruled:
    """Advice that people declined or took otherwise, in their own words."""

    title: str
    answer: str
    why: str
    who: str


def empty(session: Session, place: tuple[int, int], on: date) -> frozenset[str]:
    """The steps in which there is nothing to talk about."""
    organisation_id, quarter_id = place
    day = until(session, quarter_id, on)
    there = {
        "promises": _earlier_decision(session, quarter_id)
        or bool(repeated.due(scoring.expected(session, organisation_id), day)),
        "signals": bool(meeting_numbers.told(session, organisation_id, day).signals),
        "people": session.scalar(
            select(Person.id).where(Person.organisation_id == organisation_id, Person.active)
            .limit(1)
        ) is not None,
        "tests": bool(due_tests(session, organisation_id, day)),
        "what_if": session.scalar(
            select(Scenario.id)
            .where(Scenario.organisation_id == organisation_id, Scenario.state == "kept").limit(1)
        ) is not None or bool(learning.proposals(session, *place, on)),
    }  # fmt: skip
    return frozenset(name for name, something in there.items() if not something)


def until(session: Session, quarter_id: int, on: date) -> date:
    """The day up to which the meeting looks: today, or the quarter's last day if that is over."""
    return min(on, session.get_one(Quarter, quarter_id).ends_on)


def due_tests(session: Session, organisation_id: int, day: date) -> list[experiments.Kept]:
    """Tests that should end by the end of the quarter of a day, the one that is due first first."""
    ends = quarters.bare(organisation_id, day).ends_on
    running = experiments.running(experiments.listed(session, organisation_id))
    return [one for one in running if one.card.due_on <= ends]


def disagreements(session: Session, organisation_id: int, quarter_id: int) -> list[Disagreement]:
    """The three factors on which people are furthest apart, the widest first; only groups that may
    be shown, and none on which they agree."""
    found = results.results(session, organisation_id, quarter_id)
    every = [_between(found, factor) or _within(found, factor) for factor in found.factors]
    apart = [one for one in every if one and one.apart > 0]
    return sorted(apart, key=lambda one: -one.apart)[:WIDEST]


def overruled(session: Session, quarter_id: int) -> list[Overruled]:
    """What the tool advised in a quarter and people decided otherwise, the newest first."""
    rows = session.execute(
        select(Recommendation.kind, Recommendation.target, Decision.answer, Decision.why,
               Decision.who)
        .join(Decision, Decision.recommendation_id == Recommendation.id)
        .where(Recommendation.quarter_id == quarter_id, Decision.undone_at.is_(None),
               Decision.answer.in_(OVERRULED))
        .order_by(Decision.id.desc())
    )  # fmt: skip
    return [
        Overruled(title(rulebook.pack(), kind, target), answer, why, who)
        for kind, target, answer, why, who in rows
    ]


def _earlier_decision(session: Session, quarter_id: int) -> bool:
    """Whether the latest meeting before this quarter decided something."""
    this = session.get_one(Quarter, quarter_id)
    latest = session.scalar(
        select(Meeting.id)
        .join(Quarter, Quarter.id == Meeting.quarter_id)
        .where(Meeting.organisation_id == this.organisation_id, Quarter.starts_on < this.starts_on)
        .order_by(Quarter.starts_on.desc())
        .limit(1)
    )
    wanted = select(MeetingDecision.id).where(MeetingDecision.meeting_id == latest).limit(1)
    return latest is not None and session.scalar(wanted) is not None


def _between(found: Results, factor: str) -> Disagreement | None:
    """Groups beside each other: leaders, staff, and the parts of the organisation."""
    levels: list[tuple[str, float]] = [
        (_SIDES[group], one.level)
        for group, one in found.factors[factor].items()
        if group in _SIDES
    ]
    functions = rulebook.titles("functions")
    parts = found.parts.get(factor, {})
    levels += [(functions.get(part, part), one.level) for part, one in parts.items()]
    return _widest(factor, levels) if len({level for _, level in levels}) > 1 else None


def _within(found: Results, factor: str) -> Disagreement | None:
    """Everyone's own spread, where no groups can be told apart."""
    one = found.factors[factor].get(EVERYONE)
    if one is None or not one.spread:
        return None
    return _widest(factor, [("a quarter of you, at most", one.low), ("a quarter of you, at least",
                                                                   one.high)])  # fmt: skip


def _widest(factor: str, levels: Sequence[tuple[str, float]]) -> Disagreement:
    low, high = (choose(levels, key=lambda one: one[1]) for choose in (min, max))
    return Disagreement(factor, rulebook.title("factors", factor), low, high, high[1] - low[1])
