"""Lists as a workbook (XLSX): a sheet each, to be filtered and printed, in which nothing runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from itertools import islice
from math import isfinite

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from documents.letters import fit
from services.listing import Cell, Listed

LONGEST = 32_000
"""Letters of a cell; a spreadsheet holds no more."""
NARROW, WIDE = 9, 55
"""Letters across a column, at least and at most."""
LOOKED_AT = 200
"""Rows from which the width of a column is taken."""
_TEXT_ONLY = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


@dataclass(frozen=True, slots=True)
class Looks:
    """How the kinds of cells look. A text is marked as text, and stays so when somebody edits it:
    not even then does it become a formula."""

    head: Format
    text: Format
    number: Format
    day: Format


def xlsx(lists: Sequence[Listed], whose: str, on: date) -> bytes:
    """The lists as a workbook of somebody, of a day; the same lists give the same bytes."""
    made = BytesIO()
    book = Workbook(made, _TEXT_ONLY)
    book.set_properties(
        {
            "title": fit(f"Everything behind the review: {whose}", 200),
            "created": datetime.combine(on, time(), UTC),
        }
    )
    looks = _looks(book)
    for one in lists:
        _sheet(book.add_worksheet(one.title), one, looks)
    book.close()
    return made.getvalue()


def _looks(book: Workbook) -> Looks:
    top = {"valign": "top"}
    text = {**top, "text_wrap": True, "num_format": "@", "quote_prefix": True}
    head = {**text, "bold": True, "bg_color": "#E3EEF5", "bottom": 1}
    return Looks(
        head=book.add_format(head),
        text=book.add_format(text),
        number=book.add_format(top),
        day=book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"}),
    )


def _sheet(sheet: Worksheet, one: Listed, looks: Looks) -> None:
    for at, title in enumerate(one.heads):
        sheet.write_string(0, at, title, looks.head)
        sheet.set_column(at, at, _wide([title, *(row[at] for row in islice(one.rows, LOOKED_AT))]))
    for down, row in enumerate(one.rows, start=1):
        for at, cell in enumerate(row):
            _cell(sheet, (down, at), cell, looks)
    last = (len(one.rows), len(one.heads) - 1)
    if one.rows:
        sheet.autofilter(0, 0, *last)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    _printed(sheet)


def _printed(sheet: Worksheet) -> None:
    """The heads stay in sight, and come again on each page, all columns beside each other."""
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P of &N")


def _cell(sheet: Worksheet, place: tuple[int, int], cell: Cell, looks: Looks) -> None:
    """What is not known stays empty; a number without an end is told in words."""
    if isinstance(cell, str):
        if text := fit(cell, LONGEST):
            sheet.write_string(*place, text, looks.text)
    elif isinstance(cell, date):
        sheet.write_datetime(*place, datetime.combine(cell, time()), looks.day)
    elif cell is not None and isfinite(cell):
        sheet.write_number(*place, cell, looks.number)
    elif cell is not None:
        sheet.write_string(*place, str(cell), looks.text)


def _wide(cells: Sequence[Cell]) -> int:
    """Letters across that show most cells in one line."""
    long = sorted(len(str(cell)) for cell in cells if cell is not None)
    return min(WIDE, max(NARROW, long[-1 - len(long) // 20] + 2, len(str(cells[0])) // 2 + 3))
