"""A plan as a problem in whole numbers: what could be chosen, what stands already, and the limits.

Hours are hundredths of an hour, so that sums are exact. Everything here is a frozen value.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import combinations

MANY = 10**7
"""More than any limit: what is not limited."""

LIMITS = (
    "hours", "own_hours", "setup", "channels", "channel_hours", "accountable", "share",
    "skills", "volunteers", "held_back", "roles", "order", "places", "doors",
    "promised",
)  # fmt: skip
"""The limits by name; `promised` is what stands in the plan already."""

OF_OWNERS = ("skills", "volunteers", "held_back", "roles")
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
    hangs on this person; what is promised already (hours, activities), and the hours that may be
    planned in all."""

    name: str
    free: int
    room: int = MANY
    share: int = MANY
    promised: int = 0
    answers_for: int = 0
    plannable: int = MANY


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


def hundredths(hours: float) -> int:
    """Hours as whole hundredths."""
    return round(hours * 100)


def whole_hundredths(hours: float) -> int:
    """Whole hundredths of what is left, or how much is missing; never more than there is."""
    return MANY if hours * 100 >= MANY else int(hours * 100 + 1e-6) if hours >= 0 else -1


def whole(count: float) -> int:
    """A number of things, from none to many."""
    return MANY if count >= MANY else max(0, int(count))
