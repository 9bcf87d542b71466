"""Which facts that are there already can fill a rule's patterns together: a search that backtracks.

Every way is found unless the budget runs out; then nothing may be concluded from finding none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rules.checking.constraints import Slot, System
from rules.checking.joining import fitting_facts
from rules.condition import Value
from rules.domains import MISSING, single
from rules.pack import Fact, Pattern

Chosen = dict[str, Fact]


@dataclass(slots=True)
class Budget:
    """How many steps a search may still take."""

    left: int = 30_000

    @property
    def spent(self) -> bool:
        return self.left <= 0


@dataclass(slots=True)
class Search:
    """A search over `facts` by alias; `values`: what each joined attribute was found to be."""

    system: System
    facts: Mapping[str, Sequence[Fact]]
    budget: Budget
    chosen: Chosen = field(default_factory=dict)
    values: dict[Slot, Value | None] = field(default_factory=dict)
    index: dict[tuple[str, str], dict[Value | None, list[Fact]]] = field(default_factory=dict)

    def run(self, left: list[Pattern]) -> Iterator[Chosen]:
        if not left:
            yield dict(self.chosen)
            return
        pattern = min(left, key=lambda p: self._open(p))
        rest = [p for p in left if p is not pattern]
        for fact in self._candidates(pattern.alias):
            if self.budget.spent:
                return
            self.budget.left -= 1
            before = self.values
            after = self._with(pattern.alias, fact)
            if after is not None:
                self.values, self.chosen[pattern.alias] = after, fact
                yield from self.run(rest)
                self.values = before
                del self.chosen[pattern.alias]

    def _open(self, pattern: Pattern) -> tuple[int, int]:
        """Patterns joined to what is chosen come first, then those with fewer facts."""
        slots = self.system.slots(pattern.alias)
        joined = sum(self.system.root(slot) in self.values for slot in slots)
        return -joined, len(self.facts[pattern.alias])

    def _with(self, alias: str, fact: Fact) -> dict[Slot, Value | None] | None:
        """The values found with this fact too, or None if it does not go with the others."""
        values = dict(self.values)
        for slot in self.system.slots(alias):
            root, value = self.system.root(slot), fact.values.get(slot.attribute)
            if root in values and values[root] != value:
                return None
            values[root] = value
        return values if self._in_order(values) else None

    def _in_order(self, values: Mapping[Slot, Value | None]) -> bool:
        for one, other in self.system.apart:
            a, b = self.system.root(one), self.system.root(other)
            if a in values and b in values and values[a] == values[b]:
                return False
        for (low, high), strict in self.system.below.items():
            least, most = values.get(self.system.root(low)), values.get(self.system.root(high))
            if not _ordered(least, most, strict):
                return False
        return True

    def _candidates(self, alias: str) -> Sequence[Fact]:
        """The facts worth trying: looked up by a value already found, where there is one."""
        for slot in self.system.slots(alias):
            root = self.system.root(slot)
            if root in self.values:
                return self._indexed(alias, slot.attribute).get(self.values[root], ())
        return self.facts[alias]

    def _indexed(self, alias: str, attribute: str) -> dict[Value | None, list[Fact]]:
        key = alias, attribute
        if key not in self.index:
            self.index[key] = {}
            for fact in self.facts[alias]:
                self.index[key].setdefault(fact.values.get(attribute), []).append(fact)
        return self.index[key]


def choices(
    system: System, facts: Mapping[str, Sequence[Fact]], budget: Budget
) -> Iterator[tuple[Chosen, System]]:
    """Each way to fill the patterns whose kind is in `facts`, with the system narrowed to it."""
    patterns = [p for p in system.rule.when if p.kind in facts]
    fitting = {p.alias: fitting_facts(system, p, facts[p.kind]) for p in patterns}
    for chosen in Search(system, fitting, budget).run(patterns):
        narrowed = _narrowed(system, chosen)
        if not narrowed.conflict:
            yield chosen, narrowed


def _narrowed(system: System, chosen: Chosen) -> System:
    narrowed = system.copy()
    for alias, fact in chosen.items():
        for slot in system.slots(alias):
            value = fact.values.get(slot.attribute)
            narrowed.domains[narrowed.root(slot)] = MISSING if value is None else single(value)
    narrowed.settle()
    return narrowed


def _ordered(least: Value | None, most: Value | None, strict: bool) -> bool:
    """False only if both are known numbers in the wrong order."""
    if not (isinstance(least, int | float) and isinstance(most, int | float)):
        return True
    return least < most or (least == most and not strict)
