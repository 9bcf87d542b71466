"""Why something is left out, what would bring it in, and which limits leave no room at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations

import pytest

from services.plan_easing import lifted, lifted_for, with_channel, with_hours
from services.plan_model import possible, solve
from services.plan_problem import (
    LIMITS,
    Activity,
    Channel,
    Choice,
    Most,
    Owner,
    Problem,
    Promised,
    Someone,
)
from services.plan_reasons import OTHERS, LeftOut, left_out
from services.plan_ways import Trying, WayIn, in_conflict, ways_in
from tests.services import plan_oracle

TRYING = Trying(step=50, reach=400, setup=1000, planned=1.0, channels=1.0)


def chosen(problem: Problem) -> Choice:
    choice = solve(problem)
    assert choice is not None
    return choice


def reasons(problem: Problem) -> dict[str, LeftOut]:
    return {one.name: one for one in left_out(problem, chosen(problem))}


def ways(problem: Problem, most: int = 2) -> dict[str, WayIn]:
    left = left_out(problem, chosen(problem))
    return {one.left.name: one for one in ways_in(problem, left, TRYING, most)}


def is_in(problem: Problem, left: LeftOut) -> bool:
    choice = chosen(problem)
    return left.name in (*choice.channels, *choice.activities)


def work(name: str, points: int = 10, hours: int = 100, **more: object) -> Activity:
    return replace(Activity(name, points, hours, setup=0), **more)  # type: ignore[arg-type]


def alone(*activities: Activity, person: Someone | None = None, **most: int) -> Problem:
    """One person who may do everything, and so many hours."""
    person = person or Someone("p1", free=10_000)
    return Problem(
        channels=(),
        activities=activities,
        people=(person,),
        owners={one.name: (Owner(person.name, 1),) for one in activities},
        most=Most(**most),
    )


def test_what_the_hours_do_not_reach_says_how_much_is_missing() -> None:
    one = reasons(alone(work("a", points=20), work("b"), hours=150))["b"]
    assert (one.limit, one.lacks) == ("hours", 50)


def test_hours_of_everybody_do_not_help_if_nobody_has_enough_of_them() -> None:
    one = reasons(alone(work("a"), person=Someone("p1", free=40)))["a"]
    assert (one.limit, one.lacks) == ("own_hours", 60)


def test_too_much_on_one_person_is_another_reason_than_too_few_hours() -> None:
    one = reasons(alone(work("a"), person=Someone("p1", free=500, share=20)))["a"]
    assert (one.limit, one.lacks) == ("share", 80)


def test_who_answers_for_enough_answers_for_no_more() -> None:
    one = reasons(alone(work("a"), person=Someone("p1", free=500, room=0)))["a"]
    assert one.limit == "accountable"


@pytest.mark.parametrize("limit", ["skills", "volunteers", "held_back", "roles"])
def test_what_keeps_everybody_from_it_is_named(limit: str) -> None:
    problem = replace(
        alone(work("a")), owners={"a": (Owner("p1", 0, frozenset({limit})),)}
    )  # fmt: skip
    assert reasons(problem)["a"].limit == limit
    assert ways(problem)["a"].limit == limit


def test_what_builds_on_something_that_is_not_there_names_it() -> None:
    problem = alone(work("a", needs=("first",)))
    assert (reasons(problem)["a"].limit, reasons(problem)["a"].about) == ("order", ("first",))
    assert ways(problem)["a"].limit == "order"


def test_what_lives_on_a_channel_without_room_names_the_channel() -> None:
    problem = Problem(
        channels=(Channel("here", 5, 100, 0), Channel("there", 1, 100, 0)),
        activities=(work("a", on=frozenset({"there"}), tied=True, points=2),),
        most=Most(channels=1),
    )
    one = reasons(problem)["a"]
    assert (one.limit, one.about) == ("places", ("there",))
    assert ways(problem)["there"].limit == "channels"


def test_one_channel_more_than_a_first_part_may_have_is_one_too_many() -> None:
    names = ("c1", "c2", "c3", "c4")
    channels = tuple(Channel(name, 40 - at, 10, 0) for at, name in enumerate(names))
    problem = Problem(channels=channels, activities=(), most=Most(channels=3))
    assert chosen(problem).channels == names[:3]
    assert reasons(problem)["c4"].limit == "channels"
    assert ways(problem)["c4"].amount == 1


def test_a_door_opens_only_with_somebody_behind_it() -> None:
    door = Problem(channels=(Channel("chat", 5, 100, 0, door=True),), activities=())
    assert chosen(door).channels == ()
    assert reasons(door)["chat"].limit == "doors"
    assert chosen(replace(door, answered=True)).channels == ("chat",)
    answering = replace(door, activities=(work("answer", answers=True),))
    assert chosen(answering).channels == ("chat",)
    promised = replace(door, promised=(Promised("answer", 100, answers=True),))
    assert chosen(promised).channels == ("chat",)
    elsewhere = Promised("answer", 100, answers=True, on=frozenset({"elsewhere"}))
    assert chosen(replace(door, promised=(elsewhere,))).channels == ()


def test_roles_that_should_check_each_other_do_not_come_into_one_hand() -> None:
    clash = frozenset({frozenset({"lead", "judge"})})
    owners = {
        name: (Owner("p1", 1, roles=frozenset({role})),)
        for name, role in (("a", "lead"), ("b", "judge"))
    }
    problem = replace(alone(work("a", points=20), work("b")), owners=owners, clashes=clash)
    assert chosen(problem).activities == ("a",)
    assert reasons(problem)["b"].limit == OTHERS
    assert chosen(replace(problem, clashes=frozenset())).activities == ("a", "b")


def test_the_least_more_hours_that_bring_it_in_and_whose() -> None:
    people = (Someone("p1", free=100), Someone("p2", free=100))
    problem = Problem(
        channels=(),
        activities=(work("film", hours=230),),
        people=people,
        owners={"film": (Owner("p1", 1), Owner("p2", 0, frozenset({"skills"})))},
    )
    way = ways(problem)["film"]
    assert (way.limit, way.amount, way.by) == ("hours", 150, ("p1",))


@pytest.mark.parametrize("seed", range(60))
def test_every_way_in_is_the_least_that_does_it(seed: int) -> None:
    problem = plan_oracle.problem(seed)
    for way in ways(problem, most=9).values():
        assert not is_in(problem, way.left)
        assert all(is_in(eased, way.left) for eased in _eased(problem, way, way.amount))
        if way.limit == "hours":
            less = range(TRYING.step, way.amount, TRYING.step)
            able = [one.person for one in problem.able(way.left.name)]
            fewer = [
                with_hours(problem, name, hours, hours)
                for hours in less
                for name in able or [one.name for one in problem.people]
            ]
            assert not any(is_in(eased, way.left) for eased in fewer)


def _eased(problem: Problem, way: WayIn, amount: int) -> Iterator[Problem]:
    most = problem.most
    if way.limit == "hours":
        yield from (with_hours(problem, person, amount, amount) for person in way.by)
    elif way.limit == "channels":
        yield replace(problem, most=replace(most, channels=most.channels + 1))
    elif way.limit == "setup":
        more = {"setup": most.setup + amount, "channel_setup": most.channel_setup + amount}
        yield replace(problem, most=replace(most, **more))
    elif way.limit == "places":
        yield from (with_channel(problem, name) for name in way.by)
    elif way.limit == "doors":
        yield replace(problem, answered=True)
    elif way.limit != "accountable":
        yield lifted_for(problem, way.left.name, {way.limit})


@pytest.mark.parametrize("seed", range(80))
def test_the_limits_in_conflict_are_the_fewest(seed: int) -> None:
    problem = _tight(seed)
    conflict = in_conflict(problem)
    if not conflict:
        assert possible(problem) or not possible(lifted(problem, LIMITS))
        return
    assert not possible(lifted(problem, set(LIMITS) - set(conflict)))
    fewer = chain.from_iterable(combinations(LIMITS, size) for size in range(len(conflict)))
    assert all(possible(lifted(problem, set(LIMITS) - set(some))) for some in fewer)


def _tight(seed: int) -> Problem:
    """A made-up problem with hardly any room."""
    problem = plan_oracle.problem(seed)
    most = replace(problem.most, hours=min(problem.most.hours, 40), channels=seed % 2)
    activities = tuple(
        replace(one, hours=max(50, one.hours)) for one in problem.activities[: 1 + seed % 3]
    )
    return replace(problem, most=most, activities=activities)


def test_hours_that_are_promised_are_named_as_what_is_in_the_way() -> None:
    promised = Promised("before", 400)
    person = Someone("p1", free=0, promised=400)
    problem = replace(alone(work("a"), person=person, hours=0), promised=(promised,))
    assert in_conflict(problem) == ("hours", "promised")


def test_where_something_fits_nothing_is_in_conflict() -> None:
    assert in_conflict(alone(work("a"))) == ()
    assert in_conflict(Problem((), ())) == ()
