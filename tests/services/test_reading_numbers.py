"""Numbers, dates and tables are read right or refused; what is unknown is never 0."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import reading_columns, reading_dates, reading_numbers, reading_tables
from services.kpis import kpi
from services.reading_columns import Fault, Mapping, Read, Value
from services.reading_dates import begins
from services.reading_numbers import number
from services.refusals import Refused

LEADS, SHARE = kpi("qualified_leads"), kpi("response_rate")
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12), ("12,5", 12.5), ("12.5", 12.5), ("1.234,56", 1234.56), ("1,234.56", 1234.56),
        ("1 234", 1234), ("1\u202f234,5", 1234.5), ("1'234.5", 1234.5), ("1.234.567", 1234567),
        ("9,999,999", 9999999), ("12 %", 12), ("12,5%", 12.5), ("−5", -5), ("+ 3", 3), ("0", 0),
        ("0,123", 0.123), ("0.123", 0.123), (".5", 0.5), ("1234.567", 1234.567), ("€ 3", 3),
        ("3,50 €", 3.5), ("\u00a07\t", 7), ("0.1", 0.1),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "  ", "-", "–", "n/a", "k. A.", "undefined", "Unknown"])
def test_what_is_empty_is_unknown_and_never_nought(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    "text", ["abc", "1.2.3", "1,23,456", "12-13", "1 23", "1.234,567,8", "²", "1e5", "3h", "9" * 20]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        number(text)


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.000", "-1.234"])
def test_what_can_be_read_in_two_ways_is_asked(text: str) -> None:
    with pytest.raises(reading_numbers.Ambiguous, match="two ways"):
        number(text)


def test_the_answer_decides_and_what_contradicts_it_is_refused() -> None:
    assert number("1.234", ",") == 1234
    assert number("1.234", ".") == 1.234
    assert number("-1,234", ",") == -1.234
    with pytest.raises(Refused, match="comma marks"):
        number("12.5", ",")


def test_one_cell_proves_what_marks_the_decimals_of_all() -> None:
    assert reading_numbers.decimal_mark(["1.234", "", "12,5"]) == ","
    assert reading_numbers.decimal_mark(["1.234", "7"]) is None
    assert reading_numbers.decimal_mark(["1.234.567", "1.234"]) == ","
    with pytest.raises(Refused, match="one way"):
        reading_numbers.decimal_mark(["1,5", "1.5"])


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_what_was_written_in_german_or_english_comes_back(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02d}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert number(english) == number(german) == float(f"{whole}.{cents:02d}")


@given(st.text(max_size=120))
def test_any_text_is_a_number_unknown_or_refused(text: str) -> None:
    for read in (number, lambda said: begins(said, "month"), reading_tables.sheet):
        with suppress(Refused):
            read(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10", "2026-10-31", "2026/10", "31.10.2026", "1.10.26", "10/2026", "10.2026",
        "October 2026", "Oct 2026", "Oktober 2026", "Okt. 26", "3 October 2026", "3. Oktober 2026",
        "Oct 3, 2026", "Sat, Oct 3, 2026", "Sat Oct 03 2026", "31/10/2026", "10/31/2026 18:00",
        "2026-10-31T09:30:00Z", "2026-10-31 09:30",
    ],
)  # fmt: skip
def test_months_are_read_in_figures_and_words(text: str) -> None:
    assert begins(text, "month") == OCTOBER


@pytest.mark.parametrize("text", ["2026-W44", "KW 44 2026", "44. KW 2026", "Week 44, 2026",
                                  "W44/2026", "2026-10-31", "26.10.2026"])  # fmt: skip
def test_weeks_are_read_by_number_or_day(text: str) -> None:
    assert begins(text, "week") == date(2026, 10, 26)


def test_march_has_its_dots() -> None:
    assert begins("März 2026", "month") == begins("Mrz 26", "month") == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "period", "why"),
    [
        ("April 12", "month", "year"), ("Mai", "month", "year"), ("Lifetime", "month", "no date"),
        ("30.02.2026", "month", "calendar"), ("2025-W53", "week", "no week"),
        ("2026-W44", "month", "is a week"), ("Oct 2026", "week", "is a month"),
        ("", "month", "no date"), ("13/13/2026", "month", "calendar"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_reason(text: str, period: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        begins(text, period)  # type: ignore[arg-type]


def test_days_and_months_are_never_guessed() -> None:
    with pytest.raises(reading_dates.Ambiguous):
        begins("05/06/2026", "month")
    assert begins("05/06/2026", "month", True) == date(2026, 6, 1)
    assert begins("05/06/2026", "month", False) == date(2026, 5, 1)
    assert reading_dates.day_first(["05/06/2026", "14/06/2026"]) is True
    with pytest.raises(Refused):
        reading_dates.day_first(["05/14/2026", "14/06/2026"])


def read(text: str, name: str = "qualified_leads", **answers: object) -> Read:
    table = reading_tables.sheet(text)
    guess = reading_columns.guessed(table)
    how = Mapping(**{name: answers.get(name, getattr(guess, name)) for name in guess.__slots__})
    return reading_columns.read(table, how, kpi(name))


def test_a_pasted_table_is_read_with_its_rows() -> None:
    found = read("Month\tContacts\nOkt. 2026\t1.234,5\nNov 2026\t\n")
    assert found == Read((Value(OCTOBER, 1234.5, None, 2),), (3,))


def test_a_table_without_names_is_read_too() -> None:
    assert read("2026-10;7\n2026-11;8").values[0] == Value(OCTOBER, 7, None, 1)


def test_a_title_above_the_names_is_passed_over() -> None:
    found = read('Overview,,\n"Date","Other","Contacts"\n2026-10,x,"1,234.5"')
    assert found.values == (Value(OCTOBER, 1234.5, None, 3),)


def test_refused_cells_are_named_by_row_and_column() -> None:
    found = read("Month;Contacts\n2026-10;seven\nTotal;8\n2026-11;9\n2026-12;-1")
    assert [(one.row, one.column) for one in found.faults] == [
        (2, "Contacts"), (3, "Month"), (5, "Contacts"),
    ]  # fmt: skip
    assert found.values == (Value(NOVEMBER, 9, None, 4),)


def test_a_comma_that_parts_a_number_in_two_is_noticed() -> None:
    with pytest.raises(Refused, match="Row 2 has more cells"):
        read("Month,Contacts\n2026-10,12,5")


@pytest.mark.parametrize(
    ("text", "of", "asks"),
    [
        ("2026-10\t1.234\n2026-11\t2", "qualified_leads", "decimals"),
        ("05/06/2026\t1", "qualified_leads", "days"),
        ("2026-10\t0,84\n2026-11\t0,9", "response_rate", "parts"),
        ("2026-10-01\t3\n2026-10-02\t4", "qualified_leads", "twice"),
    ],
)
def test_what_cannot_be_known_is_asked(text: str, of: str, asks: str) -> None:
    found = read(text, of)
    assert (found.asks, found.values) == (asks, ())
    assert found.example


@pytest.mark.parametrize(
    ("text", "number", "of"),
    [
        ("Datum;Bemerkung;Anteil;n\n1.9.2026;;0,12;20\n1.10.2026;;;9", 2, 3),
        ("Date;n;Share\n2026-09-01;20;12%\n2026-10-01;9;", 2, 1),
        ("Monat;Anzahl\nSeptember 2026;20", 1, None),
        ("Month;Place;Anzahl\nSeptember 2026;here;20", 2, None),
    ],
)
def test_names_tell_how_much_and_out_of_how_many(text: str, number: int, of: int | None) -> None:
    guess = reading_columns.guessed(reading_tables.sheet(text))
    assert (guess.number, guess.of) == (number, of)


def test_answers_settle_it() -> None:
    assert read("2026-10\t1.234", mark=",").values[0].value == 1234
    assert read("2026-10\t0,084", "response_rate", parts=True).values[0].value == 8.4
    days = "2026-10-01\t3\n2026-10-02\t4"
    assert read(days, together="sum").values == (Value(OCTOBER, 7, None, 2),)
    assert read(days, together="middle").values[0].value == 3.5


def test_a_per_cent_sign_leaves_no_doubt_and_fits_shares_only() -> None:
    assert read("2026-10\t0,5 %", "response_rate").values[0].value == 0.5
    assert "is a percentage" in read("2026-10\t5 %").faults[0].why
    assert "more than" in read("2026-10\t105", "response_rate").faults[0].why


def test_out_of_how_many_is_read_beside_it() -> None:
    found = read("Month\tShare\tOf\n2026-10\t40\t25\n2026-11\t50\t2,5", "response_rate", of=2)
    assert found.values == (Value(OCTOBER, 40, 25, 2),)
    assert found.faults[0].column == "Of"


def test_two_ways_of_writing_in_one_column_are_refused() -> None:
    assert read("2026-10\t1,5\n2026-11\t1.5").faults == (
        Fault(1, "column 2", "In “1,5” the comma marks the decimals, in “1.5” the point. "
              "Write them all in one way."),
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_are_read_in_their_encoding(encoding: str) -> None:
    assert "März" in reading_tables.decoded("Monat;Zahl\nMärz 2026;3".encode(encoding))


@pytest.mark.parametrize("data", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0", b"a\0b", b"\xff\xfea"])
def test_workbooks_and_what_is_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        reading_tables.decoded(data)


@pytest.mark.parametrize("text", ["", "\n \n", "one\ntwo", 'a;"b\n1;2'])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        reading_tables.sheet(text)
