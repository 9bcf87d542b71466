"""A series as the rows of its picture, and the decisions that were to move it as flags."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.recommendations import Decision, Recommendation
from rules.targets import catalogue_of
from services import kpis, reading_dates, rulebook
from services.series import Series
from services.signals import ENOUGH, Stretch

TAKEN = ("accepted", "adapted")


def rows(found: Series) -> list[dict[str, Any]]:
    """A row for each value, oldest first, as `charts.xmr` wants them."""
    said = []
    for number, part in enumerate(found.stretches):
        usual = part.limits
        for place, signal in enumerate(_signals(part)):
            one = found.kept[part.begins + place].said
            said.append(
                {
                    "on": one.starts_on.isoformat(),
                    "label": reading_dates.label(one.starts_on, one.period),
                    "value": one.value,
                    "said": kpis.said(found.kpi, one.value, one.period),
                    "stretch": number,
                    "mean": usual.mean if usual else None,
                    "low": usual.low if usual else None,
                    "high": usual.high if usual else None,
                    "signal": signal,
                    "counted": one.definition,
                }
            )
    return said


def flags(session: Session, organisation_id: int, name: str) -> list[dict[str, Any]]:
    """What was decided and still holds because it should move this number, oldest first."""
    decided = session.execute(
        select(
            Decision.made_at, Recommendation.kind, Recommendation.target, Recommendation.expectation
        )
        .join(Recommendation, Recommendation.id == Decision.recommendation_id)
        .where(
            Recommendation.organisation_id == organisation_id,
            Decision.answer.in_(TAKEN),
            Decision.undone_at.is_(None),
        )
        .order_by(Decision.made_at, Decision.id)
    )
    found: dict[str, str] = {}
    for made_at, kind, target, expected in decided:
        if isinstance(expected, dict) and expected.get("kpi") == name:
            title = rulebook.title(catalogue_of(rulebook.pack(), kind), target)
            found.setdefault(title, made_at.date().isoformat())
    return [
        {"on": on, "says": title, "number": str(at)}
        for at, (title, on) in enumerate(found.items(), start=1)
    ]


def _signals(part: Stretch) -> Iterator[str]:
    """For each value "", outside, or run for the eight that told of a change; what lies outside
    says more."""
    for at, side in enumerate(part.outside):
        yield "outside" if side else "run" if part.told and at < ENOUGH else ""
