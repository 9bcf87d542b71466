"""What a board asks about a change: five questions, each with names, hours and dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from rules.pack import Entry
from services import planning, quarters
from services.advice import AdviceView
from services.costs import IN_HAND, number, planned
from services.differences import Difference
from services.moves import wanted
from services.owed import Owed, Thing, open_channels, owed
from services.plan_made import Load, Plan

Begins = Literal["next_quarter", "today"]


@dataclass(frozen=True, slots=True)
class Horizon:
    """When an objective shows first, and when it is reached, at the earliest and the latest; in the
    words of the catalogue too. `new`: it comes in with the scenario."""

    objective: str
    title: str
    new: bool
    signal: str
    outcome: str
    signal_from: date
    signal_to: date
    outcome_from: date
    outcome_to: date


@dataclass(frozen=True, slots=True)
class Proof:
    """The number that would show an objective is reached, the range to hope for, the number that
    must not get worse, and the sentence that would prove it wrong."""

    objective: str
    kpi: str
    unit: str
    direction: str
    range: str
    guard: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Board:
    """The five answers. `begins_on` is the day from which the scenario counts; `stays`: what is
    promised and would not be advised any more, which stays in the plan with its hours; hours a week
    that the plan takes and that may be planned (None: nobody said), and by person."""

    begins_on: date
    starts: tuple[Thing, ...]
    stops: tuple[Thing, ...]
    stays: tuple[Thing, ...]
    owed: tuple[Owed, ...]
    takes: float
    have: float | None
    people: tuple[Load, ...]
    horizons: tuple[Horizon, ...]
    proofs: tuple[Proof, ...]


def board(
    before: AdviceView, after: AdviceView, difference: Difference, *, begins: Begins, on: date
) -> Board:
    """The answers to the five questions, for a scenario that begins today or next quarter."""
    first = begins_on(begins, on)
    plans = planning.plan(before), planning.plan(after)
    starts = _things(after, plans, difference.starts)
    stops = _things(before, plans, difference.stops)
    return Board(
        begins_on=first,
        starts=starts,
        stops=stops,
        stays=_things(before, plans, _promised(difference, before)),
        owed=tuple(dict.fromkeys(owed(before, after, stops))),
        takes=plans[1].takes,
        have=plans[1].have,
        people=plans[1].people,
        horizons=tuple(_horizons(before, after, first)),
        proofs=tuple(_proofs(before, after, first)),
    )


def begins_on(begins: Begins, on: date) -> date:
    """The day from which a scenario counts; `on` is today."""
    if begins == "today":
        return on
    return quarters.following(quarters.bare(0, on).starts_on)


def _things(
    view: AdviceView, plans: Iterable[Plan], some: Iterable[tuple[str, str]]
) -> tuple[Thing, ...]:
    costs = {
        (one.kind, one.name): one for plan in plans for one in (*plan.channels, *plan.activities)
    }
    return tuple(
        Thing(
            kind=kind,
            name=name,
            title=view.title(kind, name),
            hours=costs[kind, name].hours,
            owner=view.names.get(costs[kind, name].owner, ""),
            stands=costs[kind, name].stands or (kind == "channel" and name in open_channels(view)),
        )
        for kind, name in some
        if (kind, name) in costs
    )


def _promised(difference: Difference, before: AdviceView) -> Iterator[tuple[str, str]]:
    """What is promised, stays in the plan, and would not be advised any more."""
    held = {name for name, one in planned(before).items() if one.get("state") in IN_HAND}
    for shift in difference.leaving("activity"):
        if shift.target[1] in held and ("activity", shift.target[1]) not in difference.stops:
            yield "activity", shift.target[1]


def _aims(before: AdviceView, after: AdviceView) -> Iterator[tuple[Entry, bool]]:
    """The objectives that come in; if none does, those that there are."""
    had, names = wanted(before), wanted(after)
    new = [name for name in names if name not in had]
    for name in new or names:
        entry = after.entry("objective", name)
        if entry is not None:
            yield entry, bool(new)


def _horizons(before: AdviceView, after: AdviceView, first: date) -> Iterator[Horizon]:
    for entry, new in _aims(before, after):
        weeks = [number(entry, f"signal_weeks_{end}") for end in ("from", "to")]
        outcome = [int(number(entry, f"outcome_quarters_{end}")) for end in ("from", "to")]
        yield Horizon(
            objective=entry.id,
            title=entry.title,
            new=new,
            signal=str(entry.values.get("signal", "")),
            outcome=str(entry.values.get("outcome", "")),
            signal_from=first + timedelta(weeks=weeks[0]),
            signal_to=first + timedelta(weeks=weeks[1]),
            outcome_from=_later(first, outcome[0]),
            outcome_to=_later(first, outcome[1]),
        )


def _proofs(before: AdviceView, after: AdviceView, first: date) -> Iterator[Proof]:
    kpis = after.pack.catalogues["kpis"]
    for entry, _ in _aims(before, after):
        lead, guard = (kpis.get(str(entry.values.get(name))) for name in ("lead_kpi", "guard_kpi"))
        if lead is None:
            continue
        by = _later(first, int(number(entry, "outcome_quarters_to")))
        aim = str(lead.values.get("target", ""))
        yield Proof(
            objective=entry.id,
            kpi=lead.title,
            unit=str(lead.values.get("unit", "")),
            direction=str(lead.values.get("direction", "up")),
            range=aim,
            guard=guard.title if guard else "",
            sentence=_wrong(lead, guard, aim, by),
        )


def _wrong(lead: Entry, guard: Entry | None, aim: str, by: date) -> str:
    moved = {"up": "has not risen", "down": "has not fallen"}.get(
        str(lead.values.get("direction")), "has not held"
    )
    hoped = f" What to aim for: {aim}." if aim else ""
    also = f", or “{guard.title}” got worse meanwhile" if guard else ""
    return f"If “{lead.title}” {moved} by {by.day} {by:%B %Y}{also}, this was wrong.{hoped}"


def _later(first: date, many: int) -> date:
    """The day so many quarters later."""
    months = first.year * 12 + first.month - 1 + 3 * many
    day = date(months // 12, months % 12 + 1, 1)
    following = (day + timedelta(days=31)).replace(day=1)
    return min(day + timedelta(days=first.day - 1), following - timedelta(days=1))
