"""Choosing channels, activities and owners together, as a problem for OR-Tools CP-SAT.

One worker, a fixed seed and a fixed order of variables; of equal plans the one that takes what
ranks higher, so that the same facts give the same plan, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from time import monotonic

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpSolver, IntVar, LinearExpr

from services.plan_limits import Model, built, total
from services.plan_problem import Activity, Channel, Choice, Problem

SECONDS = 2.0
"""How long a plan may take on the clock."""
EFFORT = 0.3
"""How long a choice may take in the solver's own measure, which is the same on every machine; on
usual ones it ends before the clock does."""
_BITS = 50
"""So large may a number be for the solver, which calculates bounds in floating point."""

Wish = tuple[str, str]
"""("channel" or "activity", name)."""


def solve(problem: Problem, wanted: Collection[Wish] = ()) -> Choice | None:
    """The best choice; with `wanted` in it. None if there is none (never, if nothing is wanted)."""
    ends = monotonic() + SECONDS
    model = built(problem)
    _want(model, wanted)
    value = _value(model)
    model.cp.maximize(value)
    solver = _solver(ends - monotonic())
    if solver.solve(model.cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    best, bound = round(solver.objective_value), round(solver.best_objective_bound)
    if best >= bound:
        model.cp.add(value == best)
        solver = _settled(model, solver, ends)
    return _read(model, solver, best, bound)


def possible(problem: Problem) -> bool:
    """Whether anything at all can be chosen beside what stands already."""
    model = built(problem)
    new = [model.channels[one.name] for one in problem.channels if not one.taken]
    model.cp.add_bool_or([*new, *model.activities.values()])
    return _solver(SECONDS).solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def _solver(seconds: float) -> CpSolver:
    solver = CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_time_in_seconds = max(0.0, seconds)
    solver.parameters.max_deterministic_time = EFFORT
    return solver


def _want(model: Model, wanted: Collection[Wish]) -> None:
    for kind, name in sorted(wanted):
        variables = model.channels if kind == "channel" else model.activities
        if name in variables:
            model.cp.add(variables[name] == 1)
        else:
            model.cp.add_bool_or([])


def _value(model: Model) -> LinearExpr:
    """All points together; before all of them counts that something visible begins."""
    points: list[tuple[int, IntVar]] = [
        *((one.points, model.channels[one.name]) for one in model.problem.channels
          if not one.taken),
        *((one.points, model.activities[one.name]) for one in model.problem.activities),
        *((owner.points, model.owners[one.name, owner.person])
          for one in model.problem.activities for owner in model.problem.able(one.name)),
    ]  # fmt: skip
    first = visible_first(model.problem)
    return total([number * var for number, var in points]) + first * model.shown


def visible_first(problem: Problem) -> int:
    """More than all points together if a plan should begin with something that people see."""
    if not problem.show:
        return 0
    owners = (max((abs(o.points) for o in those), default=0) for those in problem.owners.values())
    things: list[Channel | Activity] = [*problem.channels, *problem.activities]
    return 1 + sum(abs(one.points) for one in things) + sum(owners)


def _settled(model: Model, solver: CpSolver, ends: float) -> CpSolver:
    """Of equal plans the one that takes what ranks higher, and then who ranks higher."""
    things = [[var] for var in [*model.channels.values(), *model.activities.values()]]
    for some in _portions(things):
        solver = _first(model, solver, some, ends)
    chosen: dict[str, list[IntVar]] = {}
    for (name, _), var in model.owners.items():
        if solver.value(model.activities[name]):
            chosen.setdefault(name, []).append(var)
    for some in _portions(list(chosen.values())):
        solver = _first(model, solver, some, ends)
    return solver


def _first(
    model: Model, solver: CpSolver, some: Sequence[Sequence[IntVar]], ends: float
) -> CpSolver:
    """Of equal plans the one that has the first of the first list, then of the next list; of a list
    at most one is chosen."""
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    for var in [*model.channels.values(), *model.activities.values(), *model.owners.values()]:
        model.cp.add_hint(var, solver.value(var))
    base = 1 + max(len(those) for those in some)
    worth = total(
        [
            base ** (len(some) - 1 - at) * (len(those) - place) * var
            for at, those in enumerate(some)
            for place, var in enumerate(those)
        ]
    )
    model.cp.maximize(worth)
    again = _solver(ends - monotonic())
    if again.solve(model.cp) != cp_model.OPTIMAL:
        return solver
    model.cp.add(worth == round(again.objective_value))
    return again


def _portions(lists: Sequence[Sequence[IntVar]]) -> Iterator[Sequence[Sequence[IntVar]]]:
    """So many lists at once that the worth of their choices stays a whole number."""
    longest = max((len(those) for those in lists), default=1)
    size = _BITS // longest.bit_length()
    for start in range(0, len(lists), size):
        yield lists[start : start + size]


def _read(model: Model, solver: CpSolver, value: int, bound: int) -> Choice:
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
