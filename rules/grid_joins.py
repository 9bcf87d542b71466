"""Which facts fit together, once for all scenarios: rows of indexes and a mask over scenarios.

`fitting` walks a rule's patterns from left to right. Joins are sorted searches on codes, which no
scenario changes; only masks have a scenario axis. Every row of the result is one way to fill
the patterns, in fact-key order, and fits in at least one scenario.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.condition import (
    Compare,
    Comparison,
    Constant,
    Expression,
    Negative,
    Operation,
    Parameter,
    Reference,
    Same,
    Test,
)
from rules.errors import TooManyMatches
from rules.grid_tables import Codes, Mask, Numbers, Table, World
from rules.grid_tests import COMPARE, number_of, passes
from rules.pack import Pattern, Rule

ROWS = 2_000_000  # combinations of facts that one rule may hold in memory

Index = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Fit:
    """Facts that fill patterns together: `rows[i, p]` in the table of alias p; `mask[i, scenario]`
    where they do."""

    aliases: tuple[str, ...]
    tables: tuple[Table, ...]
    rows: Index
    mask: Mask

    def codes(self, reference: Reference) -> Codes:
        """[rows]: the codes of the attribute that is referred to."""
        place = self.aliases.index(reference.alias)
        return self.tables[place].codes[reference.attribute][self.rows[:, place]]

    def numbers(self, reference: Reference) -> Numbers:
        """[rows, 1 or scenarios]: the numbers of the attribute that is referred to."""
        place = self.aliases.index(reference.alias)
        return self.tables[place].numbers[reference.attribute][self.rows[:, place]]

    def trust(self) -> Numbers:
        """[rows, 1 or scenarios]: the lowest trust among the facts of each row."""
        lowest = np.ones((len(self.rows), 1))
        for place, table in enumerate(self.tables):
            lowest = np.minimum(lowest, table.trust[self.rows[:, place]])
        return lowest

    def where(self, kept: Mask) -> Fit:
        """The rows that stand in some scenario once `kept` is required too."""
        mask = self.mask & kept
        some = mask.any(axis=1)
        return Fit(self.aliases, self.tables, self.rows[some], mask[some])


def fitting(world: World, rule: Rule) -> Fit:
    """Every way in which a rule's `when`, `unless` and `where` hold. Raises TooManyMatches."""
    fit = Fit((), (), np.zeros((1, 0), dtype=np.intp), np.ones((1, 1), dtype=np.bool_))
    for pattern in rule.when:
        fit = _joined(world, fit, pattern, rule)
    silenced = np.zeros((len(fit.rows), 1), dtype=np.bool_)
    for pattern in rule.unless if len(fit.rows) else ():
        begun, _, mask = pairs(world, fit, pattern, rule)
        silenced = silenced | gathered(np.logical_or, begun, mask, len(fit.rows), False)
    fit = fit.where(~silenced)
    for comparison in rule.where:
        fit = fit.where(holds(world, fit, comparison))
    return fit


def _joined(world: World, fit: Fit, pattern: Pattern, rule: Rule) -> Fit:
    """One pattern further. Once nothing fits, nothing more is looked at."""
    if not len(fit.rows):
        rows = np.zeros((0, len(fit.aliases) + 1), dtype=np.intp)
        return Fit(
            (*fit.aliases, pattern.alias), (*fit.tables, world.tables[pattern.kind]), rows, fit.mask
        )
    begun, row, mask = pairs(world, fit, pattern, rule)
    return Fit(
        (*fit.aliases, pattern.alias),
        (*fit.tables, world.tables[pattern.kind]),
        np.column_stack([fit.rows[begun], row]),
        mask,
    )


