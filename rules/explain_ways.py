"""A way to fill the patterns of a rule, what it misses, and when each part can be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rules.condition import Compare, Comparison, Reference, Same, Test, Value, references_in, six
from rules.explain_facts import Place
from rules.explain_tests import Env
from rules.pack import Fact, Pattern, Recommend, Rule


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that kept a rule silent, by `why`:

    test     `attribute` of `fact` was `read`, `test` says otherwise; `needed` is the nearest value
    value    `attribute` of `fact` is not known
    fact     no fact fits `pattern`
    where    `comparison` does not hold
    unless   `fact` fits the exception `pattern`
    """

    why: Literal["test", "value", "fact", "where", "unless"]
    pattern: Pattern
    distance: float
    fact: Fact | None = None
    attribute: str = ""
    test: Test | None = None
    needed: Value | None = None
    read: Value | None = None
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One way to fill a rule's patterns, as far as it was walked. `assumed` holds the values that
    facts which are not there would need."""

    env: Env
    assumed: Mapping[Place, Value]
    misses: tuple[Miss, ...]

    @property
    def distance(self) -> float:
        """The sum of its misses."""
        return six(sum(miss.distance for miss in self.misses))

    def held(self, reference: Reference) -> Value | None:
        """What is referred to: in a fact, or in one that is only assumed."""
        fact = self.env.get(reference.alias)
        if fact is not None:
            return fact.values.get(reference.attribute)
        return self.assumed.get((reference.alias, reference.attribute))

    def sees(self, test: Test) -> bool:
        """Whether what a test compares with is a fact that is there, not one that is assumed."""
        reference = referred(test)
        return reference is None or self.env[reference.alias] is not None


@dataclass(frozen=True, slots=True)
class Plan:
    """A rule in the order in which it is walked. `where` and `unless` hold what can be looked at
    once the pattern of that place is filled; `read` the attributes of each alias that arithmetic
    and conclusion need; `later` the aliases that something after their own place refers to."""

    rule: Rule
    where: tuple[tuple[Comparison, ...], ...]
    unless: tuple[tuple[Pattern, ...], ...]
    read: Mapping[str, tuple[str, ...]]
    later: frozenset[str]


def plan(rule: Rule) -> Plan:
    """When each part of a rule can be looked at."""
    places = {pattern.alias: place for place, pattern in enumerate(rule.when)}
    lines = [(_last(places, _sides(line)), line) for line in rule.where]
    exceptions = [(_last(places, _referred(pattern)), pattern) for pattern in rule.unless]
    end = rule.conclusion
    told = [*end.targets, end.of] if isinstance(end, Recommend) else [end.about]
    read: dict[str, dict[str, None]] = {}
    for expression in (rule.points, *told, *(ref for line in rule.where for ref in _sides(line))):
        for reference in references_in(expression) if expression else ():
            read.setdefault(reference.alias, {})[reference.attribute] = None
    later = {
        reference.alias
        for place, refs in [
            *((place, _referred(pattern)) for place, pattern in enumerate(rule.when)),
            *((place, _referred(pattern)) for place, pattern in exceptions),
            *((place, _sides(line)) for place, line in lines),
        ]
        for reference in refs
        if places[reference.alias] < place
    }
    count = range(len(rule.when))
    return Plan(
        rule,
        where=tuple(tuple(line for at, line in lines if at == place) for place in count),
        unless=tuple(tuple(one for at, one in exceptions if at == place) for place in count),
        read={alias: tuple(names) for alias, names in read.items()},
        later=frozenset(later),
    )


def referred(test: Test) -> Reference | None:
    """The attribute of another fact that a test compares with."""
    if isinstance(test, Same):
        return test.reference
    term = test.term if isinstance(test, Compare) else None
    return term if isinstance(term, Reference) else None


def _referred(pattern: Pattern) -> tuple[Reference, ...]:
    return tuple(ref for _, test in pattern.tests if (ref := referred(test)))


def _sides(line: Comparison) -> tuple[Reference, ...]:
    return (*references_in(line.left), *references_in(line.right))


def _last(places: Mapping[str, int], refs: tuple[Reference, ...]) -> int:
    return max((places[reference.alias] for reference in refs), default=0)
