"""The database: where it is, units of work, and the schema brought up to date."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, text
from sqlalchemy.orm import Session

from models import stamp as stamps

ROOT = Path(__file__).resolve().parent.parent
BUSY_MILLISECONDS = 10_000
LOCK = 7_305_991_244  # any number; the same for every process that migrates one PostgreSQL
STAMP = "stamp"
"""In the `info` of a session that reads: the stamp of what it sees at least."""
_alembic = Lock()


def database_url() -> str:
    """CROSSROADS_DATABASE_URL, or an SQLite file in `var/` beside the code."""
    given = os.environ.get("CROSSROADS_DATABASE_URL")
    if given:
        return given
    file = ROOT / "var" / "crossroads.db"
    file.parent.mkdir(exist_ok=True)
    return f"sqlite:///{file}"


def engine() -> Engine:
    """The engine of the present database URL, made once."""
    return _engine(database_url())


@contextmanager
def reading() -> Iterator[Session]:
    """A session that only reads; nothing it changes is kept."""
    with Session(engine(), info={STAMP: stamp()}) as session:
        yield session


def stamp() -> Hashable:
    """A value that differs after every change to the present database."""
    return stamps.stamp(engine())


@contextmanager
def writing() -> Iterator[Session]:
    """One act in one transaction: committed at the end, rolled back whole on any error."""
    with Session(engine().execution_options(write=True)) as session, session.begin():
        yield session


def migrate() -> None:
    """Bring the schema up to date; several processes may start at once."""
    with engine().execution_options(write=True).connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:  # batch operations recreate tables, which would cascade
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        else:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        upgrade(connection)
        if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            connection.rollback()
            raise RuntimeError("The upgrade would break links between rows; nothing was changed.")
        connection.commit()
        if sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's settings for this schema, on an open connection if one is given."""
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the schema of an open connection to a revision of the history."""
    with _alembic:  # its context belongs to the process
        command.upgrade(alembic_config(connection), revision)


def revisions() -> list[str]:
    """All revisions of the schema, the newest first."""
    scripts = ScriptDirectory.from_config(alembic_config())
    return [script.revision for script in scripts.walk_revisions()]


@contextmanager
def scratch(revision: str) -> Iterator[Connection]:
    """An empty database in memory with the schema of a revision; foreign keys hold. It is gone,
    with all that was put into it, when the block ends."""
    made = create_engine("sqlite://", poolclass=StaticPool)
    try:
        with made.connect() as connection:
            upgrade(connection, revision)
            connection.commit()
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            connection.commit()
            yield connection
    finally:
        made.dispose()


@cache
def _engine(url: str) -> Engine:
    made = create_engine(url)
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _prepare)
        event.listen(made, "begin", _begin)
    return made


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
