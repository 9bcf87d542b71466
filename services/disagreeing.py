"""Where people see the work differently: what each group that may be shown would say alone."""

from __future__ import annotations

from sqlalchemy.orm import Session

from rules.levers import Dial, dials
from services import results
from services.advice import AdviceView
from services.results import Results
from services.showing import EVERYONE, Score

RATINGS = ("answer", "factor")
"""Kinds of facts that say how the work stands."""


def views(session: Session, view: AdviceView) -> tuple[Dial, ...]:
    """For each answer and each factor on which leaders, staff or a part of the organisation differ
    from the figure of everyone: a dial with the latter first and then what they said. Only figures
    that may be shown to people are in it, and nothing that a what-if has turned."""
    found = results.results(session, view.organisation_id, view.quarter_id)
    made = []
    for dial in dials(view.pack, view.facts):
        if dial.lever.name not in RATINGS:
            continue
        now, others = _levels(found, dial.lever.name, str(dial.lever.key[0]))
        if others and now == dial.values[0]:
            made.append(Dial(dial.lever, (now, *others)))
    return tuple(made)


def _levels(found: Results, kind: str, name: str) -> tuple[float | None, list[float]]:
    """Everyone's level, and those of groups that differ from it, the lowest first."""
    groups: dict[str, Score] = dict(
        (found.questions if kind == "answer" else found.factors).get(name, {})
    )
    everyone = groups.pop(EVERYONE, None)
    if everyone is None:
        return None, []
    parts = found.parts.get(name, {}) if kind == "factor" else {}
    levels = {one.level for one in (*groups.values(), *parts.values())}
    return everyone.level, sorted(levels - {everyone.level})
