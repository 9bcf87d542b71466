"""Learning over time: loops by quarter, hit rate, and expected against actual.

Rows are plain values, so that charts need no database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.amendments import Amendment
from models.learning import Lesson, Outcome
from models.organisation import Quarter
from services import quarters
from services.experiments import Kept as Card
from services.scoring import RESULTS, Expected, Score, hit_rate

_MARKS = {"keep": "met", "change": "partly", "repeat": "partly", "stop": "not_met"}
"""What a test's decision says of its assumption where no numbers do."""


@dataclass(frozen=True, slots=True)
class Loops:
    """A quarter's lessons of the single and the double loop. Changes of rules that no lesson names
    are double loops too: somebody questioned a rule."""

    quarter: str
    single: int
    double: int
    hits: float | None
    scored: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Something expected with what came of it: numbers where there are any, and the result."""

    what: str
    low: float | None
    high: float | None
    actual: float | None
    unit: str
    result: str
    quarter: str


def loops(session: Session, organisation_id: int) -> list[Loops]:
    """By quarter, the oldest first; quarters without anything are there too."""
    rows = session.scalars(
        select(Quarter)
        .where(Quarter.organisation_id == organisation_id)
        .order_by(Quarter.starts_on)
    ).all()
    counts = {
        (quarter, loop): count
        for quarter, loop, count in session.execute(
            select(Lesson.quarter_id, Lesson.loop, func.count())
            .where(Lesson.organisation_id == organisation_id)
            .group_by(Lesson.quarter_id, Lesson.loop)
        )
    }
    changes, scores = _changes(session, organisation_id), _scores(session, organisation_id)
    return [
        Loops(
            quarter=short(row),
            single=counts.get((row.id, "single"), 0),
            double=counts.get((row.id, "double"), 0) + changes.get(row.starts_on, 0),
            hits=hit_rate(scores.get(row.id, ())),
            scored=sum(one.result != "cannot_tell" for one in scores.get(row.id, ())),
        )
        for row in rows
    ]


def short(quarter: Quarter) -> str:
    """`Oct–Dec 2026`, for the axis of a picture."""
    first, last = quarters.MONTHS[quarter.number - 1].split(" to ")
    return f"{first[:3]}–{last[:3]} {quarter.year}"


def compared(all_expected: Iterable[Expected], cards: Iterable[Card]) -> list[Compared]:
    """Everything that was scored or decided, the newest first."""
    scored = [
        (one.scored_at.date(), _of_score(one, one.score))
        for one in all_expected
        if one.score and one.scored_at and one.score.result != "cannot_tell"
    ]
    ended = [(card.decided_on, _of_card(card)) for card in cards if card.decided_on]
    both = sorted([*scored, *ended], key=lambda pair: pair[0], reverse=True)
    return [one for _, one in both]


def _of_score(one: Expected, said: Score) -> Compared:
    return Compared(one.title, said.low, said.high, said.actual, "", said.result, one.quarter)


def _of_card(kept: Card) -> Compared:
    card, decided = kept.card, kept.decided
    actual, decision = (decided.actual, decided.decision) if decided else (None, "")
    result = within(card.low, card.high, actual) or _MARKS.get(decision, "partly")
    when = f"{kept.decided_on:%B %Y}" if kept.decided_on else ""
    return Compared(card.title, card.low, card.high, actual, card.unit, result, when)


def within(low: float | None, high: float | None, actual: float | None) -> str:
    """met or not_met by the numbers; '' where they are not known."""
    if actual is None or (low is None and high is None):
        return ""
    fits = (low is None or actual >= low) and (high is None or actual <= high)
    return "met" if fits else "not_met"


def _changes(session: Session, organisation_id: int) -> dict[date, int]:
    """Changes of rules that no lesson names, by the quarter's first day."""
    named = select(Lesson.amendment_id).where(Lesson.amendment_id.is_not(None))
    rows = session.execute(
        select(Amendment.starts_on, func.count())
        .where(Amendment.organisation_id == organisation_id, Amendment.id.not_in(named))
        .group_by(Amendment.starts_on)
    )
    return {row[0]: row[1] for row in rows}


def _scores(session: Session, organisation_id: int) -> dict[int, list[Score]]:
    found: dict[int, list[Score]] = {}
    rows = session.execute(
        select(Outcome.quarter_id, Outcome.result).where(Outcome.organisation_id == organisation_id)
    )
    for quarter_id, result in rows:
        known = next((word for word in RESULTS if word == result), RESULTS[-1])
        found.setdefault(quarter_id, []).append(Score(known))
    return found
