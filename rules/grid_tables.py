"""Facts as columns: one table a kind, one row for each form that a fact may take.

What differs between scenarios is a **choice**: a fact, a parameter or a rule with its options, and
the option that each scenario takes. A row stands in the scenarios that take its option, or in all
of them. So joins, tests and arithmetic know nothing of scenarios, however many there are; only what
the matches amount to is worked out along them (`grid_states.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.condition import Value
from rules.pack import Fact, Kind
from rules.scenarios import Taken

Codes = NDArray[np.int64]  # [rows]: a value's number in `Words`, -1 where it is missing
Numbers = NDArray[np.float64]  # [rows], NaN where it is missing
Mask = NDArray[np.bool_]
Index = NDArray[np.intp]
ALWAYS = -1  # the choice of a row that stands in every scenario


@dataclass(slots=True)
class Words:
    """Values as small integers. A number, a word and a yes never share one."""

    values: list[Value] = field(default_factory=list)
    order: list[tuple[str, Value]] = field(default_factory=list)  # how `facts.key` sorts them
    numbered: dict[tuple[str, Value], int] = field(default_factory=dict)

    def code(self, value: Value | None) -> int:
        """The code of a value; -1 for none."""
        if value is None:
            return -1
        name = type(value).__name__ if isinstance(value, bool | str) else "number"
        code = self.numbered.setdefault((name, value), len(self.values))
        if code == len(self.values):
            self.values.append(value)
            self.order.append((name, value))
        return code

    def word(self, code: int) -> str:
        """The word behind a code; '' for -1."""
        return str(self.values[code]) if code >= 0 else ""

    def copy(self) -> Words:
        """The same codes, to which more may be added."""
        return Words(list(self.values), list(self.order), dict(self.numbered))


@dataclass(slots=True)
class Choices:
    """Everything that differs between `count` scenarios."""

    count: int
    taken: list[Taken] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    usual: list[int] = field(default_factory=list)  # the option that most scenarios take
    moved: list[Index] = field(default_factory=list)  # the scenarios that take another

    def add(self, taken: Taken, size: int) -> int:
        """A choice more, of `size` options; its number."""
        usual = int(np.bincount(taken, minlength=1).argmax())
        return self._kept(taken, size, usual, np.flatnonzero(taken != usual))

    def follow(self, choice: int, option: Taken, size: int) -> int:
        """A choice that takes `option[o]` wherever another takes o; its number."""
        usual, moved = int(option[self.usual[choice]]), self.moved[choice]
        moved = moved[option[self.taken[choice][moved]] != usual]
        return self._kept(option[self.taken[choice]], size, usual, moved)

    def _kept(self, taken: Taken, size: int, usual: int, moved: Index) -> int:
        self.taken.append(taken)
        self.sizes.append(size)
        self.usual.append(usual)
        self.moved.append(moved)
        return len(self.sizes) - 1


Row = tuple[Fact, int, int]  # a fact, its choice and its option


@dataclass(frozen=True, slots=True)
class Table:
    """All forms of all facts of one kind, in the order of their keys."""

    kind: str
    words: Words
    codes: Mapping[str, Codes]
    numbers: Mapping[str, Numbers]
    trust: Numbers
    choice: Index
    option: Index
    source: Table | None = None  # with all forms, where some were merged (see `grid_seen.py`)
    origin: Index | None = None  # the choices there

    def __len__(self) -> int:
        return len(self.trust)

    def fact(self, row: int) -> Fact:
        """The fact of a row."""
        values: dict[str, Value] = {
            name: self.words.values[column[row]]
            for name, column in self.codes.items()
            if column[row] >= 0
        }
        for name, numbers in self.numbers.items():
            number = float(numbers[row])
            if not isnan(number):
                values[name] = plain(number)
        return Fact(self.kind, values, float(self.trust[row]))

    def in_key_order(self, key: Sequence[str]) -> Table:
        """Sorted by fact key, so that the order of rows decides between equal matches."""
        if len(self) < 2 or not key:
            return self
        order = [("", ""), *self.words.order]
        columns = [[order[code + 1] for code in self.codes[name].tolist()] for name in key]
        keys = list(zip(*columns, strict=True))
        return self.taken(np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.intp))

    def with_rows(self, other: Table) -> Table:
        """The rows of both."""
        return replace(
            self,
            codes={n: np.concatenate([c, other.codes[n]]) for n, c in self.codes.items()},
            numbers={n: np.concatenate([c, other.numbers[n]]) for n, c in self.numbers.items()},
            trust=np.concatenate([self.trust, other.trust]),
            choice=np.concatenate([self.choice, other.choice]),
            option=np.concatenate([self.option, other.option]),
        )

    def taken(self, rows: Index) -> Table:
        """The same table with these rows, in this order."""
        return replace(
            self,
            codes={name: column[rows] for name, column in self.codes.items()},
            numbers={name: column[rows] for name, column in self.numbers.items()},
            trust=self.trust[rows],
            choice=self.choice[rows],
            option=self.option[rows],
        )


@dataclass(frozen=True, slots=True)
class World:
    """The facts as a stage begins, the values that rules name, and tables as patterns see them."""

    tables: Mapping[str, Table]
    words: Words
    choices: Choices
    parameters: Mapping[str, Value]
    views: dict[tuple[int, frozenset[str]], tuple[Table, Table]] = field(default_factory=dict)


def tabled(kind: Kind, coded: Iterable[str], rows: Sequence[Row], words: Words) -> Table:
    """The table of a kind; `coded` are its attributes that something may be joined on."""
    facts = [fact for fact, _, _ in rows]
    table = Table(
        kind=kind.name,
        words=words,
        codes={
            name: np.array([words.code(fact.values.get(name)) for fact in facts], dtype=np.int64)
            for name in coded
        },
        numbers={
            name: np.array([_number(fact, name) for fact in facts], dtype=np.float64)
            for name, attribute in kind.attributes.items()
            if attribute.type == "number"
        },
        trust=np.array([fact.trust for fact in facts], dtype=np.float64),
        choice=np.array([choice for _, choice, _ in rows], dtype=np.intp),
        option=np.array([option for _, _, option in rows], dtype=np.intp),
    )
    return table.in_key_order(kind.key)


def plain(number: float) -> Value:
    """A whole number as an int."""
    return int(number) if number.is_integer() else number


def _number(fact: Fact, name: str) -> float:
    value = fact.values.get(name)
    return float("nan") if value is None else float(value)


def numbered(columns: NDArray[Any]) -> tuple[Index, Index]:
    """(first place, number of each) of the different rows of whole numbers from -1 on."""
    ids = np.zeros(len(columns), dtype=np.int64)
    reach = 1
    for column in columns.T:
        width = int(column.max(initial=0)) + 2
        if reach * width > 2**62:
            _, ids = np.unique(ids, return_inverse=True)
            reach = int(ids.max(initial=0)) + 1
        ids = ids * width + column + 1
        reach *= width
    if reach > max(65_536, 4 * len(ids)):
        _, first, number = np.unique(ids, return_index=True, return_inverse=True)
        return first, number
    first = np.full(reach, -1, dtype=np.intp)  # so few that counting is quicker than sorting
    first[ids[::-1]] = np.arange(len(ids))[::-1]
    there = np.flatnonzero(first >= 0)
    place = np.zeros(reach, dtype=np.intp)
    place[there] = np.arange(len(there))
    return first[there], place[ids]
