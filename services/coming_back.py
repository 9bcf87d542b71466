"""Advice declined in an earlier quarter: it stays folded away unless what it rests on changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.organisation import Quarter
from models.recommendations import Decision, Recommendation
from rules.advice import Target
from services import quarters, recommendations
from services.advice import AdviceView

Reason = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Back:
    """Advice that was declined before: when, why, and what changed since. Nothing changed: it stays
    folded away."""

    quarter: str
    why: str
    changes: tuple[str, ...]


def declined_before(session: Session, view: AdviceView) -> dict[Target, Back]:
    """Every target whose last decision, in an earlier quarter, was no."""
    quarter = session.get_one(Quarter, view.quarter_id)
    rows = session.execute(
        select(Decision, Recommendation, Quarter)
        .join(Recommendation, Recommendation.id == Decision.recommendation_id)
        .join(Quarter, Quarter.id == Recommendation.quarter_id)
        .where(
            Recommendation.organisation_id == view.organisation_id,
            Quarter.starts_on < quarter.starts_on,
            Decision.undone_at.is_(None),
        )
        .order_by(Quarter.starts_on, Decision.id)
    )
    last = {(row.kind, row.target, row.of): (said, row, when) for said, row, when in rows}
    return {
        target: Back(quarters.label(when), said.why, changes(view, target, row.reasons))
        for target, (said, row, when) in last.items()
        if said.answer == "declined"
    }


def changes(view: AdviceView, target: Target, then: Iterable[Reason]) -> tuple[str, ...]:
    """What the advice rests on now and did not then, and the other way round, in sentences."""
    before = _by_rule(then)
    after = _by_rule(recommendations.reasons(view.target(target).parts))
    told = []
    for rule in sorted({*before, *after}):
        if rule not in before:
            told += [f"New: {reason['sentence']}" for reason in after[rule]]
        elif rule not in after:
            told += [f"No longer: {reason['sentence']}" for reason in before[rule]]
        else:
            told += _changed(before[rule], after[rule])
    return tuple(told)


def _by_rule(reasons: Iterable[Reason]) -> dict[str, list[Reason]]:
    found: dict[str, list[Reason]] = defaultdict(list)
    for reason in reasons:
        found[str(reason["rule"])].append(reason)
    return found


def _changed(before: list[Reason], after: list[Reason]) -> list[str]:
    """What one rule says otherwise; its sentences tell most, its points the rest."""
    if sorted(map(_essence, before)) == sorted(map(_essence, after)):
        return []
    then = [str(reason["sentence"]) for reason in before]
    now = [str(reason["sentence"]) for reason in after]
    told = [f"Now: {said} Then: {was}" for said, was in zip(now, then, strict=False) if said != was]
    told += [f"New: {said}" for said in now[len(then) :]]
    told += [f"No longer: {was}" for was in then[len(now) :]]
    if told:
        return told
    more = sum(one["hundredths"] for one in after) > sum(one["hundredths"] for one in before)
    return [f"This weighs {'more' if more else 'less'} than then: {now[0]}"]


def _essence(reason: Reason) -> tuple[float, str]:
    """What a reason comes to: its points and its sentence, which names what it rests on. Facts that
    move neither, as the age of a wish or the rank of other advice do, are no change."""
    return reason["hundredths"], str(reason["sentence"])
