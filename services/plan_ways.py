"""What would bring something into a plan, and which limits together leave no room at all: found
by choosing again under other limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, groupby

from services.plan_easing import lifted, lifted_for, with_channel, with_hours
from services.plan_model import possible, solve
from services.plan_problem import LIMITS, Choice, Problem
from services.plan_reasons import OTHERS, LeftOut

ASKED = 8
"""So many people are thought of at most when more hours are tried."""
_HOURS = ("hours", "own_hours", "share", "channel_hours")
_Try = tuple[str, int, str]
"""What is eased, by how much, and for whom."""


@dataclass(frozen=True, slots=True)
class WayIn:
    """What would bring something in: so much more (hundredths of an hour, or a number) of a limit,
    by any one of these people, or of these channels."""

    left: LeftOut
    limit: str
    amount: int = 0
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trying:
    """How more hours are tried: in steps, up to a reach (hundredths of an hour; another one for
    setting up), of which a share may be planned, and a share of that for channels."""

    step: int
    reach: int
    setup: int
    planned: float
    channels: float


def ways_in(
    problem: Problem, left: Iterable[LeftOut], trying: Trying, most: int
) -> tuple[WayIn, ...]:
    """Of what is left out, the first ones that one more of a single limit would bring in, found by
    choosing again: the smallest step after which the best choice contains it."""
    found: list[WayIn] = []
    solved: dict[_Try, Choice | None] = {}
    for one in sorted(left, key=lambda one: -one.points):
        if len(found) < most and (way := _way_in(problem, one, trying, solved)):
            found.append(way)
    return tuple(found)


def in_conflict(problem: Problem) -> tuple[str, ...]:
    """If nothing at all can be chosen: the fewest limits that together leave no room. Empty if
    something fits, or if nothing is advised."""
    if possible(problem) or not possible(lifted(problem, LIMITS)):
        return ()
    needed = list(LIMITS)
    for limit in reversed(LIMITS):
        fewer = [one for one in needed if one != limit]
        if not _room(problem, fewer):
            needed = fewer
    for size in range(1, len(needed)):
        for some in combinations(LIMITS, size):
            if not _room(problem, some):
                return some
    return tuple(needed)


def _room(problem: Problem, limits: Iterable[str]) -> bool:
    """Whether anything fits if only these limits hold."""
    return possible(lifted(problem, set(LIMITS) - set(limits)))


def _way_in(
    problem: Problem, left: LeftOut, trying: Trying, solved: dict[_Try, Choice | None]
) -> WayIn | None:
    limit = "hours" if left.limit in _HOURS else left.limit
    tries = (
        _hour_by_hour(problem, left, trying) if limit == "hours" else _eased(problem, left, trying)
    )
    for amount, some in groupby(tries, key=lambda one: one[0][1]):
        those = []
        for known, eased in some:
            if known not in solved:
                solved[known] = solve(eased)
            if _in(solved[known], left):
                those.append(known[2])
        if those:
            return WayIn(left, limit, amount, tuple(filter(None, those)))
    return None


def _hour_by_hour(
    problem: Problem, left: LeftOut, trying: Trying
) -> Iterator[tuple[_Try, Problem]]:
    """More hours a week, from one person after the other: those who fit best, if there are many."""
    able = [one.person for one in problem.able(left.name)] if left.kind == "activity" else []
    people = able or [one.name for one in problem.people]
    for hours in range(trying.step, trying.reach + 1, trying.step):
        more = int(hours * trying.planned + 1e-6)
        channels = int(more * trying.channels + 1e-6)
        for name in people[:ASKED]:
            yield ("hours", hours, name), with_hours(problem, name, more, channels)


def _eased(problem: Problem, left: LeftOut, trying: Trying) -> Iterator[tuple[_Try, Problem]]:
    """Any other limit, eased by one, or lifted for what it keeps out."""
    limit, most = left.limit, problem.most
    by_one = {
        "channels": replace(problem, most=replace(most, channels=most.channels + 1)),
        "doors": replace(problem, answered=True),
    }
    if limit == "setup":
        yield from _setting_up(problem, trying)
    elif limit in by_one:
        yield (limit, 1, ""), by_one[limit]
    elif limit == "accountable":
        for owner in problem.able(left.name)[:ASKED]:
            yield (limit, 1, owner.person), _roomier(problem, owner.person)
    elif limit == "places":
        for name in left.about:
            yield (limit, 1, name), with_channel(problem, name)
    elif limit != OTHERS and left.kind == "activity":
        yield (f"{limit} of {left.name}", 1, ""), lifted_for(problem, left.name, {limit})


def _setting_up(problem: Problem, trying: Trying) -> Iterator[tuple[_Try, Problem]]:
    """Step by step more for setting up."""
    most = problem.most
    for more in range(trying.step, trying.setup + 1, trying.step):
        wider = replace(most, setup=most.setup + more, channel_setup=most.channel_setup + more)
        yield ("setup", more, ""), replace(problem, most=wider)


def _roomier(problem: Problem, person: str) -> Problem:
    people = tuple(
        replace(one, room=one.room + 1) if one.name == person else one for one in problem.people
    )
    return replace(problem, people=people)


def _in(choice: Choice | None, left: LeftOut) -> bool:
    """Whether the best choice contains it."""
    if choice is None:
        return False
    return left.name in (choice.channels if left.kind == "channel" else choice.activities)
