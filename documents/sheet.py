"""A paper to read, told once: headings, words, lists, tables and pictures, page by page.

`sheet_pdf`, `sheet_html` and `sheet_docx` write it down; none of them knows what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import ceil
from typing import Any, Literal

from documents.letters import fit

WORKBOOK = "see the workbook"
"""Where everything is that does not fit on paper."""

CELL, LINE = 140, 240
"""Letters of a cell and of a line at most."""
A_LINE = 105
"""Letters of usual width in one line of a page."""


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
    """Rows of cells, each as many as there are columns; `left_out` more are elsewhere. `whole`:
    nothing of it may be left out."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, `wide` × `high` pixels on paper, told in words for those who do not see it, with a
    line below it; `beside`: it is small, and its line stands beside it."""

    spec: Mapping[str, Any]
    told: str
    says: str
    wide: int
    high: int
    beside: bool = False


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


def lines(items: Iterable[str], room: int, nothing: str) -> Lines | Words:
    """As much of a list as has room, in lines on paper; a sentence if there is nothing."""
    said = [fit(one, LINE) for one in items]
    shown = _fitting([_high(one, A_LINE) for one in said], room)
    return Lines(tuple(said[:shown]), len(said) - shown) if said else Words(nothing, "quiet")


def table(
    columns: Sequence[Column], rows: Iterable[Sequence[str]], room: int, nothing: str
) -> Table | Words:
    """As many rows as have room, in lines on paper; a sentence if there are none."""
    said = [tuple(fit(cell, CELL) for cell in row) for row in rows]
    if not said:
        return Words(nothing, "quiet")
    whole = sum(one.wide for one in columns)
    wide = [A_LINE * one.wide / whole - 2 for one in columns]
    shown = _fitting([max(map(_high, row, wide)) for row in said], room)
    return Table(tuple(columns), tuple(said[:shown]), len(said) - shown)


def _high(text: str, wide: float) -> int:
    """Lines that a text takes, so many letters wide."""
    return max(1, ceil(len(text) / wide))


def _fitting(heights: Sequence[int], room: int) -> int:
    """How many of them fit, from the first on; one does in any case."""
    return max(1, sum(high <= room for high in accumulate(heights)))


def more(left_out: int) -> str:
    """What is said about what does not fit."""
    return f"… and {left_out} more, {WORKBOOK}"


def long(day: date) -> str:
    """`3 May 2026`."""
    return f"{day.day} {day:%B %Y}"
