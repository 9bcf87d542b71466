"""A list to be looked through: its headings with their units, and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Cell = str | float | int | date | None
"""None: not known."""
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows under headings, what they are in a sentence, and how many (older ones) are left out."""

    title: str
    about: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: int = 0


def yes(said: bool | None) -> str | None:
    """Yes, no, or not known."""
    return None if said is None else "yes" if said else "no"
