"""Objectives of a what-if made true: dropped, stated and put in order as on *What we want*, each
change with a decision, its why, and what it is expected to bring."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from rules import spans
from rules.levers import Move
from services import advice, moves, objectives, recommendations
from services.advice import AdviceView
from services.amendments import Ground
from services.costs import number
from services.recommendations import Answer, Said


@dataclass(frozen=True, slots=True)
class Aims:
    """The moves over a view, the quarter in which they become true, and why."""

    view: AdviceView
    moves: tuple[Move, ...]
    quarter_id: int
    ground: Ground


def adopt(session: Session, act: Aims) -> None:
    """Drop, state and order, as on *What we want*; each change is a decision with its why."""
    changes = {str(move.lever.key[0]): move.value for move in act.moves
               if move.lever.name == "objective"}  # fmt: skip
    if not changes:
        return
    advised = advice.current(session, act.view.organisation_id, act.quarter_id)
    held = {one.name: one for one in objectives.listed(session, act.quarter_id)}
    names = moves.wanted(act.view, act.moves)
    reordered = _reordered(moves.wanted(act.view), names)
    for name, value in changes.items():
        if value is None and name in held:
            objectives.drop(session, held[name].id)
            _decide(session, advised, act, name, "declined")
    for name, value in changes.items():
        if value is not None and name not in held:
            objectives.state(session, act.view.organisation_id, act.quarter_id, name)
            _say_why(session, act, name)
            _decide(session, advised, act, name, "accepted")
        elif value is not None and reordered:
            _decide(session, advised, act, name, "adapted")
    objectives.reorder(session, act.quarter_id, names)


def _reordered(before: list[str], after: list[str]) -> bool:
    """Whether those that stay have another order among themselves."""
    return [n for n in before if n in after] != [n for n in after if n in before]


def _say_why(session: Session, act: Aims, name: str) -> None:
    for one in objectives.listed(session, act.quarter_id):
        if one.name == name:
            wish = replace(one.wish, why=act.ground.reason)
            objectives.restate(session, one.id, wish, version=one.version)


def _decide(session: Session, view: AdviceView, act: Aims, name: str, answer: Answer) -> None:
    target = ("objective", name, "")
    stands = recommendations.standing(session, view.quarter_id).get(target)
    recommendations.decide(
        session,
        view,
        target,
        Said(answer, act.ground.reason, act.ground.who),
        seen=stands.decision_id if stands else None,
        expected=None if answer == "declined" else expectation(view, name),
    )


def expectation(view: AdviceView, objective: str) -> dict[str, str] | None:
    """What an objective is expected to bring: its main number, the range, and within what time."""
    entry = view.entry("objective", objective)
    kpis = view.pack.catalogues["kpis"]
    lead = kpis.get(str(entry.values.get("lead_kpi"))) if entry else None
    within = (
        [round(number(entry, f"outcome_quarters_{end}")) for end in ("from", "to")] if entry else []
    )
    if entry is None or lead is None or not 0 < within[0] <= within[1]:
        return None
    return {
        "kpi": lead.id,
        "direction": str(lead.values.get("direction", "up")),
        "range": str(lead.values.get("target", "")),
        "within": spans.said(within[0], within[1]),
    }
