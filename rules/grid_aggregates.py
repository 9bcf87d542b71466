"""Aggregates of the vocabulary over many scenarios at once, from the facts as a stage begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rules.condition import Value
from rules.grid_axis import Axis, Forms, forms
from rules.grid_derived import codes_of
from rules.grid_facts import Prepared, parameters_in
from rules.grid_fit import Fit
from rules.grid_joins import pairs
from rules.grid_states import Joint
from rules.grid_tables import ALWAYS, Codes, Index, Numbers, Table, World
from rules.grid_varied import Varied
from rules.pack import Aggregate, Kind, Pack, Pattern


def aggregated(
    pack: Pack, ready: Prepared, world: World, read: frozenset[str], way: tuple[Varied, Joint]
) -> World:
    """The world with the aggregate kinds that are read counted anew; they do not see each other."""
    counted = {
        kind.name: _table(pack, ready, kind, world, way)
        for kind in pack.kinds.values()
        if kind.aggregates and kind.name in read
    }
    return replace(world, tables={**world.tables, **counted})


def _table(
    pack: Pack, ready: Prepared, kind: Kind, world: World, way: tuple[Varied, Joint]
) -> Table:
    """One fact for each fact of the for-each kind, or a single one."""
    varied, joint = way
    each = world.tables[kind.for_each] if kind.for_each else None
    fit = _each(kind, each)
    columns = [list(_counted(world, fit, one, varied)) for one in kind.aggregates.values()]
    found: Forms = []
    values: list[list[float]] = []
    for rows in _same_fact(each, len(fit)):
        axis = Axis(joint, _support(each, rows, columns))
        seen = [_number(each, rows, column, axis) for column in columns]
        trust = np.minimum.reduce([least for _, least in seen])
        held = [*(number for number, _ in seen), trust]
        made, at = forms(int(rows[0]), _there(each, rows, axis), held, axis)
        found += made
        values += [[float(one[place]) for one in held] for place in at]
    row, choice, option = np.array(found, dtype=np.intp).reshape(-1, 3).T
    whole = np.array(values, dtype=np.float64).reshape(len(found), len(columns) + 1)
    numbers = {name: whole[:, at] for at, name in enumerate(kind.aggregates)}
    codes: dict[str, Codes] = {}
    if each is not None:
        for name, own in zip(kind.key, pack.kinds[kind.for_each].key, strict=True):
            codes[name] = each.codes[own][row]
            if own in each.numbers:
                numbers[name] = each.numbers[own][row]
    for name in ready.coded[kind.name]:
        if name not in codes:
            codes[name] = codes_of(numbers[name], world.words)
    table = Table(kind.name, world.words, codes, numbers, whole[:, -1], choice, option)
    return table.in_key_order(kind.key)


def _each(kind: Kind, each: Table | None) -> Fit:
    if each is None:
        return Fit((), (), np.zeros((1, 0), dtype=np.intp))
    return Fit((kind.for_each,), (each,), np.arange(len(each))[:, None])


def _same_fact(each: Table | None, size: int) -> list[Index]:
    """The rows that are forms of one fact, together."""
    if each is None:
        return [np.arange(size)]
    alone = np.flatnonzero(each.choice == ALWAYS)
    several = [np.flatnonzero(each.choice == one) for one in np.unique(each.choice) if one >= 0]
    return [*(alone[at : at + 1] for at in range(len(alone))), *several]


@dataclass(frozen=True, slots=True)
class Counted:
    """What an aggregate counts where `also` holds: `row` of a table for fact `begun`, sorted by
    both. A fact that lacks the attribute is not counted. Sums are of whole millionths (`scale`), so
    that no order changes them; so are means."""

    how: np.ufunc
    none: float
    scale: float
    mean: bool
    table: Table
    begun: Index
    row: Index
    values: Numbers
    also: tuple[tuple[int, int], ...]

    def rows(self, fact: int) -> slice:
        """What is counted for one fact."""
        return slice(*np.searchsorted(self.begun, [fact, fact + 1]).tolist())

    def choices(self, fact: int) -> set[int]:
        """The choices on which the number depends."""
        counted = self.table.choice[self.row[self.rows(fact)]]
        return {*counted[counted >= 0].tolist(), *(choice for choice, _ in self.also)}

    def number(self, fact: int, axis: Axis) -> tuple[Numbers, Numbers]:
        """[axis]: the number, and the lowest trust of what was counted."""
        rows = self.rows(fact)
        trust = self.table.trust[self.row[rows]]
        number = self._together(self.how, self.none, rows, self.values[rows], axis)
        if self.mean:
            many = self._together(np.add, 0.0, rows, np.ones(len(trust)), axis)
            number = np.rint(number / np.where(many > 0, many, np.nan))
        return number / self.scale, self._together(np.minimum, 1.0, rows, trust, axis)

    def _together(
        self, how: np.ufunc, none: float, rows: slice, values: Numbers, axis: Axis
    ) -> Numbers:
        choice, option = self.table.choice[self.row[rows]], self.table.option[self.row[rows]]
        always = choice == ALWAYS
        whole = np.full(axis.size, how.reduce(values[always], initial=none))
        for one in np.unique(choice[~always]).tolist():
            options = np.full(axis.joint.choices.sizes[one], none)
            mine = choice == one
            options[option[mine]] = values[mine]
            whole = how(whole, options[axis.taken(one)])
        return whole


def _counted(world: World, fit: Fit, one: Aggregate, varied: Varied) -> Iterator[Counted]:
    """What an aggregate counts, once for each way in which its parameters are set."""
    for parameters, also in varied.ways(parameters_in(one.tests), world.parameters):
        yield _under(world, fit, one, parameters, tuple(also))


def _under(
    world: World,
    fit: Fit,
    one: Aggregate,
    parameters: Mapping[str, Value],
    also: tuple[tuple[int, int], ...],
) -> Counted:
    here = replace(world, parameters=parameters)
    begun, row = pairs(here, fit, Pattern(one.kind, "", one.tests), None)
    table = world.tables[one.kind]
    values = np.ones(len(row))
    if one.how != "count":
        values = table.numbers[one.of][row]
        known = ~np.isnan(values)
        begun, row, values = begun[known], row[known], values[known]
    scale = 1e6 if one.how in ("sum", "mean") else 1.0
    if scale > 1:
        values = np.rint(values * scale)
    how = {"most": np.fmax, "least": np.fmin}.get(one.how, np.add)
    none = 0.0 if how is np.add else np.nan
    return Counted(how, none, scale, one.how == "mean", table, begun, row, values, also)


def _support(
    each: Table | None, rows: Index, columns: Sequence[Sequence[Counted]]
) -> tuple[int, ...]:
    """Every choice on which one aggregate fact depends."""
    on = {
        choice
        for column in columns
        for way in column
        for row in rows.tolist()
        for choice in way.choices(row)
    }
    if each is not None and each.choice[rows[0]] != ALWAYS:
        on.add(int(each.choice[rows[0]]))
    return tuple(sorted(on))


def _there(each: Table | None, rows: Index, axis: Axis) -> Numbers:
    """[axis]: 1 where the fact is there."""
    if each is None or each.choice[rows[0]] == ALWAYS:
        return np.ones(axis.size)
    taken = axis.taken(int(each.choice[rows[0]]))
    return np.isin(taken, each.option[rows]).astype(np.float64)


def _number(
    each: Table | None, rows: Index, column: Sequence[Counted], axis: Axis
) -> tuple[Numbers, Numbers]:
    """[axis]: the number of whichever form is there, under the parameters as they are there."""
    number, least = np.full(axis.size, np.nan), np.ones(axis.size)
    for way in column:
        under = axis.where(way.also)
        for row in rows.tolist():
            here = under
            if each is not None and each.choice[row] != ALWAYS:
                here = under & (axis.taken(int(each.choice[row])) == each.option[row])
            one, trust = way.number(row, axis)
            number, least = np.where(here, one, number), np.where(here, trust, least)
    return number, least
