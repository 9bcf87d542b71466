"""Everything in one file, out and back in.

A file is read whole and tried out on an empty database in memory before anything here is touched:
the schema it was made with is built, its rows are put in under all constraints, and the migrations
bring it up to date. Only what went through all that replaces what is here, in one transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

import models  # noqa: F401  (every table is known once this is imported)
from models.base import Base
from models.database import revisions, scratch, upgrade
from models.organisation import Organisation
from services import backup_file
from services.backup_rows import Row, in_utc, line, rows
from services.refusals import Refused

VERSIONS = "alembic_version"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Summary:
    """What a file holds or what is here: names of organisations, and rows by table. `digest` stands
    for all of it: two summaries with the same one are the same to the last letter."""

    organisations: tuple[str, ...]
    counts: Mapping[str, int]
    digest: str


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that was read and tried out: when it was made, whether by an earlier version, and the
    rows of each table as they are now."""

    created: datetime
    older: bool
    rows: Mapping[str, Sequence[Row]]

    @property
    def summary(self) -> Summary:
        """What would be here after putting it back."""
        tables = Base.metadata.sorted_tables
        return _summary({table.name: self.rows[table.name] for table in tables})


def save(session: Session, *, created: datetime | None = None) -> bytes:
    """Everything as one zip file. It holds answers of single people: it is for the owner alone."""
    parts = {table.name: _lines(table, _all(session, table)) for table in _tables(session)}
    return backup_file.pack(revisions()[0], parts, created=created or datetime.now(UTC))


def here(session: Session) -> Summary:
    """What is here now."""
    return _summary({table.name: _all(session, table) for table in _tables(session)})


def read(data: bytes) -> Backup:
    """A file, tried out on an empty database in memory. Refused, in a sentence, if it is damaged in
    any way; what is here is not touched."""
    found = backup_file.unpack(data)
    known = revisions()
    if found.schema not in known:
        raise backup_file.newer()
    try:
        with scratch(found.schema) as connection:
            _put_in(connection, found)
            if found.schema != known[0]:
                _bring_up_to_date(connection)
            tables = Base.metadata.sorted_tables
            whole = {table.name: _all(connection, table) for table in tables}
    except SQLAlchemyError as error:
        raise _unfit() from error
    return Backup(found.created, found.schema != known[0], whole)


def replace(session: Session, backup: Backup, *, seen: str) -> None:
    """Put a backup in the place of everything that is here. Refused if that is no longer what was
    `seen` (a digest); whatever goes wrong, the transaction that holds this keeps what was here."""
    if here(session).digest != seen:
        raise Refused(
            "Somebody changed something here meanwhile. Nothing was replaced; please look once "
            "more at what is here now."
        )
    tables = Base.metadata.sorted_tables
    try:
        for table in reversed(tables):
            session.execute(table.delete())
        for table in tables:
            _insert(session.connection(), table, backup.rows[table.name])
        _count_on(session, tables)
    except SQLAlchemyError as error:
        raise _unfit() from error
    session.expire_all()


def _tables(session: Session) -> list[Table]:
    """All tables, those first that others point to, read as at one moment."""
    if session.get_bind().dialect.name == "postgresql" and not session.in_transaction():
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    return Base.metadata.sorted_tables


def _all(connection: Session | Connection, table: Table) -> list[Row]:
    ordered = select(table).order_by(*table.primary_key.columns)
    return [in_utc(table, row) for row in connection.execute(ordered).mappings()]


def _lines(table: Table, whole: Sequence[Row]) -> str:
    return "".join(f"{line(table, row)}\n" for row in whole)


def _summary(whole: Mapping[str, Sequence[Row]]) -> Summary:
    tables = Base.metadata.tables
    lines = "\n".join(_lines(tables[name], found) for name, found in whole.items())
    return Summary(
        organisations=tuple(
            sorted((row["name"] for row in whole[Organisation.__tablename__]), key=str.casefold)
        ),
        counts={name: len(found) for name, found in whole.items()},
        digest=hashlib.sha256(lines.encode()).hexdigest(),
    )


def _put_in(connection: Connection, found: backup_file.Unpacked) -> None:
    """The rows of a file into the tables of its time; all constraints of that time hold."""
    then = MetaData()
    then.reflect(connection)
    tables = [table for table in then.sorted_tables if table.name != VERSIONS]
    if {table.name for table in tables} != set(found.parts):
        raise _unfit()
    for table in tables:
        _insert(connection, table, list(rows(table, found.parts[table.name])))
    connection.commit()


def _bring_up_to_date(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.commit()
    upgrade(connection)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise _unfit()
    connection.commit()


def _insert(connection: Connection, table: Table, whole: Sequence[Row]) -> None:
    for start in range(0, len(whole), AT_ONCE):
        connection.execute(insert(table), list(whole[start : start + AT_ONCE]))


def _count_on(session: Session, tables: Sequence[Table]) -> None:
    """PostgreSQL hands out numbers from a sequence: it goes on after the highest one put back."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        highest: Any = select(func.coalesce(func.max(table.c.id), 0) + 1)
        session.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :next, false)"),
            {"name": table.name, "next": session.scalar(highest)},
        )


def _unfit() -> Refused:
    return Refused(
        "This backup is damaged: its parts do not fit together. Use another copy of it. "
        "Nothing was changed."
    )
