"""A pack made ready for matching, without an engine: rules as clauses, facts as text."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.aggregates import aggregated
from rules.arithmetic import Facts
from rules.compiling import Shard, Unit, shards, units
from rules.conclude import Clause, clause
from rules.crowding import Crowd, Shape, refuse, shapes
from rules.facts import Key, key
from rules.pack import Fact, Pack, Rule
from rules.phrases import printed
from rules.writing import Writing

Ids = tuple[int, ...]
"""The numbers of the facts of a match, in the order of its patterns."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stage made ready: its rules in order of id, its rulesets, the aggregates that it reads."""

    clauses: tuple[Clause, ...]
    rules: tuple[Rule, ...]
    shapes: Mapping[Shape, Sequence[Unit]]
    shards: tuple[Shard, ...]
    kinds: frozenset[str]
    counted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A fact of one evaluation: its number there, how it is written for the engine, its place
    among facts."""

    fact: Fact
    number: int
    text: str
    key: Key


class Prepared:
    """Everything about a pack that no organisation's facts change. Raises TooManyMatches where the
    pack's own facts are already too many for a rule."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        facts = sorted(pack.fixed, key=lambda fact: key(pack, fact))
        self.crowd = Crowd(by_kind(facts))
        self.say = printed(pack)
        self.writing = Writing(pack.parameters)
        self.steps = tuple(self._step(stage.name) for stage in pack.stages)
        self.read = frozenset(kind for step in self.steps for kind in step.kinds)
        self.fixed = {one.number: one for one in self.numbered(facts, self.read, after=0)}

    def _step(self, stage: str) -> Step:
        rules = sorted((r for r in self.pack.rules if r.stage == stage), key=lambda r: r.id)
        made = units(rules)
        read = frozenset(pattern.kind for unit in made for pattern in unit.patterns)
        joined = shapes(made)
        refuse(rules, joined, self.crowd, Crowd({}), self.pack.parameters)
        return Step(
            clauses=tuple(clause(self.pack, rule, self.say) for rule in rules),
            rules=tuple(rules),
            shapes=joined,
            shards=tuple(shards(self.writing, made)),
            kinds=read,
            counted=tuple(sorted(k for k in read if self.pack.kinds[k].aggregates)),
        )

    def numbered(
        self, facts: Iterable[Fact], read: Container[str], *, after: int
    ) -> list[Numbered]:
        """The facts of the kinds that are read, with numbers that follow `after` others."""
        write = self.writing.fact
        return [
            Numbered(fact, at, write(fact, f"f{at}"), key(self.pack, fact))
            for at, fact in enumerate(facts, after)
            if fact.kind in read
        ]

    def aggregates(self, step: Step, facts: Sequence[Fact]) -> list[Fact]:
        """The aggregate facts that a stage reads, with the pack's own facts counted too."""
        if not step.counted:
            return []
        mine, fixed = by_kind(facts), self.crowd.facts
        both = {kind: [*fixed.get(kind, ()), *mine.get(kind, ())] for kind in {*fixed, *mine}}
        return aggregated(self.pack, step.counted, both)

    def refuse(self, step: Step, present: Iterable[Numbered]) -> None:
        """Raises TooManyMatches before anything is matched."""
        own = Crowd(by_kind(one.fact for one in present))
        refuse(step.rules, step.shapes, self.crowd, own, self.pack.parameters)

    def standing(
        self, step: Step, matched: Mapping[Unit, Sequence[Ids]], present: Sequence[Numbered]
    ) -> Iterator[tuple[Clause, list[Facts]]]:
        """The rules that matched and that no `unless` silences, with their matches in fact-key
        order."""
        found: dict[int, list[Ids]] = {}
        silent = []
        for unit, ids in matched.items():
            if unit.silences is None:
                found[unit.rule] = list(ids)
            else:
                silent.append((unit.rule, unit.silences, {one[:-1] for one in ids}))
        for rule, places, silenced in silent:
            found[rule] = [
                ids
                for ids in found.get(rule, ())
                if tuple([ids[at] for at in places]) not in silenced
            ]
        used = {number for matches in found.values() for ids in matches for number in ids}
        facts = {one.number: one for one in present}
        facts.update({number: self.fixed[number] for number in used if number in self.fixed})
        in_order = sorted(used, key=lambda number: facts[number].key)
        place = {number: at for at, number in enumerate(in_order)}
        for rule, matches in sorted(found.items()):
            if len(matches) > 1:
                matches.sort(key=lambda ids: [place[number] for number in ids])
            if matches:
                yield (
                    step.clauses[rule],
                    [tuple([facts[number].fact for number in ids]) for ids in matches],
                )


def by_kind(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Facts by their kind."""
    kinds: dict[str, list[Fact]] = {}
    for fact in facts:
        kinds.setdefault(fact.kind, []).append(fact)
    return kinds
