"""From the facts of each scenario to tables: what makes a row, and which column holds what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from rules.condition import Reference, Same, Test
from rules.grid_tables import Identity, Mask, Numbers, Table, Words, folded, in_key_order
from rules.pack import Fact, Pack, Recommend, Rule


def identity(pack: Pack) -> Identity:
    """What makes a row: keys, words, yes and no, and the numbers that anything joins on."""
    joined = set(_joined(pack))
    return {
        kind.name: frozenset(
            name
            for name, attribute in kind.attributes.items()
            if attribute.type != "number" or name in kind.key or (kind.name, name) in joined
        )
        for kind in pack.kinds.values()
    }


def _joined(pack: Pack) -> Iterator[tuple[str, str]]:
    """(kind, attribute) of both sides of every `same as`, of `once per` and of targets."""
    for rule in pack.rules:
        yield from _joined_by(rule)
    for kind in pack.kinds.values():
        for aggregate in kind.aggregates.values():
            for name, reference in _same(aggregate.tests):
                yield aggregate.kind, name
                yield reference.alias, reference.attribute


def _joined_by(rule: Rule) -> Iterator[tuple[str, str]]:
    kinds = {pattern.alias: pattern.kind for pattern in rule.when}
    for pattern in (*rule.when, *rule.unless):
        for name, reference in _same(pattern.tests):
            yield pattern.kind, name
            yield kinds[reference.alias], reference.attribute
    for term in _told(rule):
        if isinstance(term, Reference):
            yield kinds[term.alias], term.attribute


def _same(tests: Sequence[tuple[str, Test]]) -> Iterator[tuple[str, Reference]]:
    return ((name, test.reference) for name, test in tests if isinstance(test, Same))


def _told(rule: Rule) -> tuple[object, ...]:
    end = rule.conclusion
    if isinstance(end, Recommend):
        return (*end.targets, end.of, rule.once_per)
    return (end.about,)


Cell = tuple[int, int, Fact]  # row, scenario, fact


def from_facts(
    pack: Pack, same: Identity, kind: str, scenarios: Sequence[Sequence[Fact]], words: Words
) -> Table:
    """The table of a kind: the pack's own facts in every scenario, then what each scenario says."""
    attributes = pack.kinds[kind].attributes
    names = [name for name in attributes if name in same[kind]]
    rows: dict[tuple[int, ...], int] = {}
    cells: list[Cell] = []
    fixed = [fact for fact in pack.fixed if fact.kind == kind]
    own = [[fact for fact in facts if fact.kind == kind] for facts in scenarios]
    if not any(own):
        own = [[]]
    for at, facts in enumerate(own):
        for fact in (*fixed, *facts):
            codes = tuple(words.code(fact.values.get(name)) for name in names)
            cells.append((rows.setdefault(codes, len(rows)), at, fact))
    shape = len(rows), len(own)
    table = Table(
        kind=kind,
        words=words,
        codes={
            name: np.array([codes[place] for codes in rows], dtype=np.int64)
            for place, name in enumerate(names)
        },
        numbers={
            name: _numbers(shape, [(r, at, _number(fact, name)) for r, at, fact in cells])
            for name, attribute in attributes.items()
            if attribute.type == "number"
        },
        present=_present(shape, cells),
        trust=_numbers(shape, [(row, at, fact.trust) for row, at, fact in cells]),
    )
    return in_key_order(pack, table)


def _number(fact: Fact, name: str) -> float:
    value = fact.values.get(name)
    return float("nan") if value is None else float(value)


def _present(shape: tuple[int, int], cells: Sequence[Cell]) -> Mask:
    present = np.zeros(shape, dtype=np.bool_)
    for row, at, _ in cells:
        present[row, at] = True
    return folded(present)


def _numbers(shape: tuple[int, int], cells: Sequence[tuple[int, int, float]]) -> Numbers:
    """[rows, 1 or scenarios]; where a fact is absent, any of its numbers stands."""
    numbers = np.full(shape, np.nan)
    for row, _, value in cells:
        numbers[row] = value
    for row, at, value in cells:
        numbers[row, at] = value
    return folded(numbers)
