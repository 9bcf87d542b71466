"""All tests of a rule's `when` and `where` together: which attributes are one value, which order
they stand in, and what each can still be.

A conflict found here is certain. What it cannot see: products in `where` that only exact algebra
refutes, and that counts are whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations

from rules.checking.arithmetic import Bounds, bounds, certainly_false
from rules.checking.world import World
from rules.condition import Expression, Reference
from rules.domains import KNOWN, MISSING, Domain, meet
from rules.intervals import beyond
from rules.pack import Pattern, Rule

Slot = Reference
"""An attribute of one pattern of a rule."""


@dataclass(slots=True)
class System:
    """The tests of one rule, joined. `above[a, b]`: a is at most b (True: less than b);
    `conflict` says why they cannot hold together, or is empty; `rowless` the kind of a
    catalogue of which no row passes."""

    world: World
    rule: Rule
    kinds: dict[str, str]
    parent: dict[Slot, Slot] = field(default_factory=dict)
    domains: dict[Slot, Domain] = field(default_factory=dict)
    apart: set[tuple[Slot, Slot]] = field(default_factory=set)
    below: dict[tuple[Slot, Slot], bool] = field(default_factory=dict)
    conflict: str = ""
    rowless: str = ""

    def root(self, slot: Slot) -> Slot:
        while (above := self.parent.get(slot, slot)) != slot:
            slot = above
        return slot

    def domain(self, slot: Slot) -> Domain:
        """What the slot can still be; everything the vocabulary allows if no test names it."""
        root = self.root(slot)
        if root in self.domains:
            return self.domains[root]
        return self.world.domain(self.kinds[slot.alias], slot.attribute)

    def same(self, one: Slot, other: Slot) -> bool:
        """Whether both are surely one value."""
        if self.root(one) == self.root(other):
            return True
        value = self.domain(one).only
        return value is not None and value == self.domain(other).only

    def slots(self, alias: str) -> list[Slot]:
        return [slot for slot in self.parent if slot.alias == alias]

    def copy(self) -> System:
        return replace(
            self,
            parent=dict(self.parent),
            domains=dict(self.domains),
            apart=set(self.apart),
            below=dict(self.below),
        )

    def narrow(self, slot: Slot, domain: Domain) -> None:
        """Leave only these values to a slot, and to what must be the same or in order."""
        self.add(slot)
        root = self.root(slot)
        self.domains[root] = meet(self.domains[root], domain)
        self.settle()

    def add(self, slot: Slot) -> None:
        if slot not in self.parent:
            self.parent[slot] = slot
            self.domains[slot] = self.world.domain(self.kinds[slot.alias], slot.attribute)

    def unite(self, one: Slot, other: Slot) -> None:
        self.add(one)
        self.add(other)
        first, second = self.root(one), self.root(other)
        if first != second:
            self.parent[second] = first
            self.domains[first] = meet(self.domains[first], self.domains.pop(second))

    def settle(self) -> None:
        """Merge facts whose keys agree, carry bounds along the order, note the first conflict."""
        while self._merge_facts():
            pass
        for _ in range(len(self.below) + 1):
            if not self._carry_bounds():
                break
        self.conflict = self.conflict or next(self._conflicts(), "")

    def _merge_facts(self) -> bool:
        merged = False
        patterns = [p for p in self.rule.when if p.kind in self.world.pack.kinds]
        for one, other in combinations(patterns, 2):
            if one.kind == other.kind and self._one_fact(one, other):
                for name in {slot.attribute for p in (one, other) for slot in self.slots(p.alias)}:
                    pair = Slot(one.alias, name), Slot(other.alias, name)
                    if any(slot not in self.parent for slot in pair) or not self._united(*pair):
                        self.unite(*pair)
                        merged = True
        return merged

    def _united(self, one: Slot, other: Slot) -> bool:
        return self.root(one) == self.root(other)

    def _one_fact(self, one: Pattern, other: Pattern) -> bool:
        key = key_of(self.world, one.kind)
        return all(self.same(Slot(one.alias, name), Slot(other.alias, name)) for name in key)

    def _carry_bounds(self) -> bool:
        changed = False
        for (low, high), strict in self.below.items():
            a, b = self.root(low), self.root(high)
            for root, limit in (
                (a, beyond("less than" if strict else "at most", self.domains[b].high)),
                (b, beyond("more than" if strict else "at least", self.domains[a].low)),
            ):
                narrowed = meet(self.domains[root], replace(KNOWN, intervals=(limit,)))
                changed = changed or narrowed != self.domains[root]
                self.domains[root] = narrowed
        return changed

    def _conflicts(self) -> Iterator[str]:
        for root in (root for root, domain in self.domains.items() if domain.empty):
            yield self._impossible([slot for slot in self.parent if self.root(slot) == root])
        pairs = [pair for pair in self.apart if self.same(*pair)]
        pairs += [(a, b) for (a, b), less in self.below.items() if less and self.at_most(b, a)]
        for one, other in pairs:
            yield f"`{written(one)}` and `{written(other)}` cannot differ as they should"
        for comparison in self.rule.where:
            if certainly_false(comparison, self.bounds_of):
                yield "the numbers of its `where` never hold"

    def _impossible(self, members: list[Slot]) -> str:
        for slot in members:
            kind = self.kinds[slot.alias]
            if self.world.domain(kind, slot.attribute) in (MISSING, Domain()):
                return f"no fact of `{kind}` has `{slot.attribute}`"
        named = " and ".join(f"`{written(slot)}`" for slot in members[:3])
        few = "no value passes all tests of" if len(members) == 1 else "there is no one value for"
        return f"{few} {named}"

    def at_most(self, low: Slot, high: Slot, *, less: bool = False) -> bool:
        """Whether the first is surely at most (or less than) the second."""
        a, b = self.domain(low), self.domain(high)
        if not less and self.same(low, high):
            return True
        if not (a.intervals and b.intervals):
            return False
        if a.high < b.low or (a.high == b.low and not less):
            return True
        seen, todo = set(), [(self.root(low), False)]
        while todo:
            at, strict = todo.pop()
            if at == self.root(high) and (strict or not less):
                return True
            if (at, strict) not in seen:
                seen.add((at, strict))
                todo += [
                    (self.root(b), strict or s)
                    for (a, b), s in self.below.items()
                    if self.root(a) == at
                ]
        return False

    def bounds_of(self, expression: Expression) -> Bounds:
        return bounds(expression, self._slot_bounds, self.world.pack.parameters)

    def _slot_bounds(self, slot: Slot) -> Bounds:
        domain = self.domain(slot)
        return domain.low, domain.high


def written(slot: Slot) -> str:
    return f"{slot.alias}.{slot.attribute}"


def key_of(world: World, kind: str) -> tuple[str, ...]:
    """The attributes that tell two facts of a kind apart; those of a made fact included."""
    found = world.pack.kinds[kind]
    return found.key
