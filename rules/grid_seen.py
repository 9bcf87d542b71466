"""A fact as one pattern sees it: forms that differ only in what the rule does not read are one.

A rule that reads who somebody is, and not for how many hours, has one match for this person and
not one for each number of hours.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rules.grid_tables import ALWAYS, Choices, Index, Numbers, Table, World, numbered
from rules.pack import Pattern, Rule
from rules.terms import references


def seen(world: World, pattern: Pattern, rule: Rule | None) -> Table:
    """The table of a pattern's kind, with only those forms that the rule can tell apart."""
    table = world.tables[pattern.kind]
    if rule is None or not (table.choice >= 0).any():
        return table
    read = frozenset(_read(pattern, rule))
    key = id(table), read
    if key not in world.views:
        world.views[key] = table, _merged(table, read, world.choices)
    return world.views[key][1]


def _read(pattern: Pattern, rule: Rule) -> set[str]:
    """The attributes of a pattern's fact that decide anything in the rule."""
    return references(rule, pattern.alias) | {name for name, _ in pattern.tests}


def _merged(table: Table, read: frozenset[str], choices: Choices) -> Table:
    columns = [column for name, column in table.codes.items() if name in read]
    for name in sorted(read):
        if name in table.numbers and name not in table.codes:
            columns.append(_ids(table.numbers[name]))
    alone = np.where(table.choice < 0, np.arange(len(table)), -1)
    columns += [_ids(table.trust), table.choice, alone]
    first, form = numbered(np.column_stack(columns))
    if len(first) == len(table):
        return table
    choice, option = table.choice.copy(), table.option.copy()
    for one in np.unique(table.choice[table.choice >= 0]).tolist():
        rows = np.flatnonzero(table.choice == one)
        forms, number = np.unique(form[rows], return_inverse=True)
        if len(forms) < len(rows):
            choice[rows], option[rows] = _fewer(choices, one, table.option[rows], number)
    kept = np.sort(first)
    merged = replace(table, choice=choice, option=option).taken(kept)
    return replace(merged, source=table, origin=table.choice[kept])


def _fewer(choices: Choices, one: int, options: Index, number: Index) -> tuple[int, Index]:
    """(a choice of fewer options, or ALWAYS; the options of the rows)."""
    forms = int(number.max()) + 1
    new = np.full(choices.sizes[one], forms, dtype=np.int32)  # not there: the last option
    new[options] = number
    if forms == 1 and len(options) == choices.sizes[one]:
        return ALWAYS, np.zeros(len(options), dtype=np.intp)
    return choices.follow(one, new, forms + 1), number


def _ids(numbers: Numbers) -> Index:
    return np.unique(numbers, return_inverse=True)[1]
