"""What an organisation could say differently so that a block or minus points no longer apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from rules.advice import Advice
from rules.checking.filling import counted_facts, merged
from rules.checking.world import World
from rules.condition import (
    Between,
    Compare,
    Constant,
    OneOf,
    Order,
    Parameter,
    Presence,
    Reference,
    Same,
    Test,
    Value,
)
from rules.domains import Domain, admitted, join, known, meet, samples
from rules.pack import Fact, Kind, Pattern, Rule

Facts = tuple[Fact, ...]
OPPOSITE: dict[Order, Order] = {
    "at least": "less than",
    "less than": "at least",
    "more than": "at most",
    "at most": "more than",
}


def lifted(world: World, facts: Facts, advice: Advice, kind: str) -> Iterator[Facts]:
    """States one change away, meant to silence a rule that stands against targets of a kind."""
    for rule, matched in _against(advice, kind):
        env = {p.alias: fact for p, fact in zip(rule.when, matched, strict=True)}
        for pattern in rule.when:
            for new in _without(world, pattern, env):
                yield merged(world.pack, facts, new)
        for pattern in rule.unless:
            yield merged(world.pack, facts, _with(world, pattern, env))


def _against(advice: Advice, kind: str) -> Iterator[tuple[Rule, Facts]]:
    spoken = [scored for scored in advice.scored if scored.target[0] == kind]
    for scored in sorted(spoken, key=lambda one: -one.hundredths):
        yield from ((block.rule, block.facts) for block in scored.blocks)
        yield from ((part.rule, part.facts) for part in scored.parts if part.hundredths < 0)


def _without(world: World, pattern: Pattern, env: Mapping[str, Fact]) -> Iterator[list[Fact]]:
    """Facts that make one test of a matched pattern fail."""
    kind = world.pack.kinds[pattern.kind]
    if kind.catalogue or kind.derived:
        return
    fact = env[pattern.alias]
    for name, test in pattern.tests:
        allowed = meet(known(world.domain(kind.name, name)), _failing(world, test, env))
        for value in samples(allowed):
            if name in kind.aggregates:
                values = {**fact.values, name: value}
                yield list(counted_facts(world, kind, values))
            elif name not in kind.key and not kind.aggregates:
                yield [Fact(kind.name, {**fact.values, name: value})]


def _with(world: World, pattern: Pattern, env: Mapping[str, Fact]) -> list[Fact]:
    """A fact that fits an `unless`, if the organisation can say it."""
    kind = world.pack.kinds[pattern.kind]
    if kind.catalogue or kind.derived:
        return []
    values: dict[str, Value] = {}
    for name, test in pattern.tests:
        fitting = admitted(_settled(test, env), world.pack.parameters)
        allowed = meet(known(world.domain(kind.name, name)), fitting)
        values.update((name, value) for value in samples(allowed))
    if kind.aggregates:
        return list(counted_facts(world, kind, values))
    return [Fact(kind.name, _with_keys(world, kind, values))]


def _with_keys(world: World, kind: Kind, values: dict[str, Value]) -> dict[str, Value]:
    for name in kind.key:
        for value in islice(samples(known(world.domain(kind.name, name))), 1):
            values.setdefault(name, value)
    return values


def _settled(test: Test, env: Mapping[str, Fact]) -> Test:
    """The test with what was matched in place of references; known where nothing was."""
    match test:
        case Same(reference, negated):
            value = _read(reference, env)
            return Presence(True) if value is None else OneOf((Constant(value),), negated)
        case Compare(order, Reference() as reference):
            value = _read(reference, env)
            return Presence(True) if value is None else Compare(order, Constant(value))
        case _:
            return test


def _read(reference: Reference, env: Mapping[str, Fact]) -> Value | None:
    fact = env.get(reference.alias)
    return fact.values.get(reference.attribute) if fact else None


def _failing(world: World, test: Test, env: Mapping[str, Fact]) -> Domain:
    """The known values that do not pass."""
    parameters = world.pack.parameters
    match _settled(test, env):
        case OneOf(terms, negated):
            return admitted(OneOf(terms, not negated), parameters)
        case Compare(order, term):
            return admitted(Compare(OPPOSITE[order], term), parameters)
        case Between(low, high):
            return join(_beside(world, "less than", low), _beside(world, "more than", high))
        case _:
            return Domain()


def _beside(world: World, order: Order, end: Constant | Parameter) -> Domain:
    return admitted(Compare(order, end), world.pack.parameters)
