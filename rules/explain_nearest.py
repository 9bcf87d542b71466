"""How near a silent rule came: the cheapest way to complete one of its matches.

A way fills each pattern of `when` with a fact, or assumes one that is not there. What makes a fact
*this* fact is never relaxed: `same as`, `not same as` and tests on its key. Every other test that
fails is a miss and has a distance:

    a number too small or too large    how far, as a share of the attribute's range, at most 1
    another word, yes for no           1
    a value that is not known          1
    a fact that is not there           1; what misses on one fact never adds up to more
    a `where` that does not hold       how far, as a share of its larger side, at most 1
    an `unless` that fits              1
    anything the pack itself fixes     1 more, because no organisation can change it

The nearest way has the smallest sum of distances; of equals, the first in the order of facts. Ways
are tried cheapest first and given up where they cannot win; once STEPS facts were weighed, the best
so far stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from rules.condition import OneOf, Same, Value, six
from rules.explain_facts import Known, Place, joins
from rules.explain_tests import apart, distance, holds, needed
from rules.explain_ways import Miss, Plan, Way, plan
from rules.pack import Fact, Pattern, Rule

STEPS = 600


@dataclass(slots=True)
class Search:
    """A walk over the patterns of one rule. `bound`: values given by what it is to conclude."""

    known: Known
    rule: Rule
    bound: Mapping[Place, Value]
    best: Way | None = None
    steps: int = 0
    plan: Plan = field(init=False)

    def __post_init__(self) -> None:
        self.plan = plan(self.rule)

    def nearest(self) -> Way:
        """The nearest way; without a miss if the rule did match."""
        self._walk(0, Way({}, {}, ()))
        return self.best or Way({}, {}, ())

    def _walk(self, place: int, way: Way) -> None:
        if place == len(self.rule.when):
            self.best = way
            return
        for longer in self._longer(place, way):
            if self.best and (longer.distance >= self.best.distance or self.steps > STEPS):
                return
            self._walk(place + 1, longer)

    def _longer(self, place: int, way: Way) -> list[Way]:
        """The way with each fact that may stand here and with an assumed one, nearest first. Only
        the nearest where nothing later depends on the choice."""
        pattern = self.rule.when[place]
        equal = self._equal(pattern, way)
        ways = [
            self._with(pattern, way, fact)
            for fact in self.known.having(pattern.kind, equal)
            if self._is_meant(pattern, way, fact)
        ]
        if all(self._allowed(pattern, name, value) for name, value in equal.items()):
            ways.append(self._without(pattern, way, equal))
        whole = [replace(w, misses=(*w.misses, *self._due(place, w))) for w in ways]
        self.steps += len(whole)
        whole.sort(key=lambda longer: longer.distance)
        free = any(way.env[reference.alias] is None for _, reference in joins(pattern))
        return whole if free or pattern.alias in self.plan.later else whole[:1]

    def _without(self, pattern: Pattern, way: Way, equal: Mapping[str, Value]) -> Way:
        """The way with a fact assumed that is not there."""
        miss = Miss("fact", pattern, 2.0 if self.known.fixed(pattern.kind) else 1.0)
        assumed = {(pattern.alias, name): value for name, value in equal.items()}
        return Way(
            {**way.env, pattern.alias: None}, {**way.assumed, **assumed}, (*way.misses, miss)
        )

    def _equal(self, pattern: Pattern, way: Way) -> dict[str, Value]:
        """What a fact must hold to stand here: what is bound, and what is the same as before."""
        equal = {
            name: value for (alias, name), value in self.bound.items() if alias == pattern.alias
        }
        for name, reference in joins(pattern):
            held = way.held(reference)
            if held is not None:
                equal.setdefault(name, held)
        return equal

    def _is_meant(self, pattern: Pattern, way: Way, fact: Fact) -> bool:
        """Whether this fact, whatever else it says, is the one that the pattern is about."""
        pack = self.known.pack
        key = pack.kinds[pattern.kind].key
        for name, test in pattern.tests:
            read = fact.values.get(name)
            if isinstance(test, Same):
                if way.env[test.reference.alias] is None:
                    if not self._may_be(way, test, read):
                        return False
                elif not holds(pack, test, read, way.env):
                    return False
            elif name in key and way.sees(test) and not holds(self.known.pack, test, read, way.env):
                return False
        return True

    def _may_be(self, way: Way, test: Same, read: Value | None) -> bool:
        """Whether a fact that is only assumed may hold the value that `same as` asks of it."""
        held = way.assumed.get((test.reference.alias, test.reference.attribute))
        if read is None:
            return False
        if held is not None:
            return (held == read) != test.negated
        pattern = next(p for p in self.rule.when if p.alias == test.reference.alias)
        return test.negated or self._allowed(pattern, test.reference.attribute, read)

    def _allowed(self, pattern: Pattern, name: str, value: Value) -> bool:
        return all(
            holds(self.known.pack, test, value, {})
            for other, test in pattern.tests
            if other == name and isinstance(test, OneOf)
        )

    def _with(self, pattern: Pattern, way: Way, fact: Fact) -> Way:
        assumed = dict(way.assumed)
        for name, reference in joins(pattern):
            if way.env[reference.alias] is None and name in fact.values:
                assumed.setdefault((reference.alias, reference.attribute), fact.values[name])
        misses = self._missed(pattern, way, fact)
        return Way({**way.env, pattern.alias: fact}, assumed, (*way.misses, *misses))

    def _missed(self, pattern: Pattern, way: Way, fact: Fact) -> list[Miss]:
        """The tests that fail on a fact, together never farther than if it were not there."""
        pack = self.known.pack
        most = 2.0 if self.known.fixed(pattern.kind) else 1.0
        misses = []
        for name, test in pattern.tests:
            read = fact.values.get(name)
            if isinstance(test, Same) or not way.sees(test) or holds(pack, test, read, way.env):
                continue
            wanted = needed(pack, test, read, way.env)
            far = distance(pack.kinds[pattern.kind].attributes[name], read, wanted)
            why: Literal["test", "value"] = "value" if read is None else "test"
            misses.append(Miss(why, pattern, far + most - 1, fact, name, test, wanted, read))
        for name in self.plan.read.get(pattern.alias, ()):
            if name not in fact.values and name not in [miss.attribute for miss in misses]:
                misses.append(Miss("value", pattern, most, fact, name))
        whole = sum(miss.distance for miss in misses)
        if whole <= most:
            return misses
        return [replace(miss, distance=six(miss.distance * most / whole)) for miss in misses]

    def _due(self, place: int, way: Way) -> Iterator[Miss]:
        """What `where` and `unless` miss, as far as it can be known at this place."""
        for comparison in self.plan.where[place]:
            far = apart(self.known.pack, comparison, way.env)
            if far:
                yield Miss("where", self.rule.when[place], far, comparison=comparison)
        for pattern in self.plan.unless[place]:
            if all(way.sees(test) for _, test in pattern.tests):
                yield from self._silencing(pattern, way)

    def _silencing(self, pattern: Pattern, way: Way) -> Iterator[Miss]:
        equal = {
            name: held
            for name, reference in joins(pattern)
            if (held := way.held(reference)) is not None
        }
        for fact in self.known.having(pattern.kind, equal):
            if all(
                holds(self.known.pack, test, fact.values.get(name), way.env)
                for name, test in pattern.tests
            ):
                yield Miss("unless", pattern, 1.0, fact)
                return
