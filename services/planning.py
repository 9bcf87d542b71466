"""What fits into the hours: a greedy choice from the top of the ranking; and what comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from rules.advice import Scored
from rules.pack import Entry, Pack
from services.advice import AdviceView


@dataclass(frozen=True, slots=True)
class Work:
    """What something costs: hours once and hours a week; `visible`: people outside notice it."""

    id: str
    setup: float
    hours: float
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Fit:
    """What to start with, in the order of rank; hours a week that all of it needs, that there are
    (None: nobody said), and that the chosen need."""

    chosen: tuple[str, ...]
    needs: float
    have: float | None
    takes: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Hours a week, hours of setting up, and how many at most."""

    hours: float = inf
    setup: float = inf
    most: float = inf


@dataclass(frozen=True, slots=True)
class Before:
    """What an activity builds on, and whether that is in place, in the plan, or missing."""

    activity: str
    state: Literal["there", "planned", "missing"]


def greedy(ranked: Sequence[Work], limits: Limits) -> tuple[str, ...]:
    """From the top, whatever still fits; but first the best that people can see, so that a start
    shows. In the order of rank."""
    visible = [work for work in ranked if work.visible]
    taken: list[Work] = []
    for work in [*_best_that_fits(visible, limits), *ranked]:
        if work not in taken and _fits([*taken, work], limits):
            taken.append(work)
    return tuple(work.id for work in ranked if work in taken)


def channels(view: AdviceView, left_out: Sequence[str] = ()) -> Fit:
    """Which of the recommended channels to begin with; `left_out` are those declined. They leave
    room for other work: a share of the hours, and of the time for setting up."""
    have = hours_to_plan(view)
    works = [
        cost(view, "channel", entry)
        for entry in _entries(view, view.recommended("channel"), left_out)
    ]
    share = min(_parameter(view.pack, "plan_channels"), 1.0)
    limits = Limits(
        inf if have is None else have * share,
        setup=_setup(view) * share,
        most=_parameter(view.pack, "pilot_channels"),
    )
    return _fit(works, limits, have)


def activities(view: AdviceView, left_out: Sequence[str] = ()) -> Fit:
    """Which of the recommended activities to begin with, beside the channels that are taken or to
    begin with; what is promised already comes first and is not proposed again."""
    have = hours_to_plan(view)
    promised = {
        str(fact.values["activity"]): fact.values for fact in view.facts if fact.kind == "planned"
    }
    works = [
        cost(view, "activity", entry)
        for entry in _entries(view, view.recommended("activity"), left_out)
        if entry.id not in promised
    ]
    hours, setup = _for_channels(view)
    taken = hours + sum(float(values.get("hours", 0)) for values in promised.values())
    left = inf if have is None else max(0.0, have - taken)
    limits = Limits(left, setup=max(0.0, _setup(view) - setup), most=_most(view))
    return _fit(works, limits, have, taken)


def first_channels(view: AdviceView) -> tuple[str, ...]:
    """The channels that are taken, or else those to begin with."""
    taken = (fact.values for fact in view.facts if fact.kind == "accepted")
    names = tuple(str(one["target"]) for one in taken if one["kind"] == "channel")
    return names or channels(view).chosen


def _for_channels(view: AdviceView) -> tuple[float, float]:
    """Hours a week that the first channels need beyond what is promised on them, and hours once
    for those that are not open yet. A channel's least hours are filled by the activities on it."""
    first = first_channels(view)
    costs = [cost(view, "channel", view.pack.catalogues["channels"][name]) for name in first]
    lives_on = {
        fact.values["activity"]
        for fact in view.pack.fixed
        if fact.kind == "activity_on" and fact.values["channel"] in first
    }
    filled = sum(
        float(fact.values.get("hours", 0))
        for fact in view.facts
        if fact.kind == "planned" and fact.values["activity"] in lives_on
    )
    there = {fact.values["channel"] for fact in view.facts if fact.kind == "account"}
    return (
        max(0.0, sum(one.hours for one in costs) - filled),
        sum(one.setup for one in costs if one.id not in there),
    )


