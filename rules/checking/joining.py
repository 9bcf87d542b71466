"""From a rule to its system: every test of `when` and `where` joined, what rows and earlier stages
leave included."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from rules.checking.constraints import Slot, System, key_of
from rules.checking.world import World
from rules.condition import Compare, Reference, Same, Test, references_in
from rules.domains import KNOWN, Domain, admitted, among, join, meet
from rules.pack import Fact, Pattern, Rule
from rules.terms import expressions


def system(world: World, rule: Rule) -> System:
    """Join every test of a rule's `when` and `where`, settled."""
    joined = System(world, rule, {pattern.alias: pattern.kind for pattern in rule.when})
    for pattern in rule.when:
        for name in key_of(world, pattern.kind):
            joined.add(Slot(pattern.alias, name))
        for name, test in pattern.tests:
            _admit(joined, Slot(pattern.alias, name), test)
        if world.pack.kinds[pattern.kind].derived:
            _narrow_to_made(joined, pattern)
    for expression in expressions(rule):
        for slot in references_in(expression):
            _know(joined, slot)
    joined.settle()
    while not joined.conflict and any(_narrow_to_rows(joined, p) for p in rule.when):
        joined.settle()
    return joined


def _narrow_to_rows(joined: System, pattern: Pattern) -> bool:
    """Leave to each attribute of a catalogue's pattern what its fitting rows hold; whether that
    took anything away."""
    rows = joined.world.fixed.get(pattern.kind)
    if rows is None:
        return False
    fitting = fitting_facts(joined, pattern, rows)
    if not fitting:
        joined.rowless = joined.conflict = pattern.kind
    narrowed = False
    for name in joined.world.pack.kinds[pattern.kind].attributes:
        slot = Slot(pattern.alias, name)
        joined.add(slot)
        root = joined.root(slot)
        left = meet(joined.domains[root], among(fact.values.get(name) for fact in fitting))
        narrowed = narrowed or left != joined.domains[root]
        joined.domains[root] = left
    return narrowed


def fitting_facts(joined: System, pattern: Pattern, facts: Sequence[Fact]) -> list[Fact]:
    """The facts that pass the tests of a pattern's attributes, one by one."""
    domains = [(slot.attribute, joined.domain(slot)) for slot in joined.slots(pattern.alias)]
    return [
        fact for fact in facts if all(fact.values.get(name) in domain for name, domain in domains)
    ]


def _admit(joined: System, slot: Slot, test: Test) -> None:
    joined.add(slot)
    root = joined.root(slot)
    allowed = admitted(test, joined.world.pack.parameters)
    joined.domains[root] = meet(joined.domains[root], allowed)
    match test:
        case Same(reference, negated):
            _know(joined, reference)
            if negated:
                joined.apart.add((slot, reference))
            else:
                joined.unite(slot, reference)
        case Compare(order, Reference() as reference):
            _know(joined, reference)
            upwards = order in ("at least", "more than")
            pair = (reference, slot) if upwards else (slot, reference)
            strict = order in ("more than", "less than")
            joined.below[pair] = strict or joined.below.get(pair, False)


def _know(joined: System, slot: Slot) -> None:
    joined.add(slot)
    root = joined.root(slot)
    joined.domains[root] = meet(joined.domains[root], KNOWN)


def _narrow_to_made(joined: System, pattern: Pattern) -> None:
    made = joined.world.made(pattern, joined.rule.stage)
    for name in ("kind", "target", "of") if pattern.kind == "recommended" else ("name", "about"):
        allowed = reduce(join, (one[name] for one in made), Domain())
        slot = Slot(pattern.alias, name)
        joined.add(slot)
        root = joined.root(slot)
        joined.domains[root] = meet(joined.domains[root], allowed)
