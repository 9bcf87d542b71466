"""Who could answer for an activity: everybody who takes part, with what speaks for and against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from rules.advice import Finding, Part
from rules.pack import Entry
from services import costs, facts_of_work
from services.advice import AdviceView, for_and_against
from services.costs import Work

CLASH = "roles_that_clash"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody (`p3`) for an activity: the place among those recommended (None: not recommended),
    sentences for and against, what is missing, and the ways out. `only_with_a_word`: rules hold
    this person back, so that nobody is named before somebody says what was agreed."""

    person: str
    rank: int | None
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]
    lacks: tuple[str, ...]
    ways_out: tuple[str, ...]
    only_with_a_word: bool


@dataclass(frozen=True, slots=True)
class Load:
    """What a person has and has promised: hours a week of both, and how many activities."""

    person: str
    name: str
    hours: float
    promised: float
    accountable: int


def candidates(view: AdviceView, activity: str) -> list[Candidate]:
    """Everybody who takes part: those recommended by rank, then the others; those whom rules hold
    back come last."""
    found = [candidate(view, activity, person) for person in _people(view)]
    return sorted(found, key=lambda one: (one.only_with_a_word, one.rank is None, one.rank or 0))


def candidate(view: AdviceView, activity: str, person: str) -> Candidate:
    """One person for one activity."""
    scored = view.target(("owner", person, activity))
    speaks_for, against = for_and_against(view, scored)
    clashes = _clashes(view, activity, person)
    advised = scored.rank is not None
    return Candidate(
        person=person,
        rank=scored.rank,
        speaks_for=tuple(part.sentence for part in speaks_for),
        against=(
            *(block.sentence for block in scored.blocks),
            *(part.sentence for part in against),
            *(one.sentence for one in clashes),
        ),
        lacks=tuple(_lacks(view, activity, person, against)),
        ways_out=(
            *(block.way_out for block in scored.blocks),
            *(one.way_out for one in clashes),
        ),
        only_with_a_word=bool(scored.blocks)
        or (not advised and any(one.severity == "high" for one in clashes)),
    )


def loads(session: Session, view: AdviceView) -> list[Load]:
    """The hours that everybody has and has promised this quarter, in the order of joining."""
    promised = facts_of_work.promises(session, view.quarter_id)
    found = []
    for person, values in _people(view).items():
        count, hours = promised.get(int(person[1:]), (0, 0.0))
        has = _number(values.get("hours"))
        found.append(Load(person, view.names[person], has, round(hours, 2), count))
    return found


def _people(view: AdviceView) -> dict[str, dict[str, object]]:
    return {str(one.values["id"]): dict(one.values) for one in view.facts if one.kind == "person"}


def _clashes(view: AdviceView, activity: str, person: str) -> list[Finding]:
    """Two roles in one hand that should look over each other's shoulder, once for each pair, as far
    as one of them answers for the activity or does it."""
    entry = view.entry("activity", activity)
    ours = {role for name in ("owned_by", "done_by") for role in _listed(entry, name)}
    pairs: dict[frozenset[str], Finding] = {}
    for one in view.advice.findings:
        if one.name == CLASH and one.about == person:
            roles = frozenset(
                str(fact.values["role"]) for fact in one.facts if fact.kind == "holds_role"
            )
            if roles & ours:
                pairs.setdefault(roles, one)
    return list(pairs.values())


def _lacks(view: AdviceView, activity: str, person: str, against: Sequence[Part]) -> Iterator[str]:
    """What is missing for the activity and that no rule has said already."""
    entry = view.entry("activity", activity)
    name = view.names.get(person, "")
    if entry is None:
        return
    yield from _skills(view, _listed(entry, "skills"), person)
    held = _held(view, person, "holds_role", "role")
    for role in _listed(entry, "owned_by"):
        if role not in held:
            yield f"{name} does not hold the role “{_title(view, 'roles', role)}”."
            yield from _would_clash(view, role, held, name)
    yield from _hours(costs.cost(view, "activity", entry), view, person, against)


def _skills(view: AdviceView, wanted: Sequence[str], person: str) -> Iterator[str]:
    """A skill that is asked for and not written down; of whom nothing is, nothing is known."""
    can, name = _held(view, person, "skill", "skill"), view.names.get(person, "")
    listed = " or ".join(f"“{_title(view, 'skills', one)}”" for one in wanted)
    if wanted and not can:
        yield f"It asks for {listed}; what {name} can do is not written down yet."
    elif wanted and not set(wanted) & can:
        yield f"{listed} is not among the skills written down for {name}."


def _would_clash(view: AdviceView, role: str, held: set[str], name: str) -> Iterator[str]:
    """The role that answers for it, beside roles that one person should not hold with it."""
    pairs = {
        (str(one.values["role"]), str(one.values["other"]))
        for one in view.pack.fixed
        if one.kind == "never_with"
    }
    for other in sorted(held):
        if (role, other) in pairs or (other, role) in pairs:
            two = f"“{_title(view, 'roles', role)}” and “{_title(view, 'roles', other)}”"
            yield f"{two} are better in two hands; {name} holds the second."


def _hours(cost: Work, view: AdviceView, person: str, against: Sequence[Part]) -> Iterator[str]:
    told = any(
        name == "free_hours"
        for part in against
        for pattern in part.rule.when
        for name, _ in pattern.tests
    )
    free = _number(_people(view).get(person, {}).get("free_hours"))
    if cost.hours > free and not told:
        yield f"{view.names.get(person, '')} has {free:g} h free; it takes {cost.hours:g} h a week."


def _held(view: AdviceView, person: str, kind: str, attribute: str) -> set[str]:
    return {
        str(one.values[attribute])
        for one in view.facts
        if one.kind == kind and one.values["person"] == person
    }


def _title(view: AdviceView, catalogue: str, name: str) -> str:
    entry = view.pack.catalogues[catalogue].get(name)
    return entry.title if entry else name.replace("_", " ")


def _listed(entry: Entry | None, name: str) -> tuple[str, ...]:
    value = entry.values.get(name) if entry else None
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)
    return (str(value),) if value else ()


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
