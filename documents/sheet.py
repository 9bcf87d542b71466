"""A paper to read, told once: headings, words, lists, tables and pictures, page by page.

`sheet_pdf`, `sheet_html` and `sheet_docx` write it down; none of them knows what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from documents.letters import fit

WORKBOOK = "see the workbook"
"""Where everything is that does not fit on paper."""

CELL, LINE = 140, 240
"""Letters of a cell and of a line at most."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What comes now."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str
    tone: Literal["plain", "quiet", "strong"] = "plain"


@dataclass(frozen=True, slots=True)
class Lines:
    """A list; `left_out` more lines are said to be elsewhere."""

    items: tuple[str, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width, and whether it holds numbers."""

    title: str
    wide: float = 1
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each as many as there are columns; `left_out` more are elsewhere."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, `wide` × `high` pixels on paper, told in words for those who do not see it, with a
    line below it."""

    spec: Mapping[str, Any]
    told: str
    says: str
    wide: int
    high: int


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures, at most two beside each other."""

    shown: tuple[Picture, ...]


Block = Heading | Words | Lines | Table | Pictures


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper of A4 pages: its title, lines under it, whose it is, of which day, and what is on
    each page."""

    title: str
    under: tuple[str, ...]
    whose: str
    on: date
    pages: tuple[tuple[Block, ...], ...]


def words(text: str, tone: Literal["plain", "quiet", "strong"] = "plain") -> Words:
    """A paragraph that is not too long for a page."""
    return Words(fit(text, 2 * LINE), tone)


def lines(items: Iterable[str], most: int, nothing: str) -> Lines | Words:
    """The first lines; a sentence if there are none."""
    said = list(items)
    shown = tuple(fit(one, LINE) for one in said[:most])
    return Lines(shown, len(said) - len(shown)) if said else Words(nothing, "quiet")


def table(
    columns: Sequence[Column], rows: Iterable[Sequence[str]], most: int, nothing: str
) -> Table | Words:
    """The first rows; a sentence if there are none."""
    said = list(rows)
    shown = tuple(tuple(fit(cell, CELL) for cell in row) for row in said[:most])
    return Table(tuple(columns), shown, len(said) - len(shown)) if said else Words(nothing, "quiet")


def more(left_out: int) -> str:
    """What is said about what does not fit."""
    return f"… and {left_out} more, {WORKBOOK}"


def long(day: date) -> str:
    """`3 May 2026`."""
    return f"{day.day} {day:%B %Y}"
