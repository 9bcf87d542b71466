"""A plan as a problem in whole numbers: what could be chosen, what stands already, and the limits.

Hours are hundredths of an hour, so that sums are exact. Everything here is a frozen value; a limit
that is eased or lifted makes another problem.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

MANY = 10**7
"""More than any limit: what is not limited."""

LIMITS = (
    "hours", "own_hours", "setup", "channels", "channel_hours", "accountable", "share",
    "skills", "volunteers", "held_back", "advised_against", "roles", "order", "places", "doors",
    "promised",
)  # fmt: skip
"""The limits by name; `promised` is what stands in the plan already."""

OF_OWNERS = ("skills", "volunteers", "held_back", "advised_against", "roles")
"""The limits that decide who may answer for an activity."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel to choose, or one that is `taken` and stays. `hours`: a week, at least, filled by
    what is planned on it. A `door` opens only with somebody behind it who answers; `willing`: what
    it asks of people of their own free will, somebody is ready for."""

    name: str
    points: int
    hours: int
    setup: int
    taken: bool = False
    door: bool = False
    willing: bool = True


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity to choose. `on`: channels on which it lives; `tied`: it needs one of them in the
    plan. `needs`: what it builds on and what is not there yet."""

    name: str
    points: int
    hours: int
    setup: int
    visible: bool = False
    answers: bool = False
    on: frozenset[str] = frozenset()
    tied: bool = False
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promised:
    """An activity that is promised: it stays, and fills the channels on which it lives."""

    name: str
    hours: int
    answers: bool = False
    on: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Someone:
    """What one person has left: hours a week, activities to answer for, and hours until too much
    hangs on this person; and what is promised already (hours, activities)."""

    name: str
    free: int
    room: int = MANY
    share: int = MANY
    promised: int = 0
    answers_for: int = 0


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody for an activity: the points of the advice, the roles in which this person would act,
    and the limits that speak against it."""

    person: str
    points: int
    against: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Most:
    """How much of everything is left: hours a week, hours once, how many channels (their least
    hours, their hours once), and how many activities (where no people are known)."""

    hours: int = MANY
    setup: int = MANY
    channels: int = MANY
    channel_hours: int = MANY
    channel_setup: int = MANY
    activities: int = MANY


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that can be chosen, in the order of rank, under what limits. `show`: nothing that
    people outside see is promised yet, so a plan should begin with something of that kind.
    `answered`: people answer at the doors for service already. `clashes`: pairs of roles."""

    channels: tuple[Channel, ...]
    activities: tuple[Activity, ...]
    promised: tuple[Promised, ...] = ()
    people: tuple[Someone, ...] = ()
    owners: Mapping[str, tuple[Owner, ...]] = field(default_factory=dict)
    most: Most = Most()
    clashes: frozenset[frozenset[str]] = frozenset()
    show: bool = False
    answered: bool = False

    def able(self, activity: str) -> tuple[Owner, ...]:
        """Who may answer for an activity."""
        return tuple(one for one in self.owners.get(activity, ()) if not one.against)

    def standing(self) -> tuple[str, ...]:
        """The channels that are taken."""
        return tuple(one.name for one in self.channels if one.taken)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen: channels (those taken among them) and activities with who answers for each
    ('' if nobody is known). `value`: points; `bound`: more than this no other choice has."""

    channels: tuple[str, ...]
    owners: tuple[tuple[str, str], ...]
    value: int
    bound: int

    @property
    def activities(self) -> tuple[str, ...]:
        """The activities chosen, in the order of rank."""
        return tuple(activity for activity, _ in self.owners)

    @property
    def proved(self) -> bool:
        """No other choice is better."""
        return self.value >= self.bound


def rest(problem: Problem, channels: Collection[str], activities: Collection[str]) -> int:
    """Hours a week that channels need beside what is planned on them: an hour on one is none on
    another, so every group of channels must be filled by what lives on it."""
    chosen = [one for one in problem.channels if one.name in channels]
    works: list[Activity | Promised] = [one for one in problem.activities if one.name in activities]
    works += problem.promised
    most = 0
    for size in range(1, len(chosen) + 1):
        for group in combinations(chosen, size):
            names = {one.name for one in group}
            filled = sum(work.hours for work in works if work.on & names)
            most = max(most, sum(one.hours for one in group) - filled)
    return most


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


def with_hours(problem: Problem, person: str, hours: int) -> Problem:
    """The same problem, in which one person may be planned for more hours a week."""
    people = tuple(
        replace(one, free=one.free + hours, share=one.share + hours) if one.name == person else one
        for one in problem.people
    )
    most = replace(problem.most, hours=problem.most.hours + hours)
    return replace(problem, people=people, most=most)


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
