"""What a join would cost, counted before the engine is given the facts.

The engine holds the whole server while it matches, so a rule that would try too many combinations
of facts is refused. A quick bound comes first; only where that is too high are they counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rules.compiling import Unit
from rules.condition import Constant, Parameter, Reference, Same, Term, Value, reference_of
from rules.errors import TooManyMatches
from rules.holding import holds
from rules.pack import Fact, ParameterValue, Pattern, Rule

COMBINATIONS = 20_000
"""That one rule may try: 0.03 s in the engine, 0.2 s if all of them match and are explained."""
MATCHES = 200_000
"""That all rules of a stage may have together."""

ByKind = Mapping[str, Sequence[Fact]]
Parameters = Mapping[str, ParameterValue]


@dataclass(slots=True)
class Crowd:
    """Facts by kind, and how many of them share their values of some attributes at most."""

    facts: ByKind
    densest: dict[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)

    def most(self, kind: str, attributes: tuple[str, ...]) -> int:
        """How many facts of a kind at most agree in these attributes."""
        facts = self.facts.get(kind, ())
        if not attributes or not facts:
            return len(facts)
        if (kind, attributes) not in self.densest:
            by = Counter([tuple([fact.values.get(name) for name in attributes]) for fact in facts])
            self.densest[kind, attributes] = max(by.values(), default=0)
        return self.densest[kind, attributes]


Shape = tuple[tuple[str, tuple[str, ...]], ...]
"""(kind, attributes that must equal an earlier fact's) of each pattern."""


def shapes(units: Iterable[Unit]) -> dict[Shape, list[Unit]]:
    """Units that join the same kinds in the same way lie together: they share their bound."""
    made: dict[Shape, list[Unit]] = {}
    for unit in units:
        shape = tuple((p.kind, tuple(name for name, _ in _equalities(p))) for p in unit.patterns)
        made.setdefault(shape, []).append(unit)
    return made


def refuse(
    rules: Sequence[Rule],
    shapes: Mapping[Shape, Iterable[Unit]],
    fixed: Crowd,
    own: Crowd,
    parameters: Parameters,
) -> None:
    """Raises TooManyMatches naming the rule, the number and what to do."""
    for shape, units in shapes.items():
        bound = 1
        for kind, attributes in shape:
            bound *= fixed.most(kind, attributes) + own.most(kind, attributes)
        if bound > COMBINATIONS:
            for unit in units:
                _count(rules[unit.rule], unit, (fixed.facts, own.facts), parameters)


def _count(rule: Rule, unit: Unit, facts: tuple[ByKind, ByKind], parameters: Parameters) -> None:
    """Join in Python, patterns in order, as far as constants and `same as` go."""
    rows: list[dict[str, Fact]] = [{}]
    for pattern in unit.patterns:
        joins = _equalities(pattern)
        passing = _passing(pattern, facts, parameters)
        by: dict[tuple[Value | None, ...], list[Fact]] = {}
        for fact in passing:
            by.setdefault(tuple(fact.values.get(name) for name, _ in joins), []).append(fact)
        found = [by.get(_wanted(row, joins), ()) for row in rows]
        tried = sum(len(some) for some in found)
        if tried > COMBINATIONS:
            raise TooManyMatches(_message(rule, tried, unit))
        rows = [
            {**row, pattern.alias: fact}
            for row, some in zip(rows, found, strict=True)
            for fact in some
        ]


def _passing(pattern: Pattern, facts: tuple[ByKind, ByKind], parameters: Parameters) -> list[Fact]:
    def read(term: Term) -> Value | None:
        if isinstance(term, Parameter):
            return parameters[term.name].value
        return term.value if isinstance(term, Constant) else None

    constant = [(name, test) for name, test in pattern.tests if reference_of(test) is None]
    return [
        fact
        for some in facts
        for fact in some.get(pattern.kind, ())
        if all(holds(test, fact.values.get(name), read) for name, test in constant)
    ]


def _equalities(pattern: Pattern) -> list[tuple[str, Reference]]:
    return [
        (name, test.reference)
        for name, test in pattern.tests
        if isinstance(test, Same) and not test.negated
    ]


def _wanted(
    row: Mapping[str, Fact], joins: Iterable[tuple[str, Reference]]
) -> tuple[Value | None, ...]:
    return tuple(row[reference.alias].values.get(reference.attribute) for _, reference in joins)


def _message(rule: Rule, tried: int, unit: Unit) -> str:
    kinds = ", ".join(dict.fromkeys(pattern.kind for pattern in unit.patterns))
    return (
        f"The rule “{rule.title or rule.id}” would have to try {tried:,} combinations of facts "
        f"({kinds}); {COMBINATIONS:,} is the most. Tie its conditions together with “same as”, "
        "narrow them, or enter fewer facts."
    )


def too_many(rules: Sequence[Rule], found: Mapping[Unit, Sequence[object]]) -> TooManyMatches:
    """The error for a stage that matches in too many ways, naming the rule that does so most."""
    most = max(found, key=lambda unit: len(found[unit]))
    rule = rules[most.rule]
    return TooManyMatches(
        f"These facts fit the rules in over {MATCHES:,} ways, {len(found[most]):,} of them the "
        f"rule “{rule.title or rule.id}”. Narrow its conditions, or enter fewer facts."
    )
