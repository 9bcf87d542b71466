"""What things cost an organisation, what they build on, and the hours that there are for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Literal

from rules.pack import Entry, Pack
from services.advice import AdviceView

IN_HAND = ("open", "doing", "stuck")


@dataclass(frozen=True, slots=True)
class Work:
    """What something costs: hours once and hours a week; `visible`: people outside notice it."""

    id: str
    setup: float
    hours: float
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Before:
    """What an activity builds on, and whether that is in place, in the plan, or missing."""

    activity: str
    state: Literal["there", "planned", "missing"]


def cost(view: AdviceView, kind: str, entry: Entry) -> Work:
    """What a channel or an activity costs this organisation; a small one does the light version of
    an activity."""
    if kind == "channel":
        return Work(entry.id, number(entry, "setup"), number(entry, "min_hours"))
    light = "_light" if small(view) else ""
    hours, setup = number(entry, f"hours{light}"), number(entry, f"setup{light}")
    return Work(entry.id, setup, hours, visible=said(entry, "visible"))


def builds_on(view: AdviceView, activity: str) -> list[Before]:
    """What comes before an activity, in the catalogue's order."""
    states = planned(view)
    there = {one.about for one in view.advice.findings if one.name == "already_there"}
    found = []
    for fact in view.pack.fixed:
        if fact.kind == "comes_after" and fact.values["activity"] == activity:
            name = str(fact.values["needs"])
            state = str(states.get(name, {}).get("state", ""))
            found.append(Before(name, _stands(name in there, state)))
    return found


def small(view: AdviceView) -> bool:
    """Whether the organisation is so small that the light version is enough."""
    staff = view.fact("organisation").get("staff")
    return isinstance(staff, int | float) and staff < parameter(view.pack, "small")


def hours_given(view: AdviceView) -> float | None:
    """Hours a week of everybody together; None if nobody gave any."""
    people = [as_number(fact.values.get("hours")) for fact in view.facts if fact.kind == "person"]
    return round(sum(people), 6) if people else None


def hours_to_plan(view: AdviceView) -> float | None:
    """The share of the given hours that may be planned; None if nobody gave any."""
    hours = hours_given(view)
    return None if hours is None else round(hours * planned_share(view.pack), 2)


def planned_share(pack: Pack) -> float:
    """The share of the hours that is planned at most."""
    return min(parameter(pack, "planned_share"), 1.0)


def hours_promised(view: AdviceView) -> float:
    """Hours a week that are promised already, one's own ideas included."""
    promised = view.fact("organisation").get("promised")
    if isinstance(promised, int | float):
        return float(promised)
    return sum(as_number(values.get("hours")) for values in planned(view).values())


def planned(view: AdviceView) -> dict[str, Mapping[str, object]]:
    """What the plan of the quarter holds, by activity, however it stands."""
    found = {str(fact.values["activity"]): fact.values for fact in view.facts
             if fact.kind == "planned"}  # fmt: skip
    return dict(sorted(found.items()))


def as_number(value: object) -> float:
    """A value as a number; 0 if it is none."""
    return float(value) if isinstance(value, int | float) else 0.0


def parameter(pack: Pack, name: str) -> float:
    """A limit that the pack sets; none if it does not."""
    found = pack.parameters.get(name)
    value = found.value if found else inf
    return float(value) if isinstance(value, int | float) else inf


def number(entry: Entry, name: str) -> float:
    """What an entry says in figures; 0 if it says nothing."""
    value = entry.values.get(name)
    return float(value) if isinstance(value, int | float) else 0.0


def said(entry: Entry, name: str) -> bool:
    """Whether an entry says yes to something."""
    return entry.values.get(name) in (True, "yes")


def listed(entry: Entry, name: str) -> tuple[str, ...]:
    """What an entry lists, or the one thing it names."""
    value = entry.values.get(name)
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)
    return (str(value),) if value else ()


def _stands(there: bool, state: str) -> Literal["there", "planned", "missing"]:
    if there or state == "done":
        return "there"
    return "planned" if state in IN_HAND else "missing"
