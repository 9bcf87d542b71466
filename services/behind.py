"""Everything that lies behind the pages of a quarter, as lists: one a subject.

What may not be shown on a page is not in them either; what is not known is empty, never 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from models.organisation import Organisation, Quarter
from services import (
    behind_decided,
    behind_heard,
    behind_learned,
    behind_numbers,
    behind_scores,
    meeting_ready,
    quarters,
)
from services.listing import Listed, Row


def everything(
    session: Session, organisation_id: int, quarter_id: int, today: date
) -> tuple[Listed, ...]:
    """All lists up to the end of a quarter, or to today if it still runs; what this is, and what is
    not known, comes first."""
    place = (organisation_id, quarter_id)
    day = meeting_ready.until(session, quarter_id, today)
    found = (
        behind_numbers.values(session, place, day),
        behind_numbers.targets_of(session, place),
        behind_scores.now(session, place),
        behind_scores.over_time(session, place),
        behind_decided.advice_taken(session, place, day),
        behind_decided.meetings_of(session, place),
        behind_decided.said(session, place),
        behind_decided.planned(session, place),
        behind_decided.hours(session, place, day),
        behind_learned.expected(session, place, day),
        behind_learned.written(session, place, day),
        behind_learned.tests(session, place, day),
        behind_learned.changes(session, place, day),
        behind_heard.insights_of(session, place, day),
        behind_heard.messages(session, place, day),
        behind_numbers.gaps_of(session, place, day),
    )
    return (_about(session, place, today, found), *found)


def _about(
    session: Session, place: tuple[int, int], today: date, found: tuple[Listed, ...]
) -> Listed:
    quarter = session.get_one(Quarter, place[1])
    rows: list[Row] = [
        ("Organisation", session.get_one(Organisation, place[0]).name),
        ("Quarter", quarters.label(quarter)),
        ("Written on", today),
        ("What this is", "Everything behind the pre-read and the minutes. Each sheet is a list."),
        ("What an empty cell says", "Not known. It is never zero."),
        ("Who is in the figures", "Groups from five people on; nobody's answers alone, unless a "
         "leader agreed."),
    ]  # fmt: skip
    rows += _sheets(found)
    return Listed("What this is", "", ("About", "What is known"), tuple(rows))


def _sheets(found: tuple[Listed, ...]) -> Iterator[Row]:
    for one in found:
        rows = "1 row" if len(one.rows) == 1 else f"{len(one.rows)} rows"
        known = rows if one.rows else "Nothing is known yet"
        cut = f", the newest; {one.left_out} older ones are left out" if one.left_out else ""
        yield f"Sheet “{one.title}”", f"{known}{cut}. {one.about}"
