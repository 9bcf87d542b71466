"""Facts that follow from others, after those were moved: the same as `services.facts` would gather
from rows that say so. This is the one place that knows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rules.condition import Value
from rules.pack import Fact, Pack
from services import facts, flow
from services.facts_of_work import known

LEAST, MOST = 0.0, 4.0
"""The levels between which answers lie."""


def follow(pack: Pack, before: Sequence[Fact], after: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts after some moves, with everything that follows from what was moved."""
    moved = _answers(pack, before, after)
    remake: dict[str, Callable[[Fact], Fact]] = {}
    if _of(before, "person") != _of(after, "person"):
        remake |= _people(moved)
    if _of(before, "factor") != _of(after, "factor"):
        remake["flow"] = _flow(moved)
    made = (remake[one.kind](one) if one.kind in remake else one for one in moved)
    return tuple(fit for one in made if (fit := facts.fitting(pack, one)) is not None)


def _people(moved: Sequence[Fact]) -> dict[str, Callable[[Fact], Fact]]:
    """What all have together, and the share of each."""
    hours = [_number(one.values.get("hours")) for one in moved if one.kind == "person"]
    whole = sum(hours)
    together = {"people": len(hours) or None, "hours": whole if hours else None}

    def person(one: Fact) -> Fact:
        share = round(_number(one.values.get("hours")) / whole, 6) if whole else None
        return _with(one, {"share_of_hours": share})

    return {"person": person, "organisation": lambda one: _with(one, together)}


def _flow(moved: Sequence[Fact]) -> Callable[[Fact], Fact]:
    levels = {
        str(one.values["id"]): _number(one.values["level"])
        for one in moved
        if one.kind == "factor" and "level" in one.values
    }
    inner, outer, centre = flow.means(levels)
    return lambda one: _with(one, {"inner": inner, "outer": outer, "centre": centre})


def _answers(pack: Pack, before: Sequence[Fact], after: Sequence[Fact]) -> list[Fact]:
    """Answers move by as much as the factor that they belong to, unless moved themselves."""
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
            made.append(_with(one, {"level": level}))
        else:
            made.append(one)
    return made


def _levels(listed: Sequence[Fact], kind: str, name: str) -> dict[str, float]:
    return {
        str(one.values[name]): _number(one.values["level"])
        for one in listed
        if one.kind == kind and "level" in one.values
    }


def _with(fact: Fact, values: Mapping[str, Value | None]) -> Fact:
    """The fact with these values; what is None is not known any more."""
    return replace(fact, values=known(**{**fact.values, **values}))


def _of(listed: Sequence[Fact], kind: str) -> list[Fact]:
    return [one for one in listed if one.kind == kind]


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
