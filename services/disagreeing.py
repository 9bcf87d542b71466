"""Where people see the work differently, or may be mistaken: one judgement is one dial.

A factor stands where the answers to its questions stand. So whoever is mistaken about one question
is mistaken about its factor too, by as much as the middle of its answers moves; only a factor of
which no answer is known is a judgement of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlalchemy.orm import Session

from rules.grid_tables import Numbers
from rules.levers import Dial, Lever, Settings, dials
from services import results
from services.advice import AdviceView
from services.following import LEAST, MOST
from services.results import Results
from services.showing import EVERYONE, Score

RATINGS = ("answer", "factor")
"""Kinds of facts that say how the work stands."""


def ratings(view: AdviceView) -> tuple[Dial, ...]:
    """Every judgement on its own: the answers, and factors of which no answer is known."""
    return _single(view, [one for one in dials(view.pack, view.facts) if one.lever.name in RATINGS])


def follow(
    view: AdviceView, judged: Sequence[Dial], settings: Settings
) -> tuple[tuple[Dial, ...], Settings]:
    """The dials with those of the factors that follow from the answers among them, and where all of
    them stand in each row of settings."""
    answers = _levels_of(view, "answer", "question")
    found, columns = list(judged), [settings]
    for factor, now in _levels_of(view, "factor", "id").items():
        mine = [name for name in answers if _factor(view, name) == factor]
        said = np.tile([answers[name] for name in mine], (len(settings), 1))
        for at, dial in enumerate(judged):
            if dial.lever.name == "answer" and dial.lever.key[0] in mine:
                values = np.array([float(one or 0) for one in dial.values])
                said[:, mine.index(str(dial.lever.key[0]))] = values[settings[:, at]]
        if not mine:
            continue
        moved = np.median(said, axis=1) - float(np.median([answers[name] for name in mine]))
        levels = np.clip(now + moved, LEAST, MOST)
        others = [float(one) for one in np.unique(levels) if one != now]
        if others:
            found.append(Dial(Lever("fact", "factor", (factor,), "level"), (now, *others)))
            columns.append(_places([now, *others], levels))
    return tuple(found), np.hstack(columns)


def _places(values: Sequence[float], levels: Numbers) -> Settings:
    """[rows, 1]: the place of each level among some values."""
    places: Settings = np.argmax(levels[:, None] == np.array(values), axis=1).astype(np.int32)
    return places[:, None]


def _single(view: AdviceView, found: Sequence[Dial]) -> tuple[Dial, ...]:
    """The dials without those of factors that follow from an answer among them."""
    told = {_factor(view, str(d.lever.key[0])) for d in found if d.lever.name == "answer"}
    return tuple(d for d in found if d.lever.name == "answer" or d.lever.key[0] not in told)


def _factor(view: AdviceView, question: str) -> str:
    entry = view.pack.catalogues.get("questions", {}).get(question)
    return str(entry.values.get("factor")) if entry else ""


def _levels_of(view: AdviceView, kind: str, name: str) -> dict[str, float]:
    return {
        str(one.values[name]): float(level)
        for one in view.facts
        if one.kind == kind and isinstance(level := one.values.get("level"), int | float)
    }


def views(session: Session, view: AdviceView) -> tuple[Dial, ...]:
    """For each answer, and each factor of which no answer is one of them, on which leaders, staff
    or a part of the organisation differ from the figure of everyone: a dial with the latter first
    and then what they said. Only figures that may be shown to people are in it, and nothing that a
    what-if has turned."""
    found = results.results(session, view.organisation_id, view.quarter_id)
    made = []
    for dial in dials(view.pack, view.facts):
        if dial.lever.name not in RATINGS:
            continue
        now, others = _levels(found, dial.lever.name, str(dial.lever.key[0]))
        if others and now == dial.values[0]:
            made.append(Dial(dial.lever, (now, *others)))
    return _single(view, made)


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
