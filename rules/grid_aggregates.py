"""Aggregates of the vocabulary over many scenarios at once, from the facts as a stage begins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rules.grid_joins import Fit, gathered, pairs
from rules.grid_tables import Identity, Numbers, Table, World, settled
from rules.pack import Aggregate, Kind, Pack, Pattern


def aggregated(pack: Pack, same: Identity, world: World, read: frozenset[str]) -> World:
    """The world with the aggregate kinds that are read counted anew; they do not see each other."""
    counted = {
        kind.name: settled(pack, same, _table(pack, kind, world))
        for kind in pack.kinds.values()
        if kind.aggregates and kind.name in read
    }
    return replace(world, tables={**world.tables, **counted})


def _table(pack: Pack, kind: Kind, world: World) -> Table:
    """One row for each fact of the for-each kind, or a single row."""
    fit = _each(kind, world)
    columns = {name: _column(world, fit, aggregate) for name, aggregate in kind.aggregates.items()}
    trust = np.ones((len(fit.rows), 1))
    for _, least in columns.values():
        trust = np.minimum(trust, least)
    keys = {}
    numbers = {name: column for name, (column, _) in columns.items()}
    for name, own in zip(kind.key, pack.kinds[kind.for_each].key if kind.key else (), strict=True):
        each = world.tables[kind.for_each]
        keys[name] = each.codes[own]
        if own in each.numbers:
            numbers[name] = each.numbers[own]
    return Table(kind.name, world.words, keys, numbers, fit.mask, trust)


def _each(kind: Kind, world: World) -> Fit:
    if not kind.for_each:
        return Fit((), (), np.zeros((1, 0), dtype=np.intp), np.ones((1, 1), dtype=np.bool_))
    each = world.tables[kind.for_each]
    return Fit((kind.for_each,), (each,), np.arange(len(each.present))[:, None], each.present)


def _column(world: World, fit: Fit, aggregate: Aggregate) -> tuple[Numbers, Numbers]:
    """([rows, 1 or scenarios] the number, the lowest trust of what was counted). A fact that lacks
    the attribute is not counted. Sums are of whole millionths, so that no order changes them."""
    pattern = Pattern(aggregate.kind, "", aggregate.tests)
    begun, row, mask = pairs(world, fit, pattern, None)
    table = world.tables[aggregate.kind]
    size = len(fit.rows)
    if aggregate.how != "count":
        mask = mask & ~np.isnan(table.numbers[aggregate.of][row])
    trust = gathered(np.minimum, begun, np.where(mask, table.trust[row], 1.0), size, 1.0)
    if aggregate.how == "count":
        return gathered(np.add, begun, mask.astype(np.float64), size, 0.0), trust
    numbers = np.where(mask, table.numbers[aggregate.of][row], np.nan)
    if aggregate.how == "sum":
        return gathered(
            np.add, begun, np.rint(np.nan_to_num(numbers) * 1e6), size, 0.0
        ) / 1e6, trust
    best = np.fmax if aggregate.how == "most" else np.fmin
    return gathered(best, begun, numbers, size, np.nan), trust
