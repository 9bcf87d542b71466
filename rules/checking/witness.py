"""A concrete state in which a rule speaks: built from its tests, proved by the engine.

Finding none proves nothing: the search is short. It follows the rule's joins, supplies what
earlier stages must have made, and leaves the last word to `engine.recommend`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from rules.advice import Advice
from rules.checking.choices import Budget, choices
from rules.checking.constraints import Slot, System
from rules.checking.filling import filled, merged, own_facts
from rules.checking.joining import system
from rules.checking.world import World
from rules.condition import Reference, Term, Value
from rules.domains import MISSING, Domain, known, single
from rules.engine import recommend
from rules.errors import RulesError
from rules.pack import Fact, Find, Pattern, Rule

Goal = Callable[[Advice], bool]
Pins = dict[Slot, Domain]
NOTHING: Pins = {}


@dataclass(frozen=True, slots=True)
class State:
    """What an organisation says, and what the rules make of it."""

    facts: tuple[Fact, ...]
    advice: Advice


@dataclass(slots=True)
class Witnesses:
    """Searches for states over one world; `runs`: evaluations that the present search may use."""

    world: World
    runs: int = 0
    systems: dict[str, System] = field(default_factory=dict)

    def of(
        self,
        rule: Rule,
        goal: Goal | None = None,
        base: tuple[Fact, ...] = (),
        pins: Pins = NOTHING,
    ) -> State | None:
        """A state in which the rule speaks (and the goal is reached), with what is pinned; None if
        none was found."""
        self.runs = 60
        return next(self._states(rule, pins, base, goal or spoke(rule)), None)

    def system(self, rule: Rule) -> System:
        if rule.id not in self.systems:
            self.systems[rule.id] = system(self.world, rule)
        return self.systems[rule.id]

    def state(self, facts: tuple[Fact, ...]) -> State | None:
        """What the engine says, None if it refuses the facts or the search has gone on too long."""
        self.runs -= 1
        if self.runs < 0:
            return None
        try:
            return State(facts, recommend(self.world.pack, facts))
        except RulesError:
            return None

    def _states(
        self, rule: Rule, pins: Pins, base: tuple[Fact, ...], goal: Goal
    ) -> Iterator[State]:
        joined = self.system(rule).copy()
        for slot, domain in pins.items():
            joined.narrow(slot, domain)
        if joined.conflict:
            return
        ways = choices(joined, self.world.fixed, Budget(5_000))
        for _, narrowed in islice(ways, 12):
            for ready, facts in self._supplied(narrowed, _made_patterns(narrowed), base):
                full = filled(ready)
                state = full and self.state(merged(self.world.pack, facts, own_facts(full)))
                if state and goal(state.advice):
                    yield state

    def _supplied(
        self, joined: System, left: list[Pattern], base: tuple[Fact, ...]
    ) -> Iterator[tuple[System, tuple[Fact, ...]]]:
        """The system narrowed to facts that earlier stages make, with what makes them say it."""
        if not left:
            yield joined, base
            return
        pattern, *rest = left
        for state in self._makers(joined, pattern, base):
            for fact in islice(_fitting(joined, pattern, state.advice), 3):
                narrowed = _pinned(joined, pattern, fact)
                if not narrowed.conflict:
                    yield from self._supplied(narrowed, rest, state.facts)

    def _makers(self, joined: System, pattern: Pattern, base: tuple[Fact, ...]) -> Iterator[State]:
        """States in which a fact that fits the pattern has been made; the present one first."""
        present = self.state(base)
        if present and any(_fitting(joined, pattern, present.advice)):
            yield present
        for maker in self.world.before(joined.rule.stage):
            for pins in _aims(joined, pattern, maker):
                yield from islice(
                    self._states(maker, pins, base, lambda a: any(_fitting(joined, pattern, a))),
                    2,
                )


def spoke(rule: Rule) -> Goal:
    return lambda advice: any(match.rule.id == rule.id for match in advice.matches)


def made_facts(advice: Advice) -> Iterator[Fact]:
    """What an evaluation adds for later stages: recommended targets and findings."""
    for scored in advice.scored:
        if scored.rank is not None:
            kind, target, of = scored.target
            values: dict[str, Value] = {"kind": kind, "target": target, "rank": scored.rank}
            values["score"] = scored.hundredths / 100
            yield Fact("recommended", {**values, "of": of} if of else values)
    for finding in advice.findings:
        held = {"name": finding.name, "about": finding.about, "severity": finding.severity}
        yield Fact("finding", {name: value for name, value in held.items() if value})


def _made_patterns(joined: System) -> list[Pattern]:
    kinds = joined.world.pack.kinds
    return [pattern for pattern in joined.rule.when if kinds[pattern.kind].derived]


def _fitting(joined: System, pattern: Pattern, advice: Advice) -> Iterator[Fact]:
    slots = joined.slots(pattern.alias)
    for fact in made_facts(advice):
        if fact.kind == pattern.kind and all(
            fact.values.get(slot.attribute) in joined.domain(slot) for slot in slots
        ):
            yield fact


def _pinned(joined: System, pattern: Pattern, fact: Fact) -> System:
    narrowed = joined.copy()
    for slot in joined.slots(pattern.alias):
        value = fact.values.get(slot.attribute)
        narrowed.domains[narrowed.root(slot)] = MISSING if value is None else single(value)
    narrowed.settle()
    return narrowed


def _aims(joined: System, pattern: Pattern, maker: Rule) -> Iterator[Pins]:
    """What to pin in a maker's rule so that it makes a fact that fits the pattern."""
    conclusion = maker.conclusion
    wanted = {slot.attribute: joined.domain(slot) for slot in joined.slots(pattern.alias)}
    if isinstance(conclusion, Find):
        if pattern.kind == "finding" and conclusion.name in wanted["name"]:
            yield from _pins(((conclusion.about, wanted["about"]),))
    elif pattern.kind == "recommended" and conclusion.kind in wanted["kind"]:
        for target in () if conclusion.blocks else conclusion.targets:
            yield from _pins(((target, wanted["target"]), (conclusion.of, wanted["of"])))


def _pins(aims: tuple[tuple[Term | None, Domain], ...]) -> Iterator[Pins]:
    pins: Pins = {}
    for term, domain in aims:
        match term:
            case Reference():
                pins[term] = known(domain)
            case None if not domain.missing:
                return
            case _:
                pass
    yield pins
