"""Expectations against the catalogue: a number that should fall is not expected to rise."""

from __future__ import annotations

from collections.abc import Iterator

from rules.checking.findings import Finding, about
from rules.checking.witness import Witnesses
from rules.condition import Constant, Reference
from rules.domains import single
from rules.pack import Entry, Fact, Pack, Rule
from rules.targets import catalogue_of

_AGAINST = {"up": "down", "down": "up"}


def contrary(witnesses: Witnesses) -> Iterator[Finding]:
    """Rules whose expectation speaks of a number that gets better the other way: by its name, or in
    a state in which the engine was seen to speak of it. Where the catalogue says no direction, or
    the search finds no such state, nothing is said."""
    pack = witnesses.world.pack
    for rule in pack.rules:
        found = next(_contrary(witnesses, rule, pack), None)
        if found is not None:
            entry, facts = found
            yield about(
                rule,
                f"it expects “{entry.title}” to go {rule.expect.direction if rule.expect else ''}, "
                f"and that number is better when it goes {entry.values['direction']}. Write "
                "`direction: better`, or name the direction in which it gets better.",
                facts,
            )


def _contrary(
    witnesses: Witnesses, rule: Rule, pack: Pack
) -> Iterator[tuple[Entry, tuple[Fact, ...]]]:
    expected = rule.expect
    against = _AGAINST.get(expected.direction, "") if expected else ""
    if expected is None or not against:
        return
    for entry in pack.catalogues.get(catalogue_of(pack, "kpi"), {}).values():
        if entry.values.get("direction") != against:
            continue
        if isinstance(expected.kpi, Constant) and expected.kpi.value == entry.id:
            yield entry, ()
        if isinstance(expected.kpi, Reference):
            state = witnesses.of(rule, pins={expected.kpi: single(entry.id)})
            if state is not None:
                yield entry, state.facts
