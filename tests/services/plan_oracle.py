"""Plans the slow way: every choice there is, tried one by one; and the greedy choice of old."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from random import Random

from services.plan_model import visible_first
from services.plan_problem import (
    MANY,
    Activity,
    Channel,
    Choice,
    Most,
    Owner,
    Problem,
    Promised,
    Someone,
)

ROLES = ("lead", "judge", "maker")
NOBODY = ""
SIX_MINUTES = 10
"""A tenth of an hour: all hours here are whole numbers of it."""


def problem(seed: int) -> Problem:
    """A small made-up problem; the same seed makes the same one."""
    random = Random(seed)
    channels = tuple(_channel(random, f"c{at}") for at in range(random.randint(1, 3)))
    names = [f"a{at}" for at in range(random.randint(2, 5))]
    activities = tuple(_activity(random, name, names, len(channels)) for name in names)
    promised = tuple(
        Promised(f"b{at}", random.choice((0, 50, 100)), random.random() < 0.3, _on(random, 2))
        for at in range(random.randint(0, 2))
    )
    people = tuple(_someone(random, f"p{at}") for at in range(random.choice((0, 1, 2, 2, 3))))
    return Problem(
        channels=channels,
        activities=activities,
        promised=promised,
        people=people,
        owners={name: tuple(_owner(random, one) for one in people) for name in names}
        if people
        else {},
        most=_most(random),
        clashes=frozenset({frozenset(("lead", "judge"))}) if random.random() < 0.5 else frozenset(),
        show=random.random() < 0.6,
        answered=random.random() < 0.3,
    )


def best(problem: Problem) -> tuple[int, Choice]:
    """The best of all choices; of equal ones the one that takes what stands first in the lists."""
    allowed = [one for one in every(problem) if keeps(problem, one)]
    chosen = max(allowed, key=lambda one: (worth(problem, one), _taste(problem, one)))
    return worth(problem, chosen), chosen


def every(problem: Problem) -> Iterator[Choice]:
    """All choices, whether or not they keep to the limits."""
    new = [one.name for one in problem.channels if not one.taken]
    owners = [
        [None, *(one.person for one in problem.able(activity.name))]
        if problem.people
        else [None, NOBODY]
        for activity in problem.activities
    ]
    for size in range(len(new) + 1):
        for some in combinations(new, size):
            channels = tuple(one.name for one in problem.channels if one.taken or one.name in some)
            for those in product(*owners):
                pairs = zip(problem.activities, those, strict=True)
                named = tuple((one.name, who) for one, who in pairs if who is not None)
                yield Choice(channels, named, 0, 0)


def keeps(problem: Problem, choice: Choice) -> bool:
    """Whether a choice keeps to every limit."""
    return all(check(problem, choice) for check in (_ordered, _in_time, _counted, _owned, _apart))


def worth(problem: Problem, choice: Choice) -> int:
    """The points of a choice; something visible comes before all points."""
    owners = dict(choice.owners)
    points = sum(one.points for one in problem.channels if _is_new(one, choice))
    for one in problem.activities:
        if one.name in owners:
            points += one.points
            points += sum(o.points for o in problem.able(one.name) if o.person == owners[one.name])
    seen = any(one.visible and one.name in owners for one in problem.activities)
    return points + (visible_first(problem) if seen else 0)


def greedy(problem: Problem) -> Choice:
    """From the top whatever still fits: first the best that people see, then channels, then
    activities, each with the first person who can."""
    seen = [one.name for one in problem.activities if one.visible] if problem.show else []
    choice = Choice(problem.standing(), (), 0, 0)
    for name in seen:
        more = _with(problem, choice, name)
        if more is not choice:
            choice = more
            break
    for one in problem.channels:
        if _is_new(one, choice) or one.taken:
            continue
        more = Choice((*choice.channels, one.name), choice.owners, 0, 0)
        choice = more if keeps(problem, more) else choice
    for activity in problem.activities:
        choice = _with(problem, choice, activity.name)
    return choice


def _with(problem: Problem, choice: Choice, activity: str) -> Choice:
    if activity in choice.activities:
        return choice
    whom = [one.person for one in problem.able(activity)] if problem.people else [NOBODY]
    for person in whom:
        more = Choice(choice.channels, (*choice.owners, (activity, person)), 0, 0)
        if keeps(problem, more):
            return more
    return choice


def _is_new(one: Channel, choice: Choice) -> bool:
    return one.name in choice.channels and not one.taken


def _taste(problem: Problem, choice: Choice) -> list[bool]:
    owners = dict(choice.owners)
    return [
        *(one.name in choice.channels for one in problem.channels),
        *(one.name in owners for one in problem.activities),
        *(owners.get(a.name) == o.person for a in problem.activities for o in problem.able(a.name)),
    ]


def _ordered(problem: Problem, choice: Choice) -> bool:
    """What comes first is there; what lives on channels has one; doors have people behind them."""
    for one in problem.activities:
        if one.name not in choice.activities:
            continue
        if any(name not in choice.activities for name in one.needs):
            return False
        if one.tied and not one.on & set(choice.channels):
            return False
    return all(_opens(problem, choice, one) for one in problem.channels if _is_new(one, choice))


def _opens(problem: Problem, choice: Choice, channel: Channel) -> bool:
    if not channel.willing:
        return False
    if not channel.door or problem.answered:
        return True
    works = [
        *problem.promised,
        *(one for one in problem.activities if one.name in choice.activities),
    ]
    return any(one.answers and (not one.on or channel.name in one.on) for one in works)


def _in_time(problem: Problem, choice: Choice) -> bool:
    activities = [one for one in problem.activities if one.name in choice.activities]
    new = [one for one in problem.channels if _is_new(one, choice)]
    week = sum(one.hours for one in activities) + filling(problem, choice.channels, activities)
    standing = filling(problem, problem.standing(), [])
    once = sum(one.setup for one in [*activities, *new])
    return week <= max(problem.most.hours, standing) and once <= max(0, problem.most.setup)


def filling(problem: Problem, channels: Sequence[str], activities: Sequence[Activity]) -> int:
    """What channels lack when each tenth of an hour of work goes where it still fits: by augmenting
    paths, another way than the one that is tested."""
    lacking = {one.name: one.hours for one in problem.channels if one.name in channels}
    works = [
        one for one in [*problem.promised, *activities] for _ in range(one.hours // SIX_MINUTES)
    ]
    places: list[str] = [""] * len(works)
    for at in range(len(works)):
        _place(at, works, places, lacking, set())
    return sum(lacking.values())


def _place(
    at: int,
    works: Sequence[Activity | Promised],
    places: list[str],
    lacking: dict[str, int],
    tried: set[str],
) -> bool:
    """Put a tenth of an hour on a channel, moving another one away if that helps."""
    for name in sorted(works[at].on & set(lacking) - tried):
        tried.add(name)
        others = [other for other, place in enumerate(places) if place == name]
        if lacking[name]:
            lacking[name] -= SIX_MINUTES
        elif not any(_place(other, works, places, lacking, tried) for other in others):
            continue
        places[at] = name
        return True
    return False


def _counted(problem: Problem, choice: Choice) -> bool:
    new = [one for one in problem.channels if _is_new(one, choice)]
    most = problem.most
    return (
        len(new) <= max(0, most.channels)
        and sum(one.hours for one in new) <= max(0, most.channel_hours)
        and sum(one.setup for one in new) <= max(0, most.channel_setup)
        and len(choice.owners) <= most.activities
    )


def _owned(problem: Problem, choice: Choice) -> bool:
    hours = {one.name: one.hours for one in problem.activities}
    for person in problem.people:
        mine = [hours[activity] for activity, who in choice.owners if who == person.name]
        if len(mine) > person.room or sum(mine) > max(0, min(person.free, person.share)):
            return False
    return True


def _apart(problem: Problem, choice: Choice) -> bool:
    acts: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for activity, who in choice.owners:
        for owner in problem.owners.get(activity, ()):
            if owner.person == who:
                acts.setdefault(who, []).append((activity, owner.roles))
    return not any(
        frozenset((one, other)) in problem.clashes
        for mine in acts.values()
        for (_, first), (_, second) in combinations(mine, 2)
        for one, other in product(first, second)
    )


def _channel(random: Random, name: str) -> Channel:
    return Channel(
        name=name,
        points=random.choice((0, 10, 20, 30, 30)),
        hours=random.choice((50, 100, 200)),
        setup=random.choice((0, 100, 300)),
        taken=random.random() < 0.25,
        door=random.random() < 0.25,
        willing=random.random() < 0.9,
    )


def _activity(random: Random, name: str, names: list[str], channels: int) -> Activity:
    on = _on(random, channels)
    return Activity(
        name=name,
        points=random.choice((1, 5, 10, 10, 20)),
        hours=random.choice((0, 50, 50, 100, 200)),
        setup=random.choice((0, 50, 100, 200)),
        visible=random.random() < 0.4,
        answers=random.random() < 0.3,
        on=on,
        tied=bool(on) and random.random() < 0.6,
        needs=tuple(one for one in [*names, "elsewhere"] if one != name and random.random() < 0.12),
    )


def _on(random: Random, channels: int) -> frozenset[str]:
    return frozenset(f"c{at}" for at in range(channels) if random.random() < 0.4)


def _someone(random: Random, name: str) -> Someone:
    hours = random.choice((0, 100, 200, 300))
    return Someone(
        name=name,
        free=hours,
        room=random.choice((1, 2, MANY)),
        share=random.choice((100, 200, MANY)),
        promised=random.choice((0, 100)),
        answers_for=random.choice((0, 1)),
    )


def _owner(random: Random, person: Someone) -> Owner:
    against = [one for one in ("skills", "volunteers", "roles") if random.random() < 0.12]
    roles = frozenset((random.choice(ROLES),))
    return Owner(person.name, random.choice((0, 1, 2, 2)), frozenset(against), roles)


def _most(random: Random) -> Most:
    return Most(
        hours=random.choice((-1, 100, 250, 400, MANY)),
        setup=random.choice((0, 200, 500, MANY)),
        channels=random.choice((0, 1, 2, 3)),
        channel_hours=random.choice((100, 200, MANY)),
        channel_setup=random.choice((100, 300, MANY)),
        activities=random.choice((2, MANY)),
    )
