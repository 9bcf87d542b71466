"""Numbers, what they should become, and what is not known of them, as lists."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.results import Result
from services import gaps, kpis, number_words, reading_dates, rulebook, targets
from services.listing import Listed, Row
from services.reading_dates import Period

MOST = 20_000
"""Values in one workbook, the newest."""
_PERIODS: dict[str, Period] = {"week": "week", "month": "month"}


def values(session: Session, place: tuple[int, int], day: date) -> Listed:
    """Everything that was measured by a day, the newest first."""
    here = (Result.organisation_id == place[0], Result.starts_on <= day)
    asked = select(Result).where(*here).order_by(Result.starts_on.desc(), Result.kpi, Result.id)
    rows = [_value(row) for row in session.scalars(asked.limit(MOST))]
    count = session.scalar(select(func.count()).select_from(Result).where(*here)) or 0
    return Listed(
        "Our numbers",
        "What was measured, with where it comes from.",
        ("Number", "Channel", "Month or week", "First day", "Value", "Unit", "Out of how many",
         "How honest", "Source", "How it is counted"),
        tuple(rows),
        count - len(rows),
    )  # fmt: skip


def targets_of(session: Session, place: tuple[int, int]) -> Listed:
    """What the numbers of this quarter's objectives should become."""
    rows: list[Row] = [
        (
            rulebook.title("objectives", one.stated.name),
            one.stated.position,
            number_words.ROLES[target.role],
            target.kpi.title,
            target.low,
            target.high,
            target.unit,
            one.stated.wish.check_on,
            one.stated.wish.why,
        )
        for one in targets.listed(session, place[1])
        for target in one.targets
    ]
    return Listed(
        "What we want",
        "Objectives of this quarter and the numbers that show them.",
        ("Objective", "Place, 1 comes first", "What the number is for", "Number", "At least",
         "At most", "Unit", "Look again on", "Why"),
        tuple(rows),
    )  # fmt: skip


def gaps_of(session: Session, place: tuple[int, int], day: date) -> Listed:
    """What is not known."""
    found = gaps.of(session, place, day)
    rows: list[Row] = [("A question that nobody has answered", one) for one in found.questions]
    rows += [("A number without any value", one) for one in found.without]
    if found.hidden:
        rows.append(("Scores", "People answered, but too few to show anything."))
    return Listed("Not known", "Gaps that matter most first.", ("Kind", "What"), tuple(rows))


def _value(row: Result) -> Row:
    period = _PERIODS[row.period]
    known = kpis.every().get(row.kpi)
    return (
        known.title if known else "A number that is not in the list any more",
        rulebook.title("channels", row.channel) if row.channel else "all together",
        reading_dates.label(row.starts_on, period),
        row.starts_on,
        row.value,
        kpis.unit_of(known, period) if known else None,
        row.sample_size,
        number_words.HONEST[row.visibility][0],
        row.source,
        row.definition,
    )
