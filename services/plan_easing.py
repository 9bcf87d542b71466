"""The same problem with a limit eased or lifted: what a plan would be if more were there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from services.plan_problem import MANY, Activity, Channel, Owner, Problem, Someone


def lifted(problem: Problem, limits: Collection[str]) -> Problem:
    """The same problem without some of its limits."""
    most, people = problem.most, problem.people
    if "promised" in limits:
        hours = sum(one.promised for one in people) or sum(one.hours for one in problem.promised)
        most = replace(most, hours=most.hours + hours)
        people = tuple(
            replace(one, free=one.free + one.promised, room=one.room + one.answers_for,
                    share=one.share + one.promised)
            for one in people
        )  # fmt: skip
    fields = {"setup": ("setup", "channel_setup"), "accountable": ("activities",)}
    for name in ("hours", "setup", "channels", "channel_hours", "accountable"):
        if name in limits:
            most = replace(most, **dict.fromkeys(fields.get(name, (name,)), MANY))
    people = tuple(_free_of(one, limits) for one in people)
    return replace(
        problem,
        channels=tuple(_channel(one, limits) for one in problem.channels),
        activities=tuple(_activity(one, limits) for one in problem.activities),
        people=people,
        owners={name: _owners(those, limits) for name, those in problem.owners.items()},
        most=most,
        clashes=frozenset() if "roles" in limits else problem.clashes,
    )


def lifted_for(problem: Problem, activity: str, limits: Collection[str]) -> Problem:
    """The same problem, in which limits do not hold for one activity."""
    owners = dict(problem.owners)
    if activity in owners:
        owners[activity] = _owners(owners[activity], limits)
    activities = tuple(
        _activity(one, limits) if one.name == activity else one for one in problem.activities
    )
    return replace(problem, owners=owners, activities=activities)


def with_hours(problem: Problem, person: str, hours: int, channels: int) -> Problem:
    """The same problem, in which one person may be planned for more hours a week, and channels may
    take some of them."""
    people = tuple(
        replace(one, free=one.free + hours, share=one.share + hours) if one.name == person else one
        for one in problem.people
    )
    most = problem.most
    most = replace(most, hours=most.hours + hours, channel_hours=most.channel_hours + channels)
    return replace(problem, people=people, most=most)


def with_channel(problem: Problem, name: str) -> Problem:
    """The same problem, in which one channel is taken, with all that it costs."""
    taken = next(one for one in problem.channels if one.name == name)
    channels = tuple(
        replace(one, taken=True) if one.name == name else one for one in problem.channels
    )
    most = problem.most
    most = replace(
        most,
        setup=most.setup - taken.setup,
        channels=most.channels - 1,
        channel_hours=most.channel_hours - taken.hours,
        channel_setup=most.channel_setup - taken.setup,
    )
    return replace(problem, channels=channels, most=most)


def _free_of(one: Someone, limits: Collection[str]) -> Someone:
    return replace(
        one,
        free=MANY if "own_hours" in limits else one.free,
        room=MANY if "accountable" in limits else one.room,
        share=MANY if "share" in limits else one.share,
    )


def _channel(one: Channel, limits: Collection[str]) -> Channel:
    door = one.door and "doors" not in limits
    return replace(one, door=door, willing=one.willing or "volunteers" in limits)


def _activity(one: Activity, limits: Collection[str]) -> Activity:
    needs = () if "order" in limits else one.needs
    return replace(one, needs=needs, tied=one.tied and "places" not in limits)


def _owners(those: tuple[Owner, ...], limits: Collection[str]) -> tuple[Owner, ...]:
    return tuple(replace(one, against=one.against - set(limits)) for one in those)
