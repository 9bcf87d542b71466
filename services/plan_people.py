"""Who there is for a plan: what each has left, and who could answer for what."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rules.advice import Scored
from rules.pack import Entry
from services.advice import AdviceView
from services.costs import (
    IN_HAND,
    as_number,
    listed,
    parameter,
    planned,
    planned_share,
    said,
    small,
)
from services.plan_problem import MANY, Owner, Someone, hundredths, whole, whole_hundredths


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of one person; `roles`: held, or taken on with a promise."""

    name: str
    hours: float
    promised: float
    answers_for: int
    volunteer: bool
    skills: frozenset[str]
    roles: frozenset[str]


def everybody(view: AdviceView) -> list[Person]:
    """Everybody who takes part, in the order of joining."""
    found = {str(fact.values["id"]): fact.values for fact in view.facts if fact.kind == "person"}
    skills, roles = _held(view, "skill", "skill"), _held(view, "holds_role", "role")
    for name, values in planned(view).items():
        entry = view.entry("activity", name)
        if entry is not None and values.get("state") in IN_HAND and values.get("owner"):
            mine = roles.setdefault(str(values["owner"]), set())
            mine.update(_acts(entry, mine))
    return [
        Person(
            name=name,
            hours=as_number(values.get("hours")),
            promised=max(0.0, as_number(values.get("hours")) - as_number(values.get("free_hours"))),
            answers_for=int(as_number(values.get("accountable"))),
            volunteer=values.get("volunteer") is True,
            skills=frozenset(skills.get(name, ())),
            roles=frozenset(roles.get(name, ())),
        )
        for name, values in sorted(found.items(), key=lambda item: (len(item[0]), item[0]))
    ]


def left_of(view: AdviceView, one: Person, people: Collection[Person]) -> Someone:
    """What a person has left beside what is promised."""
    share = min(parameter(view.pack, "most_share"), 1.0)
    given = [each.hours for each in people if each.hours]
    room = parameter(view.pack, "most_accountable")
    spread = not small(view) and len(given) * share >= 1
    return Someone(
        name=one.name,
        free=whole_hundredths(one.hours * planned_share(view.pack) - one.promised),
        room=whole(room - one.answers_for),
        share=whole_hundredths(sum(given) * share - one.promised) if spread else MANY,
        promised=hundredths(one.promised),
        answers_for=one.answers_for,
        plannable=whole_hundredths(one.hours * planned_share(view.pack)),
    )


def owners(view: AdviceView, activity: str, people: Collection[Person]) -> tuple[Owner, ...]:
    """Everybody, who fits best first, with what speaks against each."""
    scored = {one.target[1]: one for one in view.scored("owner", activity)}
    entry = view.pack.catalogues["activities"][activity]
    found = []
    for person in people:
        advised = scored.get(person.name)
        found.append(
            Owner(
                person=person.name,
                points=points(view, advised, "owners"),
                against=frozenset(_against(view, entry, person, advised)),
                roles=frozenset(_acts(entry, person.roles)),
            )
        )
    return tuple(sorted(found, key=lambda one: -one.points))


def _against(
    view: AdviceView, entry: Entry, person: Person, advised: Scored | None
) -> Iterator[str]:
    """The limits that keep a person from an activity. Of whom no skill is known, none is missed."""
    if said(entry, "voluntary") and not person.volunteer:
        yield "volunteers"
    elif advised is not None and advised.blocks:
        yield "held_back"
    wanted = _wanted(view, entry)
    if wanted and person.skills and not wanted & person.skills:
        yield "skills"
    pairs = {frozenset((own, held)) for own in _acts(entry, person.roles) for held in person.roles}
    if not small(view) and pairs & clashes(view):
        yield "roles"


def _wanted(view: AdviceView, entry: Entry) -> set[str]:
    """The skills of which one is needed. In a small team everybody helps out, and only a craft,
    which nobody learns on the way, must be there."""
    wanted, known = listed(entry, "skills"), view.pack.catalogues["skills"]
    crafts = {name for name in wanted if name in known and said(known[name], "craft")}
    return (crafts if crafts == set(wanted) else set()) if small(view) else set(wanted)


def _acts(entry: Entry, held: Collection[str]) -> set[str]:
    """The roles in which a person who holds some roles would answer for an activity: those of its
    roles that the person holds, or else the one that it asks for."""
    owned = set(listed(entry, "owned_by"))
    return {*owned, *listed(entry, "done_by")} & set(held) or owned


def could_answer(view: AdviceView, activity: str) -> tuple[str, ...]:
    """Who could answer for an activity, promised ones too, with the hours: who fits best first."""
    entry, people = view.entry("activity", activity), everybody(view)
    if entry is None:
        return ()
    hours = hundredths(as_number(planned(view).get(activity, {}).get("hours")))
    left = {one.name: left_of(view, one, people) for one in people}
    return tuple(
        one.person
        for one in owners(view, activity, people)
        if not one.against and left[one.person].room and left[one.person].free >= hours
    )


def _held(view: AdviceView, kind: str, what: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for fact in view.facts:
        if fact.kind == kind:
            found.setdefault(str(fact.values["person"]), set()).add(str(fact.values[what]))
    return found


def clashes(view: AdviceView) -> frozenset[frozenset[str]]:
    """Pairs of roles that should look over each other's shoulder."""
    return frozenset(
        frozenset((str(fact.values["role"]), str(fact.values["other"])))
        for fact in view.pack.fixed
        if fact.kind == "never_with"
    )


def points(view: AdviceView, scored: Scored | None, what: str) -> int:
    """The points of the advice, weighted by what it is about; 0 if no rule spoke."""
    weight = parameter(view.pack, f"plan_weight_{what}")
    return round(scored.hundredths * weight) if scored is not None else 0
