"""Facts of many scenarios as columns: one table a kind, one row a fact, one column a scenario.

A row's identity is all that can be joined: its key, its words, its yes and no, and the numbers that
some rule joins on. So joins are the same in every scenario and are done once. Other numbers, trust
and whether the fact is there at all may differ; an array's second axis is then the scenarios,
and 1 where they all agree, which numpy stretches by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.condition import Value
from rules.facts import key
from rules.pack import Fact, Pack

Codes = NDArray[np.int64]  # [rows]: a value's number in `Words`, -1 where it is missing
Numbers = NDArray[np.float64]  # [rows, 1 or scenarios], NaN where it is missing
Mask = NDArray[np.bool_]  # [rows, 1 or scenarios]
Identity = Mapping[str, frozenset[str]]  # kind -> attributes that are the same in every scenario


@dataclass(slots=True)
class Words:
    """Values as small integers. A number, a word and a yes never share one."""

    values: list[Value] = field(default_factory=list)
    numbered: dict[tuple[str, Value], int] = field(default_factory=dict)

    def code(self, value: Value | None) -> int:
        """The code of a value; -1 for none."""
        if value is None:
            return -1
        name = type(value).__name__ if isinstance(value, bool | str) else "number"
        code = self.numbered.setdefault((name, value), len(self.values))
        if code == len(self.values):
            self.values.append(value)
        return code

    def word(self, code: int) -> str:
        """The word behind a code; '' for -1."""
        return str(self.values[code]) if code >= 0 else ""


@dataclass(frozen=True, slots=True)
class Table:
    """All facts of one kind in any scenario, in the order of their keys."""

    kind: str
    words: Words
    codes: Mapping[str, Codes]
    numbers: Mapping[str, Numbers]
    present: Mask
    trust: Numbers

    def fact(self, row: int, scenario: int) -> Fact:
        """The fact as it is in one scenario."""
        values: dict[str, Value] = {
            name: self.words.values[column[row]]
            for name, column in self.codes.items()
            if column[row] >= 0
        }
        for name, numbers in self.numbers.items():
            number = float(cell(numbers, row, scenario))
            if not isnan(number):
                values[name] = _plain(number)
        return Fact(self.kind, values, float(cell(self.trust, row, scenario)))

    def taken(self, rows: NDArray[np.intp]) -> Table:
        """The same table with these rows, in this order."""
        return replace(
            self,
            codes={name: column[rows] for name, column in self.codes.items()},
            numbers={name: column[rows] for name, column in self.numbers.items()},
            present=self.present[rows],
            trust=self.trust[rows],
        )


def cell(array: NDArray[np.generic], row: int, scenario: int) -> np.generic:
    """One cell of an array whose second axis is 1 or the scenarios."""
    value: np.generic = array[row, scenario if array.shape[1] > 1 else 0]
    return value


@dataclass(frozen=True, slots=True)
class World:
    """The facts present as a stage begins, and the values that rules name."""

    tables: Mapping[str, Table]
    words: Words
    parameters: Mapping[str, Value]


def folded(array: NDArray[Any]) -> NDArray[Any]:
    """A single column where all scenarios agree."""
    first = array[:, :1]
    agree = (array == first) | (_missing(array) & _missing(first))
    return first.copy() if agree.all() else array


def _missing(array: NDArray[Any]) -> NDArray[Any]:
    return np.isnan(array) if array.dtype == np.float64 else np.zeros((1, 1), dtype=np.bool_)


def settled(pack: Pack, same: Identity, table: Table) -> Table:
    """A derived table as joins need it: a row for each value of a joined number, in key order."""
    for name in same[table.kind]:
        if name in table.numbers and name not in table.codes:
            table = _split(table, name)
    return in_key_order(pack, table)


def _split(table: Table, name: str) -> Table:
    numbers, present = np.broadcast_arrays(table.numbers[name], table.present)
    rows: list[int] = []
    values: list[float] = []
    there: list[NDArray[np.bool_]] = []
    for row in range(len(present)):
        for value in np.unique(numbers[row][present[row]]).tolist():  # NaN last and once
            held = np.isnan(numbers[row]) if isnan(value) else numbers[row] == value
            rows.append(row)
            values.append(value)
            there.append(present[row] & held)
    codes = [table.words.code(None if isnan(value) else _plain(value)) for value in values]
    split = table.taken(np.array(rows, dtype=np.intp))
    return replace(
        split,
        codes={**split.codes, name: np.array(codes, dtype=np.int64)},
        numbers={**split.numbers, name: np.array(values, dtype=np.float64).reshape(-1, 1)},
        present=np.array(there, dtype=np.bool_).reshape(len(rows), present.shape[1]),
    )


def _plain(number: float) -> Value:
    return int(number) if number.is_integer() else number


def in_key_order(pack: Pack, table: Table) -> Table:
    """The rows sorted by fact key, so that the order of rows decides between equal matches."""
    if len(table.present) < 2:
        return table
    first = np.argmax(table.present, axis=1)
    keys = [key(pack, table.fact(row, int(at))) for row, at in enumerate(first)]
    return table.taken(np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.intp))
