"""Rows as lines of JSON and back, each value held to the type of its column."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Float, Integer, String, Table

from services.refusals import Refused

Row = dict[str, Any]
LARGEST = 2**31


def line(table: Table, row: Mapping[str, Any]) -> str:
    """A row as one line of JSON; moments are written in UTC."""
    said = {column.name: _written(row[column.name]) for column in table.columns}
    return json.dumps(said, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def rows(table: Table, text: str) -> Iterator[Row]:
    """The rows of a part, in order. Refused with the number of the first line that does not fit."""
    for number, one in enumerate(text.split("\n"), start=1):
        if one:
            try:
                yield _row(table, json.loads(one, parse_constant=_no, object_pairs_hook=_once))
            except (ValueError, RecursionError, OverflowError, TypeError) as error:
                raise Refused(
                    f"This backup is damaged: line {number} of “{table.name}” cannot be read. "
                    "Nothing was changed."
                ) from error


def in_utc(table: Table, row: Mapping[Any, Any]) -> Row:
    """The row with its moments in UTC, as a database without time zones forgets to say."""
    moments = {column.name for column in table.columns if isinstance(column.type, DateTime)}
    return {
        name: value.replace(tzinfo=UTC)
        if name in moments and value is not None and value.tzinfo is None
        else value
        for name, value in row.items()
    }


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _row(table: Table, said: object) -> Row:
    if not isinstance(said, dict) or said.keys() != {column.name for column in table.columns}:
        raise ValueError("other columns than the table has")
    return {column.name: _value(column, said[column.name]) for column in table.columns}


def _value(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, JSON):
        json.dumps(value, ensure_ascii=False).encode()
        return value
    if value is None:
        if column.nullable:
            return None
        raise ValueError("a value is missing")
    read = next(reader for kind, reader in _READERS if isinstance(column.type, kind))
    return read(value)


def _integer(value: Any) -> int:
    if type(value) is not int or not -LARGEST <= value < LARGEST:
        raise ValueError("not a whole number")
    return value


def _number(value: Any) -> float:
    if type(value) not in {int, float} or not isfinite(value):
        raise ValueError("not a number")
    return float(value)


def _boolean(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError("neither yes nor no")
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise ValueError("not a text")
    value.encode()  # halves of letters are refused
    return value


def _day(value: Any) -> date:
    return date.fromisoformat(_text(value))


def _moment(value: Any) -> datetime:
    read = datetime.fromisoformat(_text(value))
    if read.tzinfo is None:
        raise ValueError("a moment without its time zone")
    return read.astimezone(UTC)


_READERS: tuple[tuple[type[Any], Callable[[Any], Any]], ...] = (
    (Boolean, _boolean),
    (Integer, _integer),
    (Float, _number),
    (DateTime, _moment),
    (Date, _day),
    (String, _text),
)


def _no(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) != len(pairs):
        raise ValueError("a name stands twice")
    return said
