"""People whom a new objective usually reaches and whom nobody has described: said first, with
marked starter values to go on with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.levers import Lever, Move
from rules.pack import Entry, Fact, Pack
from services import audiences, facts_of_aims
from services.advice import AdviceView
from services.audiences import Group
from services.costs import parameter
from services.facts_of_work import known
from services.moves import Moves, wanted

BEGIN = "starter_"
"""How the ids of such groups begin; nobody's own group has one like it."""


@dataclass(frozen=True, slots=True)
class Undescribed:
    """An objective whose usual people are not among the groups: what to say, who they are, and the
    moves that bring starter values in (none if the rules know nobody like them)."""

    objective: str
    sentence: str
    group: Group
    moves: tuple[Move, ...]


def audience(view: AdviceView, moves: Moves) -> tuple[Undescribed, ...]:
    """For each objective that comes in, whether the people it usually reaches are described."""
    before = wanted(view)
    found = []
    for name in wanted(view, moves):
        group = usual(view, name)
        if name in before or group is None or _described(view, group, moves):
            continue
        found.append(Undescribed(name, _sentence(view, name, group), group, _moves(view, name)))
    return tuple(found)


def usual(view: AdviceView, objective: str) -> Group | None:
    """The people whom an objective usually reaches; None if it needs nobody in particular."""
    entry = view.pack.catalogues["objectives"].get(objective)
    reaches = entry.values.get("reaches") if entry else None
    if not isinstance(reaches, Mapping):
        return None
    youngest, oldest = (int(age) for age in reaches["ages"])
    said = reaches.get("business")
    serves = view.fact("organisation")
    business = said == "yes" if said is not None else serves.get("audience") == "business"
    region = str(serves.get("region", ""))
    return Group(_called(business, youngest, oldest), business, youngest, oldest, region)


def entering(view: AdviceView) -> Iterator[Fact]:
    """Starter values as facts: for each objective that is not stated, its usual people and which
    channels they use, trusted as estimates are."""
    stated = wanted(view)
    for entry in view.pack.catalogues.get("objectives", {}).values():
        group = usual(view, entry.id) if entry.id not in stated else None
        if group is not None:
            yield from _facts(view.pack, entry, group)


def names(view: AdviceView) -> dict[str, str]:
    """What these people are called, by the id that facts use."""
    return {
        f"{BEGIN}{name}": f"{group.name} (starter values)"
        for name in view.pack.catalogues.get("objectives", {})
        if (group := usual(view, name)) is not None
    }


def _facts(pack: Pack, entry: Entry, group: Group) -> Iterator[Fact]:
    name = f"{BEGIN}{entry.id}"
    yield Fact(
        "group",
        known(
            id=name,
            business=group.business,
            age_from=group.age_from,
            age_to=group.age_to,
            region=group.region or None,
        ),
    )
    for channel, use in audiences.estimates(pack, group).items():
        values = known(group=name, channel=channel, share=use.share)
        yield Fact("audience_use", values, facts_of_aims.trust(pack, use.grade))


def _moves(view: AdviceView, objective: str) -> tuple[Move, ...]:
    entry, group = view.pack.catalogues["objectives"][objective], usual(view, objective)
    found = []
    for fact in _facts(view.pack, entry, group) if group else ():
        attribute = "business" if fact.kind == "group" else "share"
        key = tuple(fact.values[name] for name in view.pack.kinds[fact.kind].key)
        found.append(Move(Lever("fact", fact.kind, key, attribute), fact.values[attribute]))
    return tuple(found) if len(found) > 1 else ()


def _described(view: AdviceView, group: Group, moves: Moves) -> bool:
    """Whether anybody like them is among the groups, or comes in by a move."""
    wide = parameter(view.pack, "plan_audience")
    mine = {f"{BEGIN}{name}" for name in view.pack.catalogues["objectives"]}
    coming = {str(move.lever.key[0]) for move in moves if move.lever.name == "group"} & mine
    if any(usual(view, name.removeprefix(BEGIN)) == group for name in coming):
        return True
    return any(
        (fact.values.get("business") is True) == group.business
        and (group.business or _shared(fact, group) >= wide)
        for fact in view.facts
        if fact.kind == "group"
    )


def _shared(fact: Fact, group: Group) -> float:
    """The share of the years that both have, of whichever has fewer."""
    low, high = _age(fact, "age_from", 0), _age(fact, "age_to", audiences.OLDEST)
    first, last = group.age_from or 0, group.age_to or audiences.OLDEST
    years = min(high, last) - max(low, first) + 1
    return max(0, years) / max(1, min(high - low, last - first) + 1)


def _age(fact: Fact, name: str, unknown: int) -> int:
    value = fact.values.get(name)
    return int(value) if isinstance(value, int | float) else unknown


def _sentence(view: AdviceView, objective: str, group: Group) -> str:
    title = view.title("objective", objective)
    return (
        f"You have not described whom “{title}” usually reaches: {_lower(group.name)}. "
        "Describe them, or go on with starter values, which are marked as such."
    )


def _called(business: bool, youngest: int, oldest: int) -> str:
    return "People at work in firms" if business else f"People from {youngest} to {oldest}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def brought(moves: Sequence[Move]) -> tuple[str, ...]:
    """The objectives whose usual people a scenario brings in."""
    return tuple(
        str(move.lever.key[0]).removeprefix(BEGIN)
        for move in moves
        if move.lever.name == "group" and str(move.lever.key[0]).startswith(BEGIN)
    )


def still(view: AdviceView, moves: Moves) -> tuple[Move, ...]:
    """The moves without the usual people of objectives that nobody wants any more."""
    gone = {f"{BEGIN}{name}" for name in {*brought(moves)} - {*wanted(view, moves)}}
    return tuple(one for one in moves if not one.lever.key or one.lever.key[0] not in gone)
