"""What breaks if one person is away, and who could take over. Shown to nobody unasked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rules import engine
from rules.pack import Fact
from services import facts
from services.advice import AdviceView
from services.costs import IN_HAND, as_number
from services.plan_facts import problem
from services.plan_model import solve
from services.plan_people import could_answer
from services.plan_problem import Choice


@dataclass(frozen=True, slots=True)
class Orphan:
    """A promise that nobody answers for any more, and who could: by fit, each with the hours."""

    activity: str
    hours: float
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """Without one person: promises without anybody; what the plan loses (channels, activities);
    what somebody else answers for (activity, person); skills and roles that nobody else has."""

    person: str
    orphans: tuple[Orphan, ...]
    lost: tuple[tuple[str, str], ...]
    moved: tuple[tuple[str, str], ...]
    skills: tuple[str, ...]
    roles: tuple[str, ...]


def without(view: AdviceView, person: str) -> Absence:
    """What changes if a person (`p3`) is away. Raises KeyError if nobody is called so."""
    if person not in _people(view):
        raise KeyError(person)
    away = absent(view, person)
    before, after = solve(problem(view)), solve(problem(away))
    orphans = tuple(
        Orphan(
            activity=str(fact.values["activity"]),
            hours=as_number(fact.values.get("hours")),
            people=could_answer(away, str(fact.values["activity"])),
        )
        for fact in view.facts
        if fact.kind == "planned"
        and fact.values.get("owner") == person
        and fact.values.get("state") in IN_HAND
    )
    return Absence(
        person=person,
        orphans=orphans,
        lost=_lost(before, after),
        moved=_moved(before, after, person),
        skills=_alone(view, person, "skill", "skill"),
        roles=_alone(view, person, "holds_role", "role"),
    )


def absent(view: AdviceView, person: str) -> AdviceView:
    """The advice if a person were away: with the hours that are left, and what is promised."""
    kept = [fact for one in view.facts if (fact := _without(one, person)) is not None]
    return replace(
        view,
        facts=tuple(kept),
        facts_hash=facts.digest(kept),
        advice=engine.recommend(view.pack, kept, view.names),
    )


def _without(fact: Fact, person: str) -> Fact | None:
    """A fact as it is without a person; None if it is about that person only."""
    values = dict(fact.values)
    if person in (values.get("person"), values.get("id") if fact.kind == "person" else None):
        return None
    if fact.kind == "planned" and values.get("owner") == person:
        values["has_owner"] = False
        del values["owner"]
    return replace(fact, values=values)


def _lost(before: Choice | None, after: Choice | None) -> tuple[tuple[str, str], ...]:
    if before is None or after is None:
        return ()
    return (
        *(("channel", name) for name in before.channels if name not in after.channels),
        *(("activity", name) for name in before.activities if name not in after.activities),
    )


def _moved(before: Choice | None, after: Choice | None, person: str) -> tuple[tuple[str, str], ...]:
    if before is None or after is None:
        return ()
    mine = {activity for activity, who in before.owners if who == person}
    return tuple((activity, who) for activity, who in after.owners if activity in mine)


def _alone(view: AdviceView, person: str, kind: str, what: str) -> tuple[str, ...]:
    """What this person has and nobody else."""
    found = [(fact.values["person"], str(fact.values[what])) for fact in view.facts
             if fact.kind == kind]  # fmt: skip
    others = {one for whose, one in found if whose != person}
    return tuple(one for whose, one in found if whose == person and one not in others)


def _people(view: AdviceView) -> dict[str, Fact]:
    return {str(fact.values["id"]): fact for fact in view.facts if fact.kind == "person"}
