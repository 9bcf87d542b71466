"""Asked once more: what was answered the last time, to be read beside the questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.assessments import Assessment, Respondent
from models.organisation import Quarter
from services import assessments, results, rulebook
from services.showing import EVERYONE


@dataclass(frozen=True, slots=True)
class Last:
    """What was answered the last time, by question, 0-4: one's own (`own`), or what may be shown of
    everybody. It is there to be read; nothing of it is an answer this time."""

    levels: Mapping[str, float]
    own: bool


def last_answers(session: Session, assessment_id: int, token: str = "") -> Last:
    """What was answered before this round: with the five words of then, or where one person works
    alone, one's own; else the medians of everybody, as far as they may be shown."""
    for before in _rounds_before(session, assessment_id):
        one = assessments.alone(session, before.id)
        if token:
            one = assessments.returning(session, before.id, token)
        if one is not None:
            own = _own(session, one)
            if own:
                return Last(own, own=True)
    for before in _rounds_before(session, assessment_id):
        seen = results.of_round(session, before, rulebook.pack()).questions
        levels = {name: groups[EVERYONE].level for name, groups in seen.items()}
        if before.closed_at is not None and levels:
            return Last(levels, own=False)
    return Last({}, own=False)


def _own(session: Session, one: Respondent) -> dict[str, float]:
    said = assessments.answers(session, one.id)
    return {name: float(row.level) for name, row in said.items() if row.level is not None}


def _rounds_before(session: Session, assessment_id: int) -> list[Assessment]:
    """The newest first."""
    this = session.get_one(Assessment, assessment_id)
    rows = (
        select(Assessment)
        .join(Quarter, Quarter.id == Assessment.quarter_id)
        .where(
            Assessment.organisation_id == this.organisation_id,
            Assessment.id != this.id,
            Quarter.starts_on <= session.get_one(Quarter, this.quarter_id).starts_on,
        )
        .order_by(Quarter.starts_on.desc(), Assessment.id.desc())
    )
    return list(session.scalars(rows))
