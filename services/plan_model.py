"""Choosing channels, activities and owners together, as a problem for OR-Tools CP-SAT.

One worker, a fixed seed and a fixed order of variables; of equal plans the one that takes what
ranks higher, so that the same facts give the same plan, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar, LinearExpr, LinearExprT

from services.plan_problem import Activity, Channel, Choice, Problem, Promised, rest

SECONDS = 2.0
"""How long a plan may take on the clock."""
EFFORT = 1.0
"""How long it may take in the solver's own measure, which is the same on every machine."""
_AT_ONCE = 40
"""So many yes and no are settled at once when equal plans are told apart."""

Wish = tuple[str, str]
"""("channel" or "activity", name)."""


@dataclass(frozen=True, slots=True)
class _Model:
    """The variables: a channel, an activity, a person for an activity, a first visible thing."""

    problem: Problem
    cp: CpModel
    channels: dict[str, IntVar]
    activities: dict[str, IntVar]
    owners: dict[tuple[str, str], IntVar]
    shown: IntVar


def solve(problem: Problem, wanted: Collection[Wish] = ()) -> Choice | None:
    """The best choice; with `wanted` in it. None if there is none (never, if nothing is wanted)."""
    model = _model(problem)
    _want(model, wanted)
    value = _value(model)
    model.cp.maximize(value)
    solver = _solver()
    if solver.solve(model.cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    best, bound = round(solver.objective_value), round(solver.best_objective_bound)
    if best >= bound:
        model.cp.add(value == best)
        solver = _settled(model, solver)
    return _read(model, solver, best, bound)


def possible(problem: Problem) -> bool:
    """Whether anything at all can be chosen beside what stands already."""
    model = _model(problem)
    new = [model.channels[one.name] for one in problem.channels if not one.taken]
    model.cp.add_bool_or([*new, *model.activities.values()])
    return _solver().solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def _solver() -> CpSolver:
    solver = CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = SECONDS
    solver.parameters.max_deterministic_time = EFFORT
    return solver


def _model(problem: Problem) -> _Model:
    cp = CpModel()
    model = _Model(
        problem=problem,
        cp=cp,
        channels={one.name: cp.new_bool_var(f"channel {one.name}") for one in problem.channels},
        activities={one.name: cp.new_bool_var(one.name) for one in problem.activities},
        owners={
            (one.name, owner.person): cp.new_bool_var(f"{one.name} {owner.person}")
            for one in problem.activities
            for owner in problem.able(one.name)
        },
        shown=cp.new_bool_var("shown"),
    )
    _places(model)
    _order(model)
    _hours(model)
    _counts(model)
    _people(model)
    _roles(model)
    return model


def _places(model: _Model) -> None:
    """What is taken stays; what lives on channels needs one; a door needs somebody behind it."""
    for one in model.problem.channels:
        if one.taken:
            model.cp.add(model.channels[one.name] == 1)
            continue
        if not one.willing:
            model.cp.add(model.channels[one.name] == 0)
        behind = _behind(model.problem, one)
        if behind is not None:
            model.cp.add_bool_or(
                [~model.channels[one.name], *(model.activities[name] for name in behind)]
            )
    for activity in model.problem.activities:
        if activity.tied:
            places = [model.channels[name] for name in sorted(activity.on & set(model.channels))]
            model.cp.add_bool_or([~model.activities[activity.name], *places])


def _behind(problem: Problem, channel: Channel) -> list[str] | None:
    """The activities of which one must be chosen for a channel to open; None if none must."""
    works: list[Activity | Promised] = [*problem.promised, *problem.activities]
    answering = [one for one in works if one.answers and (not one.on or channel.name in one.on)]
    there = any(isinstance(one, Promised) for one in answering)
    if not channel.door or problem.answered or there:
        return None
    return [one.name for one in answering]


def _order(model: _Model) -> None:
    """First what others build on."""
    for one in model.problem.activities:
        for name in one.needs:
            first = model.activities.get(name)
            if first is None:
                model.cp.add(model.activities[one.name] == 0)
            else:
                model.cp.add_implication(model.activities[one.name], first)


def _hours(model: _Model) -> None:
    """Hours a week: activities, and what channels need beside them; hours once."""
    problem, cp = model.problem, model.cp
    works: list[tuple[Activity | Promised, LinearExprT]] = [
        *((one, model.activities[one.name]) for one in problem.activities),
        *((one, 1) for one in problem.promised),
    ]
    filled: dict[str, list[LinearExprT]] = {one.name: [] for one in problem.channels}
    for work, chosen in works:
        parts = []
        for name in sorted(work.on & set(filled)):
            part = cp.new_int_var(0, work.hours, f"{work.name} on {name}")
            filled[name].append(part)
            parts.append(part)
        if parts:
            cp.add(_sum(parts) <= work.hours * chosen)
    for one in problem.channels:
        cp.add(_sum(filled[one.name]) <= one.hours * model.channels[one.name])
    needed = [one.hours * model.channels[one.name] for one in problem.channels]
    left = _sum(needed) - _sum([part for parts in filled.values() for part in parts])
    week = [one.hours * model.activities[one.name] for one in problem.activities]
    stands = rest(problem, problem.standing(), ())
    cp.add(_sum(week) + left <= max(problem.most.hours, stands))
    once = [one.setup * model.activities[one.name] for one in problem.activities]
    cp.add(_sum(once) + _new(model, "setup") <= max(problem.most.setup, 0))


def _counts(model: _Model) -> None:
    """How many channels and how much they take; how many activities; what begins visibly."""
    most, cp = model.problem.most, model.cp
    new = [model.channels[one.name] for one in model.problem.channels if not one.taken]
    cp.add(_sum(new) <= max(most.channels, 0))
    cp.add(_new(model, "hours") <= max(most.channel_hours, 0))
    cp.add(_new(model, "setup") <= max(most.channel_setup, 0))
    cp.add(_sum(list(model.activities.values())) <= max(most.activities, 0))
    seen = [model.activities[one.name] for one in model.problem.activities if one.visible]
    cp.add(model.shown <= _sum(seen))


def _people(model: _Model) -> None:
    """One person answers for each activity, with the hours, and for no more than is healthy."""
    if not model.problem.people:
        return
    hours = {one.name: one.hours for one in model.problem.activities}
    for name, chosen in model.activities.items():
        those = [var for (activity, _), var in model.owners.items() if activity == name]
        model.cp.add(_sum(those) == chosen)
    for one in model.problem.people:
        owned = {a: var for (a, person), var in model.owners.items() if person == one.name}
        week = _sum([hours[activity] * var for activity, var in owned.items()])
        model.cp.add(week <= max(min(one.free, one.share), 0))
        model.cp.add(_sum(list(owned.values())) <= max(one.room, 0))


def _roles(model: _Model) -> None:
    """Nobody answers in two roles that should look over each other's shoulder."""
    for person in model.problem.people:
        acts: dict[str, list[IntVar]] = {}
        for one in model.problem.activities:
            for owner in model.problem.able(one.name):
                for role in sorted(owner.roles) if owner.person == person.name else ():
                    acts.setdefault(role, []).append(model.owners[one.name, person.name])
        for first, second in sorted(sorted(pair) for pair in model.problem.clashes):
            for one_var in acts.get(first, ()):
                for other in acts.get(second, ()):
                    model.cp.add_bool_or([~one_var, ~other])


def _want(model: _Model, wanted: Collection[Wish]) -> None:
    for kind, name in sorted(wanted):
        variables = model.channels if kind == "channel" else model.activities
        if name in variables:
            model.cp.add(variables[name] == 1)
        else:
            model.cp.add_bool_or([])


def _value(model: _Model) -> LinearExpr:
    """All points together; before all of them counts that something visible begins."""
    points: list[tuple[int, IntVar]] = [
        *((one.points, model.channels[one.name]) for one in model.problem.channels
          if not one.taken),
        *((one.points, model.activities[one.name]) for one in model.problem.activities),
        *((owner.points, model.owners[one.name, owner.person])
          for one in model.problem.activities for owner in model.problem.able(one.name)),
    ]  # fmt: skip
    first = visible_first(model.problem)
    return _sum([number * var for number, var in points]) + first * model.shown


def visible_first(problem: Problem) -> int:
    """More than all points together if a plan should begin with something that people see."""
    if not problem.show:
        return 0
    owners = (max((abs(o.points) for o in those), default=0) for those in problem.owners.values())
    things: list[Channel | Activity] = [*problem.channels, *problem.activities]
    return 1 + sum(abs(one.points) for one in things) + sum(owners)


def _settled(model: _Model, solver: CpSolver) -> CpSolver:
    """Of equal plans the one that takes what ranks higher, and then who ranks higher."""
    order = [*model.channels.values(), *model.activities.values(), *model.owners.values()]
    for some in _portions(order):
        model.cp.clear_hints()  # type: ignore[no-untyped-call]
        for var in order:
            model.cp.add_hint(var, solver.value(var))
        worth = _sum([2 ** (len(some) - at) * var for at, var in enumerate(some)])
        model.cp.maximize(worth)
        again = _solver()
        if again.solve(model.cp) != cp_model.OPTIMAL:
            return solver
        solver = again
        for var in some:
            model.cp.add(var == solver.value(var))
    return solver


def _portions(order: Sequence[IntVar]) -> Iterator[Sequence[IntVar]]:
    for start in range(0, len(order), _AT_ONCE):
        yield order[start : start + _AT_ONCE]


def _read(model: _Model, solver: CpSolver, value: int, bound: int) -> Choice:
    owners = {a: person for (a, person), var in model.owners.items() if solver.value(var)}
    return Choice(
        channels=tuple(name for name, var in model.channels.items() if solver.value(var)),
        owners=tuple(
            (name, owners.get(name, ""))
            for name, var in model.activities.items()
            if solver.value(var)
        ),
        value=value,
        bound=bound,
    )


def _new(model: _Model, what: str) -> LinearExpr:
    """Hours (a week or once) of the channels that are new."""
    return _sum(
        [getattr(one, what) * model.channels[one.name]
         for one in model.problem.channels if not one.taken]
    )  # fmt: skip


def _sum(terms: Sequence[LinearExprT]) -> LinearExpr:
    return LinearExpr.sum(list(terms))
