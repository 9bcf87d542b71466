"""Why something is not in a plan, what would bring it in, and which limits leave no room at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.plan_problem import (
    OF_OWNERS,
    Activity,
    Channel,
    Choice,
    Owner,
    Problem,
    rest,
)

OTHERS = "others"
"""It would fit only if something that is advised more strongly stayed out."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something advised that is not in the plan: the limit that keeps it out, what that is about
    (names of activities or channels), and how many hundredths of an hour are missing."""

    kind: str
    name: str
    points: int
    limit: str
    about: tuple[str, ...] = ()
    lacks: int = 0


def left_out(problem: Problem, choice: Choice) -> tuple[LeftOut, ...]:
    """Everything that could have been chosen and was not: channels, then activities, by rank."""
    out = []
    for one in problem.channels:
        if one.name not in choice.channels:
            limit, about, lacks = next(_against_channel(problem, choice, one))
            out.append(LeftOut("channel", one.name, one.points, limit, about, lacks))
    for each in problem.activities:
        if each.name not in choice.activities:
            limit, about, lacks = next(_against_activity(problem, choice, each))
            out.append(LeftOut("activity", each.name, each.points, limit, about, lacks))
    return tuple(out)


_Reason = tuple[str, tuple[str, ...], int]


def _against_channel(problem: Problem, choice: Choice, one: Channel) -> Iterator[_Reason]:
    """First what keeps it out by itself, then what it lacks beside the others."""
    if not one.willing:
        yield "volunteers", (), 0
    if problem.most.channels <= 0:
        yield "channels", (), 0
    yield from _channel_costs(problem, [one])
    new = [c for c in problem.channels if c.name in choice.channels and not c.taken]
    if len(new) >= problem.most.channels:
        yield "channels", (), 0
    yield from _channel_costs(problem, [*new, one])
    yield from _hours(problem, choice, channel=one)
    if one.door and not problem.answered:
        yield "doors", (), 0
    yield OTHERS, (), 0


def _channel_costs(problem: Problem, new: list[Channel]) -> Iterator[_Reason]:
    """What channels would take more than they may."""
    week = sum(one.hours for one in new) - max(0, problem.most.channel_hours)
    once = sum(one.setup for one in new) - max(0, problem.most.channel_setup)
    if once > 0:
        yield "setup", (), once
    if week > 0:
        yield "channel_hours", (), week


def _against_activity(problem: Problem, choice: Choice, one: Activity) -> Iterator[_Reason]:
    if problem.people and not problem.able(one.name):
        yield _nobody(problem.owners[one.name]), (), 0
    first = tuple(name for name in one.needs if name not in choice.activities)
    if first:
        yield "order", first, 0
    if one.tied and not one.on & set(choice.channels):
        yield "places", tuple(c.name for c in problem.channels if c.name in one.on), 0
    yield from _hours(problem, choice, activity=one)
    if problem.people:
        yield from _people(problem, choice, one)
    elif len(choice.owners) >= problem.most.activities:
        yield "accountable", (), 0
    yield OTHERS, (), 0


def _hours(
    problem: Problem, choice: Choice, *, channel: Channel | None = None,
    activity: Activity | None = None,
) -> Iterator[_Reason]:  # fmt: skip
    """Hours a week or once that are not there for one thing more."""
    channels = {*choice.channels, *((channel.name,) if channel else ())}
    activities = {*choice.activities, *((activity.name,) if activity else ())}
    works = [one for one in problem.activities if one.name in activities]
    week = sum(one.hours for one in works) + rest(problem, channels, activities)
    if week > problem.most.hours:
        yield "hours", (), week - max(0, problem.most.hours)
    once = sum(one.setup for one in works)
    once += sum(c.setup for c in problem.channels if c.name in channels and not c.taken)
    if once > problem.most.setup:
        yield "setup", (), once - max(0, problem.most.setup)


def _people(problem: Problem, choice: Choice, one: Activity) -> Iterator[_Reason]:
    """Nobody who could answer for it has the hours, the room, or the share left."""
    cost = {each.name: each.hours for each in problem.activities}
    lacking = []
    for someone in problem.people:
        if someone.name not in {owner.person for owner in problem.able(one.name)}:
            continue
        mine = [cost[activity] for activity, who in choice.owners if who == someone.name]
        over = sum(mine) + one.hours
        lacks = {
            "own_hours": over - max(0, someone.free) if one.hours else 0,
            "share": over - max(0, someone.share) if one.hours else 0,
            "accountable": len(mine) + 1 - max(0, someone.room),
        }
        lacking.append({limit: number for limit, number in lacks.items() if number > 0})
    if any(not one for one in lacking):
        return
    fewest = min(lacking, key=lambda each: (len(each), sum(each.values())))
    limit, number = next(iter(fewest.items()))
    yield limit, (), number


def _nobody(owners: Iterable[Owner]) -> str:
    """The limit for which nobody may answer: one that alone keeps somebody, or else the first that
    keeps whoever is kept by the fewest."""
    against = [one.against for one in owners]
    fewest = min(len(one) for one in against)
    kept = set[str]().union(*(one for one in against if len(one) == fewest))
    return next(limit for limit in OF_OWNERS if limit in kept)
