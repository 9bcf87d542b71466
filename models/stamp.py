"""A value that differs after every change to the database, whoever made it; cheap to ask for."""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable
from functools import cache
from itertools import count
from threading import Lock

from sqlalchemy import Engine, event, text

_opened = count()


def stamp(engine: Engine) -> Hashable:
    """What all who read the database from now on see at least. Two equal stamps: nothing was
    committed in between, by this process or another."""
    if engine.dialect.name == "sqlite":
        return _watch(engine).stamp()
    with engine.connect() as connection:  # what is visible and what is not, as the server says it
        seen: Hashable = connection.scalar(text("SELECT CAST(pg_current_snapshot() AS text)"))
        return seen


class _Watch:
    """A connection of its own to a file that never writes: SQLite tells each connection by a number
    that others have committed something."""

    def __init__(self, engine: Engine) -> None:
        self._file = engine.url.database or ""
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._number = 0
        event.listen(engine, "engine_disposed", self._close)

    def stamp(self) -> Hashable:
        """The number, and which connection said it: numbers of two have nothing to do with each
        other."""
        with self._lock:
            if self._connection is None:
                self._connection = sqlite3.connect(self._file, check_same_thread=False)
                self._number = next(_opened)
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
            return self._number, version

    def _close(self, _engine: Engine) -> None:
        with self._lock:
            if self._connection:
                self._connection.close()
                self._connection = None


@cache
def _watch(engine: Engine) -> _Watch:
    return _Watch(engine)