def _setup(view: AdviceView) -> float:
    """Hours of setting up that a first plan may ask for: so many for each person with hours."""
    people = sum(fact.kind == "person" for fact in view.facts)
    return _parameter(view.pack, "plan_setup") * max(people, 1)


def builds_on(view: AdviceView, activity: str) -> list[Before]:
    """What comes before an activity, in the catalogue's order."""
    states = {
        str(one.values["activity"]): one.values for one in view.facts if one.kind == "planned"
    }
    there = {one.about for one in view.advice.findings if one.name == "already_there"}
    found = []
    for fact in view.pack.fixed:
        if fact.kind == "comes_after" and fact.values["activity"] == activity:
            name = str(fact.values["needs"])
            state = str(states.get(name, {}).get("state", ""))
            found.append(Before(name, _stands(name in there, state)))
    return found


def cost(view: AdviceView, kind: str, entry: Entry) -> Work:
    """What a channel or an activity costs this organisation; a small one does the light version of
    an activity."""
    if kind == "channel":
        return Work(entry.id, _number(entry, "setup"), _number(entry, "min_hours"))
    light = "_light" if small(view) else ""
    hours, setup = _number(entry, f"hours{light}"), _number(entry, f"setup{light}")
    return Work(entry.id, setup, hours, visible=entry.values.get("visible") in (True, "yes"))


def small(view: AdviceView) -> bool:
    """Whether the organisation is so small that the light version is enough."""
    staff = view.fact("organisation").get("staff")
    return isinstance(staff, int | float) and staff < _parameter(view.pack, "small")


def hours_to_plan(view: AdviceView) -> float | None:
    """The share of the given hours that may be planned; None if nobody gave any."""
    hours = view.fact("organisation").get("hours")
    if not isinstance(hours, int | float):
        return None
    share = _parameter(view.pack, "planned_share")
    return round(hours * min(share, 1.0), 2)


def _stands(there: bool, state: str) -> Literal["there", "planned", "missing"]:
    if there or state == "done":
        return "there"
    return "planned" if state in ("open", "doing", "stuck") else "missing"


def _most(view: AdviceView) -> float:
    """How many activities there are hands for: those that one person may answer for, times the
    people, less those promised."""
    people = [fact.values for fact in view.facts if fact.kind == "person"]
    if not people:
        return inf
    promised = sum(_whole(values.get("accountable")) for values in people)
    return max(0.0, _parameter(view.pack, "most_accountable") * len(people) - promised)


def _best_that_fits(works: Sequence[Work], limits: Limits) -> list[Work]:
    return next(([work] for work in works if _fits([work], limits)), [])


def _fits(works: Sequence[Work], limits: Limits) -> bool:
    return (
        len(works) <= limits.most
        and round(sum(work.hours for work in works), 6) <= limits.hours
        and round(sum(work.setup for work in works), 6) <= limits.setup
    )


def _fit(works: Sequence[Work], limits: Limits, have: float | None, taken: float = 0.0) -> Fit:
    chosen = greedy(works, limits)
    return Fit(
        chosen=chosen,
        needs=round(taken + sum(work.hours for work in works), 2),
        have=have,
        takes=round(taken + sum(work.hours for work in works if work.id in chosen), 2),
    )


def _entries(view: AdviceView, ranked: Sequence[Scored], left_out: Sequence[str]) -> list[Entry]:
    found = ((one.target[1], view.entry(*one.target[:2])) for one in ranked)
    return [entry for name, entry in found if entry is not None and name not in left_out]


def _number(entry: Entry, name: str) -> float:
    value = entry.values.get(name)
    return float(value) if isinstance(value, int | float) else 0.0


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _parameter(pack: Pack, name: str) -> float:
    """A limit that the pack sets; none if it does not."""
    parameter = pack.parameters.get(name)
    value = parameter.value if parameter else inf
    return float(value) if isinstance(value, int | float) else inf
