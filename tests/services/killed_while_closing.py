"""Closes a quarter again and again and is killed while it does: `python -m … TEMPLATE FOLDER`.

Everything is made ready once; each try is a fork of its own with a database of its own, killed by
SIGKILL at a chosen statement or at a chosen moment. Prints each try's file and how it ended.

It is killed before each statement that writes, before the commit, and after it. Between two
statements that only read nothing becomes different, so of these every fourth is enough.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import event

from models import database as db
from models.database import engine, reading, writing
from services import advice, milestones

ON = date(2026, 12, 20)
AT_MOMENTS = 30
SEED = 4


def close() -> None:
    with writing() as session:
        milestones.close(session, 1, 2, "Ann", on=ON)


def statements() -> list[str]:
    """The first words of all statements that closing takes, the first and the last word of its
    transaction included; heard while it is done once."""
    heard: list[str] = []
    _at_each(heard.append)
    close()
    return heard


def worth(heard: list[str]) -> list[int]:
    """Which statements to be killed at, the first one being 1."""
    reads = [at for at, word in enumerate(heard, start=1) if word == "SELECT"]
    writes = [at for at, word in enumerate(heard, start=1) if word != "SELECT"]
    return sorted([*writes, *reads[::4]])


def _at_each(step: Callable[[str], None]) -> None:
    made = engine()

    def executed(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        step(statement.split()[0])

    event.listen(made, "before_cursor_execute", executed)
    event.listen(made, "commit", lambda _: step("COMMIT"))


def killed_at(number: int) -> None:
    """Close, and be killed just before a statement."""
    left = number

    def step(_: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    _at_each(step)
    close()


def killed_afterwards() -> None:
    """Close, and be killed before anybody is told that it is done."""
    close()
    os.kill(os.getpid(), signal.SIGKILL)


def try_it(template: Path, file: Path, work: Callable[[], None], after: float | None) -> str:
    """Copy the database, do the work in a fork, kill it after so many seconds (None: the work sees
    to that itself)."""
    shutil.copy(template, file)
    child = os.fork()
    if child == 0:
        os.environ["CROSSROADS_DATABASE_URL"] = f"sqlite:///{file}"
        try:
            work()
        finally:
            os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return "killed" if os.WIFSIGNALED(status) else "finished"


def warm(template: Path, folder: Path) -> tuple[list[str], float]:
    """Read the rules and advise once, as a server that runs has done; the statements that closing
    takes, and how many seconds."""
    file = folder / "whole.db"
    shutil.copy(template, file)
    os.environ["CROSSROADS_DATABASE_URL"] = f"sqlite:///{file}"
    with reading() as session:
        advice.current(session, 1, 2)
    begun = time.monotonic()
    heard = statements()
    taken = time.monotonic() - begun
    engine().dispose()
    db._engine.cache_clear()
    return heard, taken


def main(template: Path, folder: Path) -> None:
    heard, taken = warm(template, folder)
    sys.stdout.write(f"{len(heard)} statements\n")
    tries: list[tuple[Callable[[], None], float | None]] = [
        (lambda at=at: killed_at(at), None)  # type: ignore[misc]
        for at in worth(heard)
    ]
    chance = random.Random(SEED)
    tries.append((killed_afterwards, None))
    tries += [(close, chance.uniform(0, 1.2 * taken)) for _ in range(AT_MOMENTS)]
    for number, (work, after) in enumerate(tries):
        file = folder / f"{number}.db"
        ended = try_it(template, file, work, after)
        sys.stdout.write(f"{file.name} {ended}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
