"""Aggregates of the vocabulary over many scenarios at once, from the facts as a stage begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from rules.grid_derived import Forms, codes_of, forms
from rules.grid_facts import Prepared, parameters_in
from rules.grid_joins import Fit, gathered, pairs
from rules.grid_states import numbered
from rules.grid_tables import ALWAYS, Choices, Codes, Index, Numbers, Table, World
from rules.grid_varied import Varied
from rules.pack import Aggregate, Kind, Pack, Pattern


@dataclass(slots=True)
class Column:
    """One number for each fact of the for-each kind: `same` where no scenario changes it, else
    `varying[row]`, a number a scenario."""

    same: Numbers
    varying: dict[int, Numbers] = field(default_factory=dict)

    def at(self, row: int) -> Numbers:
        """[1 or scenarios]."""
        return self.varying.get(row, self.same[row : row + 1])


def aggregated(
    pack: Pack, ready: Prepared, world: World, read: frozenset[str], varied: Varied
) -> World:
    """The world with the aggregate kinds that are read counted anew; they do not see each other."""
    counted = {
        kind.name: _table(pack, ready, kind, world, varied)
        for kind in pack.kinds.values()
        if kind.aggregates and kind.name in read
    }
    return replace(world, tables={**world.tables, **counted})


def _table(pack: Pack, ready: Prepared, kind: Kind, world: World, varied: Varied) -> Table:
    """One fact for each fact of the for-each kind, or a single one."""
    fit = _each(kind, world)
    columns: dict[str, Column] = {}
    trust = Column(np.ones(len(fit)))
    for name, aggregate in kind.aggregates.items():
        columns[name], least = _column(world, fit, aggregate, varied)
        trust = _lower(trust, least)
    each = world.tables[kind.for_each] if kind.for_each else None
    found: Forms = []
    values: list[list[float]] = []
    for rows in _same_fact(each, len(fit)):
        seen = [_seen(each, rows, column, varied.choices) for column in [*columns.values(), trust]]
        there = _there(each, rows, varied.choices)
        made, some = _forms(rows[0], there, seen, varied.choices)
        found += made
        values += some
    row, choice, option, _ = np.array(found, dtype=np.intp).reshape(-1, 4).T
    held = np.array(values, dtype=np.float64).reshape(len(found), len(columns) + 1)
    numbers = {name: held[:, at] for at, name in enumerate(columns)}
    codes: dict[str, Codes] = {}
    if each is not None:
        for name, own in zip(kind.key, pack.kinds[kind.for_each].key, strict=True):
            codes[name] = each.codes[own][row]
            if own in each.numbers:
                numbers[name] = each.numbers[own][row]
    for name in ready.coded[kind.name]:
        if name not in codes:
            codes[name] = codes_of(numbers[name], world.words)
    table = Table(kind.name, world.words, codes, numbers, held[:, -1], choice, option)
    return table.in_key_order(kind.key)


def _each(kind: Kind, world: World) -> Fit:
    if not kind.for_each:
        return Fit((), (), np.zeros((1, 0), dtype=np.intp))
    each = world.tables[kind.for_each]
    return Fit((kind.for_each,), (each,), np.arange(len(each))[:, None])


def _same_fact(each: Table | None, size: int) -> list[Index]:
    """The rows that are forms of one fact, together."""
    if each is None:
        return [np.arange(size)]
    alone = np.flatnonzero(each.choice == ALWAYS)
    several = [np.flatnonzero(each.choice == one) for one in np.unique(each.choice) if one >= 0]
    return [*(alone[at : at + 1] for at in range(len(alone))), *several]


def _there(each: Table | None, rows: Index, choices: Choices) -> Numbers:
    """[1 or scenarios]: 1 where the fact is there."""
    if each is None or each.choice[rows[0]] == ALWAYS:
        return np.ones(1)
    taken = choices.taken[each.choice[rows[0]]]
    return np.isin(taken, each.option[rows]).astype(np.float64)


def _seen(each: Table | None, rows: Index, column: Column, choices: Choices) -> Numbers:
    """[1 or scenarios]: the number of whichever form is there."""
    if each is None or each.choice[rows[0]] == ALWAYS:
        return column.at(int(rows[0]))
    taken = choices.taken[each.choice[rows[0]]]
    seen = np.zeros(len(taken))
    for row in rows.tolist():
        seen = np.where(taken == each.option[row], column.at(row), seen)
    return seen


def _forms(
    row: int, there: Numbers, seen: Sequence[Numbers], choices: Choices
) -> tuple[Forms, list[list[float]]]:
    """The forms of one aggregate fact, and the numbers in each."""
    whole = np.broadcast_arrays(there, *seen)
    ids = [np.unique(one, return_inverse=True)[1] for one in whole]
    first, number = numbered(np.column_stack(ids))
    absent = next((at for at, one in enumerate(first.tolist()) if not whole[0][one]), -1)
    made = forms(row, number, first, choices, absent)
    return made, [[float(one[at]) for one in whole[1:]] for _, _, _, at in made]


def _lower(one: Column, other: Column) -> Column:
    lowest = Column(np.minimum(one.same, other.same))
    for row in {*one.varying, *other.varying}:
        lowest.varying[row] = np.minimum(one.at(row), other.at(row))
    return lowest


def _column(world: World, fit: Fit, aggregate: Aggregate, varied: Varied) -> tuple[Column, Column]:
    """(the number, the lowest trust of what was counted), under the parameters of each scenario."""
    counts = _counts(world, fit, aggregate, varied.choices)
    for where, parameters in varied.worlds(parameters_in(aggregate.tests), world.parameters):
        under = _counts(replace(world, parameters=parameters), fit, aggregate, varied.choices)
        for column, other in zip(counts, under, strict=True):
            for row in range(len(fit)):
                column.varying[row] = np.where(where, other.at(row), column.at(row))
    return counts


def _counts(
    world: World, fit: Fit, aggregate: Aggregate, choices: Choices
) -> tuple[Column, Column]:
    """A fact that lacks the attribute is not counted. Sums are of whole millionths, so that no
    order changes them."""
    begun, row = pairs(world, fit, Pattern(aggregate.kind, "", aggregate.tests), None)
    table = world.tables[aggregate.kind]
    values = np.ones(len(row))
    if aggregate.how != "count":
        values = table.numbers[aggregate.of][row]
        known = ~np.isnan(values)
        begun, row, values = begun[known], row[known], values[known]
    if aggregate.how == "sum":
        values = np.rint(values * 1e6)
    counted = Counted(table, len(fit), begun, row, choices)
    best = {"most": np.fmax, "least": np.fmin}.get(aggregate.how, np.add)
    number = counted.together(best, values, 0.0 if best is np.add else np.nan)
    if aggregate.how == "sum":
        number.same = number.same / 1e6
        number.varying = {at: numbers / 1e6 for at, numbers in number.varying.items()}
    return number, counted.together(np.minimum, table.trust[row], 1.0)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: `row` of a table for fact `begun` of `size`, sorted by both."""

    table: Table
    size: int
    begun: Index
    row: Index
    choices: Choices

    def together(self, how: np.ufunc, values: Numbers, none: float) -> Column:
        """Values brought together; those that not every scenario has, choice by choice."""
        choice, option = self.table.choice[self.row], self.table.option[self.row]
        always = choice == ALWAYS
        column = Column(gathered(how, self.begun[always], values[always], self.size, none))
        for at in np.unique(self.begun[~always]).tolist():
            number = np.full(self.choices.count, column.same[at])
            mine = (self.begun == at) & ~always
            for one in np.unique(choice[mine]).tolist():
                options = np.full(self.choices.sizes[one], none)
                some = mine & (choice == one)
                options[option[some]] = values[some]
                number = how(number, options[self.choices.taken[one]])
            column.varying[at] = number
        return column
