"""From a stage's rules to the rulesets that durable-rules may be given: pure, knows no engine.

Each rule is a unit, and so is each `unless` beside what it refers to: a match stands if no match of
such a companion holds the same facts. A ruleset holds at most 60 patterns; larger stages are cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rules.condition import Reference, reference_of
from rules.pack import Pattern, Rule
from rules.writing import Tests, Writing

PATTERNS = 60
"""In one ruleset: with more than 64 conditions that hold at once durable-rules finds nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One rule of a ruleset: all of `when` (`silences` is None), or those patterns of it, by their
    places, beside which a fact of an `unless` pattern silences the rule."""

    rule: int
    patterns: tuple[Pattern, ...]
    silences: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Shard:
    """A ruleset: its text, the units behind its rules `r0`, `r1` …, the kinds that they read."""

    text: str
    units: tuple[Unit, ...]
    kinds: frozenset[str]


def units(rules: Sequence[Rule]) -> list[Unit]:
    """The rules and the companions that silence them."""
    made = []
    for at, rule in enumerate(rules):
        made.append(Unit(at, rule.when, None))
        made += [_companion(at, rule, pattern) for pattern in rule.unless]
    return made


def _companion(at: int, rule: Rule, unless: Pattern) -> Unit:
    """The `unless` pattern beside the patterns it refers to, looser than in the rule itself: they
    may keep only their tests that the others left out have no part in."""
    needed = {reference.alias for reference in references(unless)}
    places = tuple(i for i, pattern in enumerate(rule.when) if pattern.alias in needed)
    beside = tuple(_without(rule.when[i], needed) for i in places)
    return Unit(at, (*beside, unless), places)


def _without(pattern: Pattern, kept: set[str]) -> Pattern:
    tests = tuple(
        (name, test)
        for name, test in pattern.tests
        if (reference := reference_of(test)) is None or reference.alias in kept
    )
    return replace(pattern, tests=tests)


def references(pattern: Pattern) -> Iterator[Reference]:
    """What the tests of a pattern refer to."""
    for _, test in pattern.tests:
        reference = reference_of(test)
        if reference:
            yield reference


def shards(writing: Writing, units: Iterable[Unit]) -> list[Shard]:
    """Rulesets of at most 60 patterns; those that read the same kinds lie together."""
    together: list[list[Unit]] = []
    size = PATTERNS
    for unit in sorted(units, key=lambda unit: sorted(p.kind for p in unit.patterns)):
        size += len(unit.patterns)
        if size > PATTERNS:
            together.append([])
            size = len(unit.patterns)
        together[-1].append(unit)
    return [_shard(writing, some) for some in together]


def _shard(writing: Writing, units: Sequence[Unit]) -> Shard:
    written = [
        f'"r{at}":{{"all":[{_patterns(writing, unit)}],"dist":0}}' for at, unit in enumerate(units)
    ]
    return Shard(
        text=f'{{{",".join(written)},"warm":{{"all":[{{"p0":{{"_k":"$warm"}}}}]}}}}',
        units=tuple(units),
        kinds=frozenset(pattern.kind for unit in units for pattern in unit.patterns),
    )


def _patterns(writing: Writing, unit: Unit) -> str:
    places = {pattern.alias: at for at, pattern in enumerate(unit.patterns[:-1])}
    kinds = {pattern.alias: pattern.kind for pattern in unit.patterns[:-1]}
    wanted = [reference for pattern in unit.patterns for reference in references(pattern)]
    written = []
    for at, pattern in enumerate(unit.patterns):
        later = {r.attribute for r in wanted if places.get(r.alias) == at}
        tests = Tests(writing, pattern.kind)
        for attribute in sorted(later):
            tests.exists(attribute)
        for name, test in pattern.tests:
            tests.add(name, test, places, kinds)
        written.append(f'{{"p{at}":{tests.text()}}}')
    return ",".join(written)
