"""The limits of a plan as constraints of OR-Tools CP-SAT."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr, LinearExprT

from services.plan_problem import Activity, Channel, Problem, Promised, rest


@dataclass(frozen=True, slots=True)
class Model:
    """The variables: a channel, an activity, a person for an activity, a first visible thing."""

    problem: Problem
    cp: CpModel
    channels: dict[str, IntVar]
    activities: dict[str, IntVar]
    owners: dict[tuple[str, str], IntVar]
    shown: IntVar


def built(problem: Problem) -> Model:
    """Every choice that keeps to the limits, as variables and constraints in a fixed order."""
    cp = CpModel()
    model = Model(
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


def _places(model: Model) -> None:
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


def _order(model: Model) -> None:
    """First what others build on."""
    for one in model.problem.activities:
        for name in one.needs:
            first = model.activities.get(name)
            if first is None:
                model.cp.add(model.activities[one.name] == 0)
            else:
                model.cp.add_implication(model.activities[one.name], first)


def _hours(model: Model) -> None:
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
            cp.add(total(parts) <= work.hours * chosen)
    for one in problem.channels:
        cp.add(total(filled[one.name]) <= one.hours * model.channels[one.name])
    needed = [one.hours * model.channels[one.name] for one in problem.channels]
    left = total(needed) - total([part for parts in filled.values() for part in parts])
    week = [one.hours * model.activities[one.name] for one in problem.activities]
    stands = rest(problem, problem.standing(), ())
    cp.add(total(week) + left <= max(problem.most.hours, stands))
    once = [one.setup * model.activities[one.name] for one in problem.activities]
    cp.add(total(once) + _new(model, "setup") <= max(problem.most.setup, 0))


def _counts(model: Model) -> None:
    """How many channels and how much they take; how many activities; what begins visibly."""
    most, cp = model.problem.most, model.cp
    new = [model.channels[one.name] for one in model.problem.channels if not one.taken]
    cp.add(total(new) <= max(most.channels, 0))
    cp.add(_new(model, "hours") <= max(most.channel_hours, 0))
    cp.add(_new(model, "setup") <= max(most.channel_setup, 0))
    cp.add(total(list(model.activities.values())) <= max(most.activities, 0))
    seen = [model.activities[one.name] for one in model.problem.activities if one.visible]
    cp.add(model.shown <= total(seen))


def _people(model: Model) -> None:
    """One person answers for each activity, with the hours, and for no more than is healthy."""
    if not model.problem.people:
        return
    hours = {one.name: one.hours for one in model.problem.activities}
    those: dict[str, list[IntVar]] = {name: [] for name in hours}
    owned: dict[str, list[tuple[int, IntVar]]] = {one.name: [] for one in model.problem.people}
    for (activity, person), var in model.owners.items():
        those[activity].append(var)
        owned[person].append((hours[activity], var))
    for name, chosen in model.activities.items():
        model.cp.add(total(those[name]) == chosen)
    for one in model.problem.people:
        week = total([number * var for number, var in owned[one.name]])
        model.cp.add(week <= max(min(one.free, one.share), 0))
        model.cp.add(total([var for _, var in owned[one.name]]) <= max(one.room, 0))


def _roles(model: Model) -> None:
    """Nobody answers in two roles that should look over each other's shoulder."""
    pairs = sorted(sorted(pair) for pair in model.problem.clashes)
    acts = {
        (person.name, role): model.cp.new_bool_var(f"{person.name} as {role}")
        for person in model.problem.people
        for role in sorted(set[str]().union(*model.problem.clashes))
    }
    for one in model.problem.activities:
        for owner in model.problem.able(one.name):
            for role in sorted(owner.roles):
                if (owner.person, role) in acts:
                    var = model.owners[one.name, owner.person]
                    model.cp.add_implication(var, acts[owner.person, role])
    for person in model.problem.people:
        for first, second in pairs:
            model.cp.add_bool_or([~acts[person.name, first], ~acts[person.name, second]])


def _new(model: Model, what: str) -> LinearExpr:
    """Hours (a week or once) of the channels that are new."""
    return total(
        [getattr(one, what) * model.channels[one.name]
         for one in model.problem.channels if not one.taken]
    )  # fmt: skip


def total(terms: Sequence[LinearExprT]) -> LinearExpr:
    """The sum of terms; 0 of none."""
    return LinearExpr.sum(list(terms))
