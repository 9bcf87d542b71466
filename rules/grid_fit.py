"""Facts that fill the patterns of a rule together, and what keeps them silent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rules.condition import Reference
from rules.grid_tables import Codes, Index, Mask, Numbers, Table


@dataclass(frozen=True, slots=True)
class Fit:
    """Facts that fill patterns together: `rows[i, p]` in the table of alias p."""

    aliases: tuple[str, ...]
    tables: tuple[Table, ...]
    rows: Index

    def __len__(self) -> int:
        return len(self.rows)

    def codes(self, reference: Reference) -> Codes:
        """[rows]: the codes of the attribute that is referred to."""
        place = self.aliases.index(reference.alias)
        return self.tables[place].codes[reference.attribute][self.rows[:, place]]

    def numbers(self, reference: Reference) -> Numbers:
        """[rows]: the numbers of the attribute that is referred to."""
        place = self.aliases.index(reference.alias)
        return self.tables[place].numbers[reference.attribute][self.rows[:, place]]

    def trust(self) -> Numbers:
        """[rows]: the lowest trust among the facts of each row."""
        lowest = np.ones(len(self.rows))
        for place, table in enumerate(self.tables):
            lowest = np.minimum(lowest, table.trust[self.rows[:, place]])
        return lowest

    def choices(self) -> tuple[Index, Index]:
        """([rows, patterns] the choices on which each row depends, their options)."""
        columns = [
            (table.choice[self.rows[:, place]], table.option[self.rows[:, place]])
            for place, table in enumerate(self.tables)
        ]
        return np.column_stack([c for c, _ in columns]), np.column_stack([o for _, o in columns])

    def where(self, kept: Mask) -> Fit:
        """The rows that are kept."""
        return self if kept.all() else Fit(self.aliases, self.tables, self.rows[kept])


@dataclass(frozen=True, slots=True)
class Silence:
    """What keeps rows of a fit silent: row `row[i]` where `choice[i]` takes `option[i]`; sorted by
    row."""

    row: Index
    choice: Index
    option: Index
