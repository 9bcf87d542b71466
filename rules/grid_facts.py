"""From facts and their options to tables; what all evaluations of a pack share is made once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rules.condition import Parameter, Reference, Same, Test, terms_of
from rules.grid_tables import ALWAYS, Choices, Row, Table, Words, tabled
from rules.keeping import Kept
from rules.pack import Fact, Pack, Rule
from rules.scenarios import Scenarios
from rules.terms import ends, references, terms


@dataclass(frozen=True, slots=True)
class Prepared:
    """What no scenario of a pack changes. `coded`: by kind, the attributes with codes; `read`: by
    stage, the kinds that its rules read; `told`: numbers of `recommended` that rules read."""

    words: Words
    fixed: Mapping[str, Table]
    coded: Mapping[str, tuple[str, ...]]
    read: Mapping[str, frozenset[str]]
    told: frozenset[str]


_kept: Kept[str, Prepared] = Kept(16)


def prepared(pack: Pack) -> Prepared:
    """The pack made ready, kept by its fingerprint."""
    return _kept.get(pack.fingerprint, lambda: _prepare(pack))


def _prepare(pack: Pack) -> Prepared:
    coded, words = _coded(pack), Words()
    by_kind: dict[str, list[Row]] = {name: [] for name in pack.kinds}
    for fact in pack.fixed:
        by_kind[fact.kind].append((fact, ALWAYS, 0))
    rules = {stage.name: [r for r in pack.rules if r.stage == stage.name] for stage in pack.stages}
    return Prepared(
        words=words,
        fixed={
            name: tabled(pack.kinds[name], coded[name], rows, words)
            for name, rows in by_kind.items()
        },
        coded=coded,
        read={name: read(pack, some) for name, some in rules.items()},
        told=frozenset(_told(pack)),
    )


def tables(
    pack: Pack, ready: Prepared, scenarios: Scenarios, choices: Choices, words: Words
) -> dict[str, Table]:
    """A table for each kind: the pack's own facts, then what the scenarios say."""
    rows: dict[str, list[Row]] = {}
    for fact in scenarios.facts:
        rows.setdefault(fact.kind, []).append((fact, ALWAYS, 0))
    for one in scenarios.varied:
        choice = choices.add(one.taken, len(one.options))
        for option, form in enumerate(one.options):
            if form is not None:
                rows.setdefault(form.kind, []).append((form, choice, option))
    fixed = {kind: [f for f in pack.fixed if f.kind == kind] for kind in rows}
    return {
        name: _with(pack, ready, name, fixed[name], rows[name], words)
        if name in rows
        else replace(table, words=words)
        for name, table in ready.fixed.items()
    }


def _with(
    pack: Pack, ready: Prepared, name: str, fixed: list[Fact], rows: list[Row], words: Words
) -> Table:
    every = [*((fact, ALWAYS, 0) for fact in fixed), *rows]
    return tabled(pack.kinds[name], ready.coded[name], every, words)


def read(pack: Pack, rules: Sequence[Rule]) -> frozenset[str]:
    """The kinds of fact that rules read, those behind the aggregates among them."""
    found = {pattern.kind for rule in rules for pattern in (*rule.when, *rule.unless)}
    for kind in [pack.kinds[name] for name in found]:
        found |= {aggregate.kind for aggregate in kind.aggregates.values()}
        found |= {kind.for_each} if kind.for_each else set()
    return frozenset(found)


def parameters_of(rule: Rule) -> set[str]:
    """The parameters that change what a rule says (its sentence aside)."""
    return _parameters(terms(rule))


def parameters_in(tests: Sequence[tuple[str, Test]]) -> set[str]:
    """The parameters that tests name."""
    return _parameters([term for _, test in tests for term in terms_of(test)])


def _parameters(terms: Sequence[object]) -> set[str]:
    return {term.name for term in terms if isinstance(term, Parameter)}


def _coded(pack: Pack) -> dict[str, tuple[str, ...]]:
    """Keys, words, yes and no, and the numbers that anything joins on."""
    joined = set(_joined(pack))
    return {
        kind.name: tuple(
            name
            for name, attribute in kind.attributes.items()
            if attribute.type != "number" or name in kind.key or (kind.name, name) in joined
        )
        for kind in pack.kinds.values()
    }


def _joined(pack: Pack) -> Iterator[tuple[str, str]]:
    """(kind, attribute) of both sides of every `same as`, of `once per` and of targets."""
    for rule in pack.rules:
        kinds = {pattern.alias: pattern.kind for pattern in rule.when}
        for pattern in (*rule.when, *rule.unless):
            yield from _same(pattern.kind, pattern.tests, kinds)
        for term in ends(rule):
            if isinstance(term, Reference):
                yield kinds[term.alias], term.attribute
    for kind in pack.kinds.values():
        for aggregate in kind.aggregates.values():
            yield from _same(aggregate.kind, aggregate.tests, {kind.for_each: kind.for_each})


def _same(
    kind: str, tests: Sequence[tuple[str, Test]], kinds: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for name, test in tests:
        if isinstance(test, Same):
            yield kind, name
            yield kinds[test.reference.alias], test.reference.attribute


def _told(pack: Pack) -> Iterator[str]:
    """The numbers of `recommended` that decide anything."""
    for kind in pack.kinds.values():
        for aggregate in kind.aggregates.values():
            if aggregate.kind == "recommended":
                yield from (aggregate.of, *(name for name, _ in aggregate.tests))
    for rule in pack.rules:
        patterns = (one for one in (*rule.when, *rule.unless) if one.kind == "recommended")
        yield from (name for pattern in patterns for name, _ in pattern.tests)
        for pattern in rule.when:
            if pattern.kind == "recommended":
                yield from references(rule, pattern.alias)
