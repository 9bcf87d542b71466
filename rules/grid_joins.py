"""Which facts fit together, and in which scenarios: rows of indexes and conditions on choices.

`fitting` walks a rule's patterns from left to right. Joins are sorted searches on codes. Every row
of the result is one way to fill the patterns, in fact-key order, and stands where all of its facts
take the form that it was matched in and nothing silences it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.condition import (
    Compare,
    Reference,
    Same,
    Test,
    reference_of,
)
from rules.errors import TooManyMatches
from rules.grid_amounts import holds
from rules.grid_fit import Fit, Silence
from rules.grid_seen import seen
from rules.grid_tables import ALWAYS, Codes, Index, Mask, Table, World
from rules.grid_tests import COMPARE, passes
from rules.pack import Pattern, Rule

ROWS = 2_000_000  # combinations of facts that one rule may hold in memory


NOTHING = Silence(*(np.zeros(0, dtype=np.intp),) * 3)


def fitting(world: World, rule: Rule) -> Fit | None:
    """Every way in which a rule's `when` and `where` hold; None if there is none. Raises
    TooManyMatches."""
    if not all(len(world.tables[pattern.kind]) for pattern in rule.when):
        return None
    fit = Fit((), (), np.zeros((1, 0), dtype=np.intp))
    for pattern in rule.when:
        begun, row = pairs(world, fit, pattern, rule)
        if not len(row):
            return None
        fit = Fit(
            (*fit.aliases, pattern.alias),
            (*fit.tables, seen(world, pattern, rule)),
            np.column_stack([fit.rows[begun], row]),
        )
    for comparison in rule.where:
        fit = fit.where(holds(world, fit, comparison))
    return fit if len(fit) else None


def silenced(world: World, rule: Rule, fit: Fit) -> tuple[Mask, Silence]:
    """(rows that no scenario silences for good, what silences some of them somewhere)."""
    never = np.ones(len(fit), dtype=np.bool_)
    if not rule.unless:
        return never, NOTHING
    found = [(np.zeros(0, dtype=np.intp),) * 3]
    for pattern in rule.unless:
        table = seen(world, pattern, rule)
        begun, row = pairs(world, fit, pattern, rule)
        always = table.choice[row] == ALWAYS
        never[begun[always]] = False
        found.append((begun[~always], table.choice[row[~always]], table.option[row[~always]]))
    row, choice, option = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(row, kind="stable")
    order = order[never[row[order]]]
    place = np.cumsum(never) - 1
    return never, Silence(place[row[order]], choice[order], option[order])


def pairs(world: World, fit: Fit, pattern: Pattern, rule: Rule | None) -> tuple[Index, Index]:
    """(row of `fit`, row of the pattern's table) of all that fit, sorted by both."""
    table = seen(world, pattern, rule)
    referring = [cell for cell in pattern.tests if reference_of(cell[1]) is not None]
    alive = [
        passes(table, name, test, world.parameters)
        for name, test in pattern.tests
        if reference_of(test) is None
    ]
    candidates = np.flatnonzero(np.logical_and.reduce(alive)) if alive else np.arange(len(table))
    begun, row = _meeting(fit, table, candidates, referring, rule)
    for cell in referring:
        kept = _meets(fit, table, begun, row, cell)
        if kept is not None and not kept.all():
            begun, row = begun[kept], row[kept]
    for place, other in enumerate(fit.tables):
        if other.kind == table.kind and (table.choice >= 0).any():
            kept = _together(other, fit.rows[begun, place], table, row)
            begun, row = begun[kept], row[kept]
    return begun, row


def _together(one: Table, rows: Index, other: Table, beside: Index) -> Mask:
    """Two forms of one fact never stand in the same scenario, whatever each pattern sees of it."""
    same = (one.choice[rows] == other.choice[beside]) & (one.choice[rows] >= 0)
    together: Mask = ~(same & (one.option[rows] != other.option[beside]))
    return together


def gathered(
    how: np.ufunc, rows: Index, values: NDArray[Any], size: int, none: float
) -> NDArray[Any]:
    """[size, …]: `values` brought together by row with `how`; `none` where a row has no value."""
    result = np.full((size, *values.shape[1:]), none, dtype=values.dtype)
    if len(rows):
        starts = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]])
        result[rows[starts]] = how.reduceat(values, starts, axis=0)
    return result


def _meeting(
    fit: Fit,
    table: Table,
    candidates: Index,
    tests: Sequence[tuple[str, Test]],
    rule: Rule | None,
) -> tuple[Index, Index]:
    """(row of `fit`, row of `table`) of all pairs that every `same as` allows."""
    here = np.zeros(len(candidates), dtype=np.int64)
    there = np.zeros(len(fit), dtype=np.int64)
    joined = False
    for name, test in tests:
        if isinstance(test, Same) and not test.negated:
            mine, theirs = table.codes[name][candidates], fit.codes(test.reference)
            here, there = _both((here, mine), (there, theirs)) if joined else (mine, theirs)
            joined = True
    order = np.argsort(here, kind="stable")
    order = order[here[order] >= 0]
    sorted_here = here[order]
    first = np.searchsorted(sorted_here, there, side="left")
    counts = np.searchsorted(sorted_here, there, side="right") - first
    counts[there < 0] = 0
    if (total := int(counts.sum())) > ROWS:
        name = rule.title if rule else "a count of the vocabulary"
        raise TooManyMatches(f"{name} would have to look at {total:,} combinations of facts.")
    begun = np.repeat(np.arange(len(there)), counts)
    place = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
    return begun, candidates[order[np.repeat(first, counts) + place]]


def _both(here: tuple[Codes, Codes], there: tuple[Codes, Codes]) -> tuple[Codes, Codes]:
    """One code for two on either side, equal where both are; -1 where one is missing."""
    begun, codes = (np.concatenate(both) for both in zip(here, there, strict=True))
    _, one = np.unique(begun << 32 | codes & 0xFFFFFFFF, return_inverse=True)
    one[(begun < 0) | (codes < 0)] = -1
    return one[: len(here[0])], one[len(here[0]) :]


def _meets(fit: Fit, table: Table, begun: Index, row: Index, cell: tuple[str, Test]) -> Mask | None:
    """[pairs]: whether a test that refers to an earlier fact holds; None if it was joined on."""
    name, test = cell
    if isinstance(test, Same) and test.negated:
        mine, theirs = table.codes[name][row], fit.codes(test.reference)[begun]
        unlike: Mask = (mine >= 0) & (theirs >= 0) & (mine != theirs)
        return unlike
    if isinstance(test, Compare) and isinstance(test.term, Reference):
        return COMPARE[test.order](table.numbers[name][row], fit.numbers(test.term)[begun])
    return None
