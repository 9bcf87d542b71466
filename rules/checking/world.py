"""What a rule may meet: for each kind and attribute, the values that facts of a pack can hold."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce

from rules.condition import Reference, Term
from rules.domains import (
    KNOWN,
    MISSING,
    Domain,
    admitted,
    among,
    everything,
    join,
    known,
    meet,
    single,
)
from rules.domains import constant as fixed_value
from rules.intervals import Interval
from rules.pack import Fact, Find, Kind, Pack, Pattern, Recommend, Rule

ANYTHING = Domain(KNOWN.intervals, all_but=True, missing=True)

_MADE_NUMBERS = {
    ("recommended", "score"): Interval(low=0, open_low=True),
    ("recommended", "rank"): Interval(low=1),
}
"""Only what has a positive score is recommended, and the best has rank 1."""


@dataclass(frozen=True, slots=True)
class World:
    """A pack read for checking. `fixed`: its own facts by kind; `position`: stages in order;
    `only`: values to which (kind, attribute) is narrowed for one question; `kept`: what was worked
    out already about facts that rules make."""

    pack: Pack
    fixed: Mapping[str, tuple[Fact, ...]]
    position: Mapping[str, int]
    only: Mapping[tuple[str, str], Domain] = field(default_factory=dict)
    kept: dict[tuple[str, str], list[Mapping[str, Domain]]] = field(default_factory=dict)

    def before(self, stage: str) -> list[Rule]:
        """The rules of the stages before this one."""
        here = self.position.get(stage, 0)
        return [rule for rule in self.pack.rules if self.position.get(rule.stage, 0) < here]

    def domain(self, kind: str, name: str) -> Domain:
        """Every value that an attribute of a fact of this kind can have, whatever the stage."""
        found = self.pack.kinds[kind]
        if found.catalogue:
            return among(fact.values.get(name) for fact in self.fixed.get(kind, ()))
        if found.for_each and name == found.for_each:
            each = self.pack.kinds[found.for_each]
            return self.domain(each.name, each.key[0]) if each.key else KNOWN
        allowed = self._allowed(found, name)
        if (kind, name) in self.only:
            allowed = meet(allowed, self.only[kind, name])
        return known(allowed) if _always_there(found, name) else allowed

    def _allowed(self, kind: Kind, name: str) -> Domain:
        attribute = kind.attributes.get(name)
        if name in kind.aggregates:
            counted = kind.aggregates[name].how == "count"
            return Domain((Interval(low=0 if counted else -math.inf),), missing=True)
        if attribute is None:
            return ANYTHING
        if (kind.name, name) in _MADE_NUMBERS:
            return Domain((_MADE_NUMBERS[kind.name, name],))
        return everything(attribute, tuple(self.pack.catalogues.get(attribute.catalogue, ())))

    def made(self, pattern: Pattern, stage: str) -> list[Mapping[str, Domain]]:
        """What rules of earlier stages can make of a derived kind: one set of domains for each
        rule and target that passes the pattern's own tests."""
        key = (pattern.kind, stage)
        if key not in self.kept:
            makers = _recommended if pattern.kind == "recommended" else _found
            self.kept[key] = [m for rule in self.before(stage) for m in makers(self, rule)]
        tests = dict(pattern.tests)
        return [
            one
            for one in self.kept[key]
            if not any(
                meet(one[name], admitted(tests[name], self.pack.parameters)).empty
                for name in one.keys() & tests.keys()
            )
        ]

    def term(self, rule: Rule, term: Term | None) -> Domain:
        """The values a conclusion's term can take, each pattern seen for itself."""
        if term is None:
            return MISSING
        if not isinstance(term, Reference):
            value = fixed_value(term, self.pack.parameters)
            return single("" if value is None else value)
        pattern = next(p for p in rule.when if p.alias == term.alias)
        if self.pack.kinds[pattern.kind].derived:
            made = [m.get(term.attribute, ANYTHING) for m in self.made(pattern, rule.stage)]
            domain = reduce(join, made, Domain())
        else:
            domain = self.domain(pattern.kind, term.attribute)
        tests = dict(pattern.tests)
        if term.attribute in tests:
            domain = meet(domain, admitted(tests[term.attribute], self.pack.parameters))
        return known(domain)


def read_world(pack: Pack) -> World:
    """Read a pack once for all checks."""
    fixed: dict[str, list[Fact]] = {}
    for fact in pack.fixed:
        fixed.setdefault(fact.kind, []).append(fact)
    return World(
        pack,
        {kind: tuple(facts) for kind, facts in fixed.items()},
        {stage.name: i for i, stage in enumerate(pack.stages)},
    )


def _always_there(kind: Kind, name: str) -> bool:
    if kind.derived:
        return name not in ("of", "about", "severity")
    aggregate = kind.aggregates.get(name)
    return name in kind.key or (aggregate is not None and aggregate.how in ("count", "sum"))


def _recommended(world: World, rule: Rule) -> Iterable[Mapping[str, Domain]]:
    conclusion = rule.conclusion
    if not isinstance(conclusion, Recommend) or conclusion.blocks:
        return
    of = world.term(rule, conclusion.of)
    for target in conclusion.targets:
        domains = {"kind": single(conclusion.kind), "target": world.term(rule, target), "of": of}
        if not any(domain.empty for domain in domains.values()):
            yield domains


def _found(world: World, rule: Rule) -> Iterable[Mapping[str, Domain]]:
    conclusion = rule.conclusion
    if not isinstance(conclusion, Find):
        return
    about = world.term(rule, conclusion.about)
    severity = single(conclusion.severity) if conclusion.severity else MISSING
    if not about.empty:
        yield {"name": single(conclusion.name), "about": about, "severity": severity}