def pairs(world: World, fit: Fit, pattern: Pattern, rule: Rule | None) -> tuple[Index, Index, Mask]:
    """(row of `fit`, row of the pattern's table, mask) of all that fit, sorted by both."""
    table = world.tables[pattern.kind]
    alive = table.present
    for name, test in pattern.tests:
        if _refers(test) is None:
            alive = alive & passes(table, name, test, world.parameters)
    candidates = np.flatnonzero(alive.any(axis=1))
    begun, row = _meeting(fit, table, candidates, pattern.tests, rule)
    mask = fit.mask[begun] & alive[row]
    for name, test in pattern.tests:
        mask = mask & _meets(fit, table, begun, row, (name, test))
    some = mask.any(axis=1)
    return begun[some], row[some], mask[some]


def gathered(
    how: np.ufunc, rows: Index, values: NDArray[Any], size: int, none: float
) -> NDArray[Any]:
    """[size, …]: `values` brought together by row with `how`; `none` where a row has no value."""
    result = np.full((size, values.shape[1]), none, dtype=values.dtype)
    if len(rows):
        starts = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]])
        result[rows[starts]] = how.reduceat(values, starts, axis=0)
    return result


def _refers(test: Test) -> Reference | None:
    if isinstance(test, Same):
        return test.reference
    if isinstance(test, Compare) and isinstance(test.term, Reference):
        return test.term
    return None


def _meeting(
    fit: Fit,
    table: Table,
    candidates: Index,
    tests: Sequence[tuple[str, Test]],
    rule: Rule | None,
) -> tuple[Index, Index]:
    """(row of `fit`, row of `table`) of all pairs that every `same as` allows."""
    here = np.zeros(len(candidates), dtype=np.int64)
    there = np.zeros(len(fit.rows), dtype=np.int64)
    joined = False
    for name, test in tests:
        if isinstance(test, Same) and not test.negated:
            mine, theirs = table.codes[name][candidates], fit.codes(test.reference)
            here, there = _both((here, mine), (there, theirs)) if joined else (mine, theirs)
            joined = True
    order = np.argsort(here, kind="stable")
    order = order[here[order] >= 0]
    first = np.searchsorted(here[order], there, side="left")
    counts = np.searchsorted(here[order], there, side="right") - first
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


def _meets(fit: Fit, table: Table, begun: Index, row: Index, cell: tuple[str, Test]) -> Mask:
    """[pairs, 1 or scenarios]: whether a test that refers to an earlier fact holds."""
    name, test = cell
    if isinstance(test, Same) and test.negated:
        mine, theirs = table.codes[name][row], fit.codes(test.reference)[begun]
        unlike: Mask = (mine >= 0) & (theirs >= 0) & (mine != theirs)
        return unlike[:, None]
    if isinstance(test, Compare) and isinstance(test.term, Reference):
        return COMPARE[test.order](table.numbers[name][row], fit.numbers(test.term)[begun])
    return np.ones((1, 1), dtype=np.bool_)


# Arithmetic: `where` and `points`.


def amount(world: World, fit: Fit, expression: Expression) -> Numbers:
    """[rows, 1 or scenarios]: a sum or product, in the order it is written; NaN if anything is
    missing."""
    if isinstance(expression, Reference):
        return fit.numbers(expression)
    if isinstance(expression, Constant | Parameter):
        return np.full((len(fit.rows), 1), number_of(expression, world.parameters))
    if isinstance(expression, Negative):
        return -amount(world, fit, expression.of)
    return _operated(
        expression, amount(world, fit, expression.left), amount(world, fit, expression.right)
    )


def _operated(operation: Operation, left: Numbers, right: Numbers) -> Numbers:
    if operation.sign == "+":
        return left + right
    return left - right if operation.sign == "-" else left * right


def holds(world: World, fit: Fit, comparison: Comparison) -> Mask:
    """[rows, 1 or scenarios]: both sides known and, to six decimals, as the comparison says."""
    left = rounded(amount(world, fit, comparison.left))
    right = rounded(amount(world, fit, comparison.right))
    known = ~(np.isnan(left) | np.isnan(right))
    return known & COMPARE[comparison.comparator](left, right)


def rounded(numbers: Numbers) -> Numbers:
    """Six decimals, by the same float steps as `condition.six`."""
    return np.rint(numbers * 1e6) / 1e6
