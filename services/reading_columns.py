"""Two columns of a table as values by month or week: one says when, one how much.

Every cell that is not read is named with its row and column. A question is asked where all cells
could be read in two ways; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import Literal

from services import reading_dates, reading_numbers
from services.kpis import Kpi, checked
from services.reading_dates import Period
from services.reading_numbers import Mark
from services.reading_tables import Sheet, is_date, is_number
from services.refusals import Refused

_OF = {"n", "of", "out of", "sample", "sample size", "base", "anzahl", "von", "stichprobe", "basis"}
_NUMBER = {
    "value",
    "number",
    "share",
    "rate",
    "percent",
    "wert",
    "zahl",
    "anteil",
    "quote",
    "prozent",
}
"""What columns are called that say out of how many, and how much."""

Asked = Literal["decimals", "days", "parts", "twice"]
"""What may have to be asked: which sign marks the decimals, whether days stand before months,
whether 0.084 means 8.4 per cent, and what to do with several rows of one month."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a table is to be read: its columns by place (`of`: out of how many, if there is one),
    months or weeks, and the answers to what had to be asked."""

    when: int
    number: int
    of: int | None = None
    period: Period = "month"
    mark: Mark | None = None
    day_first: bool | None = None
    parts: bool | None = None
    together: Literal["sum", "middle"] | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """What was read of one month or week; `row` is where, the last one if there were several."""

    starts_on: date
    value: float
    of: int | None
    row: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that was not read, where it stands, and why."""

    row: int
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Read:
    """Values oldest first; rows whose number is unknown; cells that were refused; and what has to
    be asked before anything can be kept (`example`: the cell in doubt)."""

    values: tuple[Value, ...] = ()
    unknown: tuple[int, ...] = ()
    faults: tuple[Fault, ...] = ()
    asks: Asked | None = None
    example: str = ""


def guessed(table: Sheet) -> Mapping:
    """Which columns most likely say when and how much; people look at it before it counts."""
    seen, places = table.rows[:50], range(len(table.columns))
    when = max(places, key=lambda at: (sum(is_date(row[at]) for row in seen), -at))
    numbers = [sum(is_number(row[at]) for row in seen) for at in places]
    others = [at for at in places if at != when]
    of = _called(table, others, _OF)
    values = [at for at in others if at != of and numbers[at]]
    if not values:  # the only numbers are what is asked for, whatever they are called
        values, of = others, None
    number = _called(table, values, _NUMBER)
    if number is None:
        number = max(values, key=lambda at: (numbers[at], -at))
    return Mapping(when, number, of, reading_dates.period_of(row[when] for row in seen))


def _called(table: Sheet, places: Iterable[int], names: Collection[str]) -> int | None:
    said = {at: table.columns[at].strip().casefold() for at in places}
    return next((at for at, name in said.items() if name in names), None)


def read(table: Sheet, how: Mapping, kpi: Kpi) -> Read:
    """What stands in the table of this number, read as `how` says."""
    rows = [(at, row) for at, row in enumerate(table.rows, start=table.first) if any(row)]
    column = table.columns[how.number]
    cells = [row[how.number] for _, row in rows]
    try:
        how = replace(how, mark=how.mark or reading_numbers.decimal_mark(cells))
        column = table.columns[how.when]
        if how.day_first is None:
            order = reading_dates.day_first(row[how.when] for _, row in rows)
            how = replace(how, day_first=order)
    except Refused as refusal:
        return Read(faults=(Fault(table.first, column, str(refusal)),))
    if kpi.rate and how.parts is None and (example := _like_parts(cells, how)):
        return Read(asks="parts", example=example)
    found: list[Value] = []
    unknown: list[int] = []
    faults: list[Fault] = []
    for at, row in rows:
        one = _row(table, at, row, how, kpi)
        if isinstance(one, Read):
            return one
        if isinstance(one, Fault):
            faults.append(one)
        elif one is None:
            unknown.append(at)
        else:
            found.append(one)
    return _one_each(found, tuple(unknown), tuple(faults), how)


def _row(
    table: Sheet, at: int, row: Sequence[str], how: Mapping, kpi: Kpi
) -> Value | Fault | Read | None:
    """A row's value; None if its number is unknown; the cell that is refused, or in doubt."""
    column = how.number
    try:
        value = _number(row[how.number], how, kpi)
        column = how.when
        starts_on = reading_dates.begins(row[how.when], how.period, how.day_first)
        if value is None:
            return None
        if how.of is None:
            return Value(starts_on, value, None, at)
        column = how.of
        return Value(starts_on, value, _of(row[how.of], how.mark), at)
    except reading_numbers.Ambiguous:
        return Read(asks="decimals", example=row[column])
    except reading_dates.Ambiguous:
        return Read(asks="days", example=row[column])
    except Refused as refusal:
        return Fault(at, table.columns[column], str(refusal))


def _number(cell: str, how: Mapping, kpi: Kpi) -> float | None:
    value = reading_numbers.number(cell, how.mark)
    if value is None:
        return None
    if reading_numbers.per_cent(cell) and not kpi.rate:
        raise Refused(f"“{cell}” is a percentage, but this number is counted in {kpi.unit}.")
    return checked(kpi, round(value * 100, 9) if kpi.rate and how.parts else value)


def _one_each(
    found: Iterable[Value], unknown: tuple[int, ...], faults: tuple[Fault, ...], how: Mapping
) -> Read:
    """One value for each month or week; what stands there twice is put together as asked."""
    by_date: dict[date, list[Value]] = {}
    for one in found:
        by_date.setdefault(one.starts_on, []).append(one)
    twice = next((group for group in by_date.values() if len(group) > 1), None)
    if twice and how.together is None:
        return Read(asks="twice", example=reading_dates.label(twice[0].starts_on, how.period))
    put: Callable[[list[float]], float] = sum if how.together == "sum" else median
    values = tuple(
        Value(day, round(put([one.value for one in group]), 9), _all_of(group), group[-1].row)
        for day, group in sorted(by_date.items())
    )
    return Read(values, unknown, faults)


def _all_of(group: Sequence[Value]) -> int | None:
    """Out of how many all of them together are; unknown if one of them does not say."""
    known = [one.of for one in group if one.of is not None]
    return sum(known) if len(known) == len(group) else None


def _of(cell: str, mark: Mark | None) -> int | None:
    value = reading_numbers.number(cell, mark)
    if value is not None and (value < 1 or value != int(value)):
        raise Refused(f"“{cell}” does not say out of how many: that is a whole number from 1 on.")
    return None if value is None else int(value)


def _like_parts(cells: Sequence[str], how: Mapping) -> str:
    """A cell in doubt where shares may be parts of one, as none is above it; "" without doubt."""
    if any(map(reading_numbers.per_cent, cells)):
        return ""
    found: list[tuple[float, str]] = []
    for cell in cells:
        try:
            value = reading_numbers.number(cell, how.mark)
        except Refused:
            continue
        if value:
            found.append((value, cell))
    return found[0][1] if found and all(abs(value) <= 1 for value, _ in found) else ""
