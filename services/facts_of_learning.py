"""What an organisation learned, as facts; read by `facts` alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.learning import Lesson
from models.organisation import Quarter
from rules.pack import Fact
from services import experiments, scoring
from services.facts_of_work import known

YEAR = timedelta(days=365)


def loops(session: Session, quarter: Quarter, on: date) -> Iterator[Fact]:
    """How the loops turn, as seen on a day: expectations that are due, lessons of this quarter and
    the one before, how many of the year's questioned something, tests that run too long."""
    expected = [
        one
        for one in scoring.expected(session, quarter.organisation_id)
        if one.decided_at.date() <= on
    ]
    open_ones = [one for one in expected if not one.scored_at or one.scored_at.date() > on]
    unscored = [scoring.unscored(one) for one in open_ones]
    fresh = [
        one.score
        for one in expected
        if one.score and one.scored_at and on - YEAR <= one.scored_at.date() <= on
    ]
    told = [score for score in fresh if score.result != "cannot_tell"]
    single, double = _lessons(session, quarter, 4)
    cards = experiments.listed(session, quarter.organisation_id)
    yield Fact(
        "loops",
        known(
            due=len(scoring.due(unscored, on)),
            scored=len(told),
            hits=scoring.hit_rate(told),
            checked=_checked(len(fresh), len(scoring.due(unscored, on))),
            lessons=sum(_lessons(session, quarter, 2)),
            lessons_year=single + double,
            double=round(double / (single + double), 6) if single + double else None,
            old_tests=len(experiments.old(cards, on)),
            quarters=_quarters(session, quarter),
        ),
    )


def _checked(scored: int, due: int) -> float | None:
    """The share of what was due in a year that was looked at; None if nothing was."""
    return round(scored / (scored + due), 6) if scored + due else None


def tests_decided(session: Session, organisation_id: int, on: date) -> float | None:
    """The share of tests due by a day that ended with a decision; None if none was due."""
    share = experiments.decided_share(experiments.listed(session, organisation_id), on)
    return None if share is None else round(share, 6)


def _lessons(session: Session, quarter: Quarter, count: int) -> tuple[int, int]:
    """Lessons of the single and the double loop in so many quarters, this one the last."""
    recent = (
        select(Quarter.id)
        .where(
            Quarter.organisation_id == quarter.organisation_id,
            Quarter.starts_on <= quarter.starts_on,
        )
        .order_by(Quarter.starts_on.desc())
        .limit(count)
    )
    rows = session.execute(
        select(Lesson.loop, func.count()).where(Lesson.quarter_id.in_(recent)).group_by(Lesson.loop)
    )
    by = {row[0]: int(row[1]) for row in rows}
    return by.get("single", 0), by.get("double", 0)


def _quarters(session: Session, quarter: Quarter) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Quarter)
            .where(
                Quarter.organisation_id == quarter.organisation_id,
                Quarter.starts_on <= quarter.starts_on,
            )
        )
        or 0
    )
