"""What follows from facts that were moved, where no aggregate of the rules says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rules.pack import Fact, Pack

LEAST, MOST = 0.0, 4.0
"""The levels between which answers lie."""


def follow(pack: Pack, before: Sequence[Fact], after: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts after some moves. Answers move by as much as the factor that they belong to, unless
    moved themselves."""
    was, now = _levels(before, "factor", "id"), _levels(after, "factor", "id")
    apart = {name: now[name] - was[name] for name in now if name in was and now[name] != was[name]}
    said = _levels(before, "answer", "question")
    questions = pack.catalogues.get("questions", {})
    made = []
    for one in after:
        name = str(one.values.get("question")) if one.kind == "answer" else ""
        factor = str(questions[name].values.get("factor")) if name in questions else ""
        if factor in apart and one.values.get("level") == said.get(name):
            level = min(MOST, max(LEAST, said[name] + apart[factor]))
            made.append(replace(one, values={**one.values, "level": level}))
        else:
            made.append(one)
    return tuple(made)


def _levels(listed: Sequence[Fact], kind: str, name: str) -> dict[str, float]:
    return {
        str(one.values[name]): _number(one.values["level"])
        for one in listed
        if one.kind == kind and "level" in one.values
    }


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
