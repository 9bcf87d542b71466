"""Tables as texts: pasted from a sheet, or a file of separated values; whole, or refused."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from services import reading_dates, reading_numbers
from services.refusals import Refused

LARGEST = 5 * 2**20
"""Bytes of a file."""
MOST_ROWS, MOST_COLUMNS = 20_000, 300


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of texts: what its columns are called, and its rows, each as long as the header.
    `first` is the number of the first row as a sheet counts."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int = 2


def decoded(data: bytes) -> str:
    """The text of a file, whichever of the usual encodings it has. Refused for other kinds."""
    if len(data) > LARGEST:
        raise Refused(f"This file is larger than {LARGEST // 2**20} MB. Take a shorter time.")
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        raise Refused(
            "This is a workbook. Save its sheet as CSV, or copy its cells and paste them."
        )
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused("This is no file of separated values, or its letters cannot be read.")


def sheet(text: str) -> Sheet:
    """The table in a text: its cells parted by tabs, semicolons or commas; the first row names the
    columns unless it holds a number or a date itself. Refused if there is no table."""
    if len(text) > LARGEST:
        raise Refused("That is too much for once. Take a shorter time.")
    rows = _cells(text)
    skipped = next((at for at, row in enumerate(rows) if sum(map(bool, row)) > 1), None)
    if skipped is None:
        raise Refused("At least two columns are needed: one says when, one holds the number.")
    rows = rows[skipped:]
    width = max(map(len, rows))
    _even(rows, skipped + 1)
    if len(rows) > MOST_ROWS or width > MOST_COLUMNS:
        raise Refused(f"Please take at most {MOST_ROWS} rows and {MOST_COLUMNS} columns at once.")
    whole = [row + ("",) * (width - len(row)) for row in rows]
    named = not any(is_date(cell) or is_number(cell) for cell in whole[0])
    header = whole[0] if named else ("",) * width
    columns = tuple(name or f"column {at}" for at, name in enumerate(header, start=1))
    return Sheet(_told_apart(columns), tuple(whole[named:]), skipped + 1 + named)


def _even(rows: Sequence[Sequence[str]], first: int) -> None:
    """Refused if a row has more in it than the first one: a comma in a number parts it in two."""
    for at, row in enumerate(rows[1:], start=first + 1):
        if any(row[len(rows[0]) :]):
            raise Refused(
                f"Row {at} has more cells than the first one. If a number holds the sign that "
                "parts the cells, put it in quotes, or part the cells with semicolons."
            )


def _cells(text: str) -> list[tuple[str, ...]]:
    """The cells of each row; those of nothing but blanks are empty."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip()
    if not plain:
        raise Refused("There is nothing in it yet.")
    cells = csv.reader(StringIO(plain), delimiter=_parted_by(plain), strict=True)
    try:
        return [tuple(map(str.strip, row)) for row in cells]
    except csv.Error as error:
        raise Refused("This table cannot be read: a cell in quotes does not end.") from error


def _parted_by(text: str) -> str:
    first = text.split("\n", maxsplit=20)[:20]
    for mark in ("\t", ";"):
        if any(mark in line for line in first):
            return mark
    return ","


def _told_apart(columns: Sequence[str]) -> tuple[str, ...]:
    """Names that stand twice get the number of their column."""
    return tuple(
        f"{name} (column {at})" if columns.count(name) > 1 else name
        for at, name in enumerate(columns, start=1)
    )


def is_date(cell: str) -> bool:
    """Whether a month, a week or a day is written in it."""
    for period in ("month", "week"):
        try:
            reading_dates.begins(cell, period)
        except reading_dates.Ambiguous:
            return True
        except Refused:
            continue
        return True
    return False


def is_number(cell: str) -> bool:
    """Whether a number is written in it."""
    try:
        return reading_numbers.number(cell) is not None
    except reading_numbers.Ambiguous:
        return True
    except Refused:
        return False
