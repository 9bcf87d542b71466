"""From a settled system to facts: a value for each attribute, and facts for aggregates to count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules.checking.constraints import Slot, System
from rules.checking.world import World
from rules.condition import Reference, Same, Value
from rules.domains import MISSING, admitted, known, meet, samples, single
from rules.pack import Aggregate, Fact, Kind, Pack

Key = tuple[str, tuple[object, ...]]


def filled(joined: System) -> System | None:
    """The system with one value for each attribute; None if none was found at the first try."""
    for slot in sorted(joined.parent, key=lambda slot: not _is_key(joined, slot)):
        root = joined.root(slot)
        domain = joined.domains[root]
        if domain.missing:
            joined = joined.copy()
            joined.domains[root] = MISSING
        elif domain.only is None:
            narrowed = _tried(joined, slot)
            if narrowed is None:
                return None
            joined = narrowed
    return None if joined.conflict else joined


def _is_key(joined: System, slot: Slot) -> bool:
    """Keys are chosen first: they say which patterns are one fact."""
    return slot.attribute in joined.world.pack.kinds[joined.kinds[slot.alias]].key


def _tried(joined: System, slot: Slot) -> System | None:
    kind = joined.kinds[slot.alias]
    alike = [
        other
        for other in joined.parent
        if other.attribute == slot.attribute and joined.kinds[other.alias] == kind
    ]
    taken = {joined.domain(other).only for other in alike}
    for value in sorted(samples(joined.domain(slot), 18), key=lambda v: v in taken):
        trial = joined.copy()
        trial.narrow(slot, single(value))
        if not trial.conflict:
            return trial
    return None


def own_facts(full: System) -> list[Fact]:
    """What an organisation has to say for the patterns of a filled system to be there."""
    facts = []
    for pattern in full.rule.when:
        kind = full.world.pack.kinds[pattern.kind]
        values = _values(full, pattern.alias)
        if kind.aggregates:
            facts += list(counted_facts(full.world, kind, values))
        elif not (kind.catalogue or kind.derived):
            facts.append(Fact(pattern.kind, values))
    return facts


def _values(full: System, alias: str) -> dict[str, Value]:
    found = {slot.attribute: full.domain(slot).only for slot in full.slots(alias)}
    return {name: _plain(value) for name, value in found.items() if value is not None}


def _plain(value: Value) -> Value:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def counted_facts(world: World, kind: Kind, values: dict[str, Value]) -> Iterator[Fact]:
    """The fact that an aggregate is for, and the facts that bring it to its values."""
    kinds = world.pack.kinds
    each = kinds[kind.for_each] if kind.for_each else None
    about = values.get(kind.for_each)
    if each and not each.catalogue and about is not None:
        yield Fact(each.name, {each.key[0]: about})
    for name, aggregate in kind.aggregates.items():
        counted = kinds[aggregate.kind]
        if name in values and not (counted.catalogue or counted.derived or counted.aggregates):
            yield from _to_count(world, aggregate, values[name], about)


def _to_count(
    world: World, aggregate: Aggregate, value: Value, about: Value | None
) -> Iterator[Fact]:
    wanted = int(value) if aggregate.how == "count" else 1
    kind = world.pack.kinds[aggregate.kind]
    for i in range(min(wanted, 50)):
        held = dict(_passing(world, aggregate, about))
        for name in kind.key:
            options = samples(known(world.domain(kind.name, name)), i + 1)
            held.setdefault(name, options[-1])
        if aggregate.how != "count":
            held[aggregate.of] = value
        yield Fact(kind.name, held)


def _passing(
    world: World, aggregate: Aggregate, about: Value | None
) -> Iterator[tuple[str, Value]]:
    """Values that pass an aggregate's tests; those that compare with other attributes are left."""
    for name, test in aggregate.tests:
        match test:
            case Same(Reference(), negated=False) if about is not None:
                yield name, about
            case _:
                domain = world.domain(aggregate.kind, name)
                allowed = meet(domain, admitted(test, world.pack.parameters))
                yield from ((name, value) for value in samples(known(allowed)))


def merged(pack: Pack, base: Iterable[Fact], new: Iterable[Fact]) -> tuple[Fact, ...]:
    """Both as one set: facts of one key become one, in which what is new wins."""
    facts: dict[Key, Fact] = {}
    for fact in (*base, *new):
        key = fact.kind, tuple(fact.values.get(name) for name in pack.kinds[fact.kind].key)
        before = facts[key].values if key in facts else {}
        facts[key] = Fact(fact.kind, {**before, **fact.values}, fact.trust)
    return tuple(facts.values())
