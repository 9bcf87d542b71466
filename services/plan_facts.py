"""From advice to the problem of a plan: what is advised, what stands, who there is, what limits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from rules.advice import Scored
from rules.pack import Entry
from services.advice import AdviceView
from services.costs import (
    IN_HAND,
    builds_on,
    cost,
    hours_promised,
    hours_to_plan,
    listed,
    number,
    parameter,
    planned_share,
    said,
    small,
)
from services.plan_problem import MANY, Activity, Channel, Most, Owner, Problem, Promised, Someone

Named = tuple[str, str]
"""(kind, name) of something advised."""


@dataclass(frozen=True, slots=True)
class _Person:
    """What is known of one person; `roles`: held, or taken on with a promise."""

    name: str
    hours: float
    promised: float
    answers_for: int
    volunteer: bool
    skills: frozenset[str]
    roles: frozenset[str]


def problem(view: AdviceView, left_out: Collection[Named] = ()) -> Problem:
    """What could be chosen now; what is declined, blocked or in `left_out` is no choice."""
    people = _people(view)
    channels, activities = _channels(view, left_out, people), _activities(view, left_out)
    promised = tuple(_promised(view))
    states = {name: values.get("state") for name, values in _planned(view).items()}
    seen = [name for name, state in states.items() if state != "dropped" and _visible(view, name)]
    return Problem(
        channels=channels,
        activities=activities,
        promised=promised,
        people=tuple(_someone(view, one, people) for one in people),
        owners={one.name: _owners(view, one, people) for one in activities} if people else {},
        most=_most(view, channels, len(people)),
        clashes=frozenset() if small(view) else _clashes(view),
        show=not seen,
        answered=view.fact("service").get("roster") is True,
    )


def _channels(
    view: AdviceView, left_out: Collection[Named], people: Collection[_Person]
) -> tuple[Channel, ...]:
    taken = {name for kind, name in _decided(view, "accepted") if kind == "channel"}
    away = {*left_out, *_decided(view, "declined")}
    ranked = {one.target[1]: one for one in view.recommended("channel")}
    names = [name for name in ranked if name in taken or ("channel", name) not in away]
    names += sorted(taken - set(names))
    open_ones = {
        fact.values["channel"]
        for fact in view.facts
        if fact.kind == "account" and fact.values.get("status") in ("live", "paused")
    }
    found = []
    for name in names:
        entry = view.entry("channel", name)
        if entry is None:
            continue
        work = cost(view, "channel", entry)
        found.append(
            Channel(
                name=name,
                points=_points(view, ranked.get(name), "channels"),
                hours=_hundredths(work.hours),
                setup=0 if name in open_ones else _hundredths(work.setup),
                taken=name in taken,
                door=number(entry, "service") >= parameter(view.pack, "plan_door"),
                willing=not (people and said(entry, "voluntary"))
                or any(one.volunteer for one in people),
            )
        )
    return tuple(found)


def _activities(view: AdviceView, left_out: Collection[Named]) -> tuple[Activity, ...]:
    away = {name for kind, name in {*left_out, *_decided(view, "declined")} if kind == "activity"}
    away |= set(_planned(view))
    found = []
    for scored in view.recommended("activity"):
        name = scored.target[1]
        entry = view.entry("activity", name)
        if entry is None or name in away:
            continue
        work, on = cost(view, "activity", entry), frozenset(listed(entry, "channels"))
        missing = [one.activity for one in builds_on(view, name) if one.state == "missing"]
        found.append(
            Activity(
                name=name,
                points=_points(view, scored, "activities"),
                hours=_hundredths(work.hours),
                setup=_hundredths(work.setup),
                visible=work.visible,
                answers=said(entry, "answers"),
                on=on,
                tied=bool(on) and not said(entry, "anywhere"),
                needs=() if small(view) else tuple(missing),
            )
        )
    return tuple(found)


def _promised(view: AdviceView) -> Iterator[Promised]:
    for name, values in _planned(view).items():
        entry = view.entry("activity", name)
        if entry is not None and values.get("state") in IN_HAND:
            yield Promised(
                name=name,
                hours=_hundredths(_float(values.get("hours"))),
                answers=said(entry, "answers"),
                on=frozenset(listed(entry, "channels")),
            )


def _people(view: AdviceView) -> list[_Person]:
    """Everybody who takes part, in the order of joining."""
    found = {str(fact.values["id"]): fact.values for fact in view.facts if fact.kind == "person"}
    skills, roles = _held(view, "skill", "skill"), _held(view, "holds_role", "role")
    for name, values in _planned(view).items():
        entry = view.entry("activity", name)
        if entry is not None and values.get("state") in IN_HAND and values.get("owner"):
            mine = roles.setdefault(str(values["owner"]), set())
            mine.update(_acts(entry, mine))
    return [
        _Person(
            name=name,
            hours=_float(values.get("hours")),
            promised=max(0.0, _float(values.get("hours")) - _float(values.get("free_hours"))),
            answers_for=int(_float(values.get("accountable"))),
            volunteer=values.get("volunteer") is True,
            skills=frozenset(skills.get(name, ())),
            roles=frozenset(roles.get(name, ())),
        )
        for name, values in sorted(found.items(), key=lambda item: (len(item[0]), item[0]))
    ]


def _someone(view: AdviceView, one: _Person, people: Collection[_Person]) -> Someone:
    share = min(parameter(view.pack, "most_share"), 1.0)
    given = [each.hours for each in people if each.hours]
    room = parameter(view.pack, "most_accountable")
    spread = not small(view) and len(given) * share >= 1
    return Someone(
        name=one.name,
        free=_left(one.hours * planned_share(view.pack) - one.promised),
        room=_whole(room - one.answers_for),
        share=_left(sum(given) * share - one.promised) if spread else MANY,
        promised=_hundredths(one.promised),
        answers_for=one.answers_for,
    )


def _owners(view: AdviceView, activity: Activity, people: Collection[_Person]) -> tuple[Owner, ...]:
    """Everybody, who fits best first, with what speaks against each."""
    scored = {one.target[1]: one for one in view.scored("owner", activity.name)}
    entry = view.pack.catalogues["activities"][activity.name]
    found = []
    for person in people:
        advised = scored.get(person.name)
        found.append(
            Owner(
                person=person.name,
                points=_points(view, advised, "owners"),
                against=frozenset(_against(view, entry, person, advised)),
                roles=frozenset(_acts(entry, person.roles)),
            )
        )
    return tuple(sorted(found, key=lambda one: -one.points))


def _against(
    view: AdviceView, entry: Entry, person: _Person, advised: Scored | None
) -> Iterator[str]:
    """The limits that keep a person from an activity. Of whom no skill is known, none is missed."""
    if said(entry, "voluntary") and not person.volunteer:
        yield "volunteers"
    elif advised is not None and advised.blocks:
        yield "held_back"
    if advised is not None and advised.hundredths < 0:
        yield "advised_against"
    wanted = _wanted(view, entry)
    if wanted and person.skills and not wanted & person.skills:
        yield "skills"
    pairs = {frozenset((own, held)) for own in _acts(entry, person.roles) for held in person.roles}
    if not small(view) and pairs & _clashes(view):
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


def _most(view: AdviceView, channels: Collection[Channel], people: int) -> Most:
    have, pack = hours_to_plan(view), view.pack
    once = parameter(pack, "plan_setup") * max(people, 1)
    share = min(parameter(pack, "plan_channels"), 1.0)
    taken = [one for one in channels if one.taken]
    opening = sum(one.setup for one in taken)
    return Most(
        hours=MANY if have is None else _left(have - hours_promised(view)),
        setup=_left(once) - opening - _to_set_up(view),
        channels=_whole(parameter(pack, "pilot_channels") - len(taken)),
        channel_hours=MANY
        if have is None
        else _left(have * share) - sum(one.hours for one in taken),
        channel_setup=_left(once * share) - opening,
    )


def _to_set_up(view: AdviceView) -> int:
    """Hundredths of an hour that what is promised and not begun still takes once."""
    entries = [
        view.entry("activity", name)
        for name, values in _planned(view).items()
        if values.get("state") == "open"
    ]
    return sum(_hundredths(cost(view, "activity", entry).setup) for entry in entries if entry)


def _planned(view: AdviceView) -> dict[str, Mapping[str, object]]:
    found = (fact.values for fact in view.facts if fact.kind == "planned")
    return {str(values["activity"]): values for values in found}


def _decided(view: AdviceView, answer: str) -> set[Named]:
    found = (fact.values for fact in view.facts if fact.kind == answer)
    return {(str(values["kind"]), str(values["target"])) for values in found}


def _held(view: AdviceView, kind: str, what: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for fact in view.facts:
        if fact.kind == kind:
            found.setdefault(str(fact.values["person"]), set()).add(str(fact.values[what]))
    return found


def _clashes(view: AdviceView) -> frozenset[frozenset[str]]:
    return frozenset(
        frozenset((str(fact.values["role"]), str(fact.values["other"])))
        for fact in view.pack.fixed
        if fact.kind == "never_with"
    )


def _visible(view: AdviceView, activity: str) -> bool:
    entry = view.entry("activity", activity)
    return entry is not None and said(entry, "visible")


def _points(view: AdviceView, scored: Scored | None, what: str) -> int:
    weight = parameter(view.pack, f"plan_weight_{what}")
    return round(scored.hundredths * weight) if scored is not None else 0


def _hundredths(hours: float) -> int:
    return round(hours * 100)


def _left(hours: float) -> int:
    """Whole hundredths of what is left, or how much is missing; never more than there is."""
    return MANY if hours * 100 >= MANY else int(hours * 100 + 1e-6) if hours >= 0 else -1


def _whole(count: float) -> int:
    return MANY if count >= MANY else max(0, int(count))


def _float(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
