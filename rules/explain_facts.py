"""What was known as a stage began, put together again from the facts and the advice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rules.advice import Advice
from rules.aggregates import aggregated
from rules.condition import Reference, Same, Value
from rules.facts import typed
from rules.pack import Fact, Pack, Pattern, Rule

Place = tuple[str, str]  # alias and attribute, or kind and attribute


@dataclass(slots=True)
class Known:
    """The facts present as a stage begins, found by kind and by value."""

    pack: Pack
    kinds: Mapping[str, Sequence[Fact]]
    found: dict[Place, dict[Value, list[Fact]]] = field(default_factory=dict)

    def having(self, kind: str, equal: Mapping[str, Value]) -> Sequence[Fact]:
        """The facts of a kind that hold these values."""
        least: Sequence[Fact] = self.kinds.get(kind, ())
        for name, wanted in equal.items():
            some = self._by_value(kind, name).get(wanted, ())
            least = some if len(some) < len(least) else least
        return [f for f in least if all(f.values.get(n) == value for n, value in equal.items())]

    def _by_value(self, kind: str, name: str) -> Mapping[Value, Sequence[Fact]]:
        if (kind, name) not in self.found:
            values = self.found[kind, name] = {}
            for fact in self.kinds.get(kind, ()):
                if (held := fact.values.get(name)) is not None:
                    values.setdefault(held, []).append(fact)
        return self.found[kind, name]

    def fixed(self, kind: str) -> bool:
        """Whether facts of this kind come with the pack."""
        return bool(self.pack.kinds[kind].catalogue)


def known(pack: Pack, facts: Sequence[Fact], advice: Advice, stage: str) -> Known:
    """The facts that the rules of a stage saw. `advice` is what the engine made of `facts`."""
    present = (*pack.fixed, *typed(pack, facts), *_derived(pack, advice, stage))
    kinds: dict[str, list[Fact]] = {}
    for fact in present:
        kinds.setdefault(fact.kind, []).append(fact)
    counted = [kind.name for kind in pack.kinds.values() if kind.aggregates]
    for fact in aggregated(pack, counted, kinds):
        kinds.setdefault(fact.kind, []).append(fact)
    return Known(pack, kinds)


def _derived(pack: Pack, advice: Advice, stage: str) -> Iterator[Fact]:
    """`recommended` and `finding` of the stages before."""
    names = [one.name for one in pack.stages]
    before = pack.stages[: names.index(stage)]
    decided = {kind for one in before for kind in one.decides}
    for scored in advice.scored:
        kind, target, of = scored.target
        if kind in decided and scored.rank is not None:
            score = scored.hundredths / 100
            values: dict[str, Value] = {
                "kind": kind,
                "target": target,
                "rank": scored.rank,
                "score": score,
            }
            yield Fact("recommended", values | {"of": of} if of else values)
    for finding in advice.findings:
        if finding.rule.stage in [one.name for one in before]:
            said = {"name": finding.name, "about": finding.about, "severity": finding.severity}
            yield Fact("finding", {n: v for n, v in said.items() if v}, finding.trust)


def joins(pattern: Pattern) -> Iterator[tuple[str, Reference]]:
    """(attribute, reference) of each `same as` of a pattern."""
    for name, test in pattern.tests:
        if isinstance(test, Same) and not test.negated:
            yield name, test.reference


def bound(rule: Rule, given: Mapping[Place, Value]) -> Mapping[Place, Value] | None:
    """What else must hold, through `same as`, where these attributes hold these values; None if two
    of them cannot be."""
    values = dict(given)
    links = [
        ((pattern.alias, name), (reference.alias, reference.attribute))
        for pattern in rule.when
        for name, reference in joins(pattern)
    ]
    for _ in links:
        for one, other in links:
            for here, there in ((one, other), (other, one)):
                if here in values and values.setdefault(there, values[here]) != values[here]:
                    return None
    return values
