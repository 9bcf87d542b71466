"""A plan as it is shown: what is in it, what it takes of whom, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass

from services.advice import AdviceView
from services.costs import hours_promised, hours_to_plan
from services.plan_model import solve
from services.plan_problem import Choice, Problem, rest
from services.plan_reasons import LeftOut, left_out


@dataclass(frozen=True, slots=True)
class Item:
    """A channel or an activity of the plan: hours a week (a channel's least, filled by what is
    planned on it) and hours once; who would answer for it ('' : nobody known); `stands`: taken or
    promised already, not proposed."""

    kind: str
    name: str
    hours: float
    setup: float
    owner: str = ""
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """What the plan asks of one person: hours a week, of those that may be planned, and for how
    many activities this person answers; promises are in both."""

    person: str
    takes: float
    have: float
    answers_for: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What fits. Hours a week that may be planned (None: nobody said) and that it takes, of those
    promised, and of those that channels need beside what is planned on them; hours once that it
    takes. `gap`: the share by which another plan could be better (0: proved that none is)."""

    channels: tuple[Item, ...]
    activities: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]
    people: tuple[Load, ...]
    have: float | None
    takes: float
    promised: float
    filling: float
    setup: float
    gap: float


def made(view: AdviceView, given: Problem) -> Plan:
    """The best plan for a problem, as it is shown."""
    found = solve(given)
    choice = found or Choice(given.standing(), (), 0, 0)
    filling = rest(given, choice.channels, choice.activities)
    items = _channels(given, choice), _activities(view, given, choice)
    promised = hours_promised(view)
    week = sum(one.hours for one in items[1] if not one.stands)
    return Plan(
        channels=items[0],
        activities=items[1],
        left_out=left_out(given, choice),
        people=_loads(given, choice),
        have=hours_to_plan(view),
        takes=round(promised + week + filling / 100, 2),
        promised=round(promised, 2),
        filling=filling / 100,
        setup=sum(one.setup for both in items for one in both if not one.stands),
        gap=_gap(found),
    )


def _gap(found: Choice | None) -> float:
    """Out of time before any plan was found, nothing is proved of the one that is shown."""
    if found is None:
        return 1.0
    return round((found.bound - found.value) / max(1, abs(found.bound)), 4)


def _channels(given: Problem, choice: Choice) -> tuple[Item, ...]:
    return tuple(
        Item("channel", one.name, one.hours / 100, one.setup / 100, stands=one.taken)
        for one in given.channels
        if one.name in choice.channels
    )


def _activities(view: AdviceView, given: Problem, choice: Choice) -> tuple[Item, ...]:
    owners = {str(fact.values["activity"]): str(fact.values.get("owner", ""))
              for fact in view.facts if fact.kind == "planned"}  # fmt: skip
    costs = {one.name: one for one in given.activities}
    return (
        *(
            Item("activity", one.name, one.hours / 100, 0, owners.get(one.name, ""), stands=True)
            for one in given.promised
        ),
        *(
            Item("activity", name, costs[name].hours / 100, costs[name].setup / 100, owner)
            for name, owner in choice.owners
        ),
    )


def _loads(given: Problem, choice: Choice) -> tuple[Load, ...]:
    costs = {one.name: one.hours for one in given.activities}
    found = []
    for one in given.people:
        mine = [costs[activity] for activity, who in choice.owners if who == one.name]
        takes = (one.promised + sum(mine)) / 100
        have = one.plannable / 100
        found.append(Load(one.name, takes, have, one.answers_for + len(mine)))
    return tuple(found)
