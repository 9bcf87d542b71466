"""Killed at any moment, a quarter is either closed or not; two who close it close it once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, text

from models.assessments import Assessment
from models.base import Base
from models.database import ROOT, engine, reading, writing
from models.milestones import FrozenPart, Milestone
from services import assessments, backup, milestones, rulebook
from tests.services import built
from tests.services.killed_while_closing import AT_MOMENTS, ON

FROZEN = ("milestone", "frozen_part", "frozen_rules")


@dataclass(frozen=True, slots=True)
class Tried:
    """What is left of one try: its database, and whether the process was killed."""

    file: Path
    killed: bool


def prepare(file: Path) -> None:
    """A shop with something of everything and a round that is still open; one file, nothing beside
    it."""
    with writing() as session:
        shop = built.shop(session)
        built.everything(session, shop)
        round_ = assessments.open_round(session, shop.id, shop.quarter)
        asked = list(rulebook.pack().catalogues["questions"])[:8]
        for _ in range(6):
            one = assessments.join(session, round_.id, function="sales_team")
            for question in asked:
                assessments.record(session, one.id, question, 2)
        assert (shop.id, shop.quarter) == (1, 2)
    with engine().connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine().dispose()
    assert not Path(f"{file}-wal").exists()


@pytest.fixture(scope="module")
def tries(
    migrated: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Tried], dict[str, str]]:
    """All tries, and what stood in the database before, by table."""
    folder = tmp_path_factory.mktemp("killed")
    template = folder / "template.db"
    shutil.copy(migrated, template)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CROSSROADS_DATABASE_URL", f"sqlite:///{template}")
        prepare(template)
        before = content()
        engine().dispose()
    told = subprocess.run(
        [sys.executable, "-m", "tests.services.killed_while_closing", template, folder],
        cwd=ROOT,
        env=dict(os.environ),
        check=True,
        capture_output=True,
        text=True,
    )
    lines = [line.split() for line in told.stdout.splitlines()[1:]]
    return [Tried(folder / name, ended == "killed") for name, ended in lines], before


def content() -> dict[str, str]:
    """What every table holds, as text."""
    with reading() as session:
        return {
            table.name: repr(session.execute(select(table).order_by(table.c.id)).all())
            for table in Base.metadata.sorted_tables
        }


def open_again(tried: Tried, patch: pytest.MonkeyPatch) -> Milestone | None:
    """The database as the next start of the tool finds it; SQLite finds nothing wrong with it."""
    patch.setenv("CROSSROADS_DATABASE_URL", f"sqlite:///{tried.file}")
    with reading() as session:
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        assert session.execute(text("PRAGMA foreign_key_check")).first() is None
        return session.scalars(select(Milestone)).one_or_none()


def test_it_was_killed_at_least_fifty_times(tries: tuple[list[Tried], object]) -> None:
    killed = [one for one in tries[0] if one.killed]
    assert len(killed) >= 50
    assert len(tries[0]) - AT_MOMENTS >= 30  # every statement that writes, and some that read


def test_whenever_it_was_killed_the_quarter_is_closed_whole_or_not_at_all(
    tries: tuple[list[Tried], dict[str, str]],
) -> None:
    ways = set()
    for tried in tries[0]:
        with pytest.MonkeyPatch.context() as patch:
            there = open_again(tried, patch)
            if there is None:
                assert content() == tries[1], tried
            else:
                whole(there.id, tries[1], tried)
            ways.add((tried.killed, there is not None))
            engine().dispose()
    assert {(True, False), (True, True)} <= ways


def whole(milestone_id: int, before: dict[str, str], tried: Tried) -> None:
    """Every hash is right, the round has ended, and nothing else is different."""
    now = content()
    changed = {name for name in now if now[name] != before[name]}
    assert changed == {*FROZEN, "assessment"}, tried
    with reading() as session:
        assert milestones.damaged(session, milestone_id) == (), tried
        assert session.query(FrozenPart).count() == 11
        assert session.query(Assessment).one().closed_at is not None


def test_after_a_kill_it_can_be_closed_as_if_nothing_had_been(
    tries: tuple[list[Tried], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    last = [one for one in tries[0] if one.killed][-AT_MOMENTS // 2 :][:3]
    for tried in last:
        open_again(tried, monkeypatch)
        with writing() as session:
            kept = milestones.close(session, 1, 2, "Ann", on=ON)
        with reading() as session:
            assert milestones.damaged(session, kept.id) == ()
            assert milestones.rederive(session, kept.id).same
        engine().dispose()


def test_two_who_close_it_at_once_close_it_once(database: Path) -> None:
    prepare(database)
    together, found = Barrier(2), []

    def close(by: str) -> None:
        together.wait()
        with writing() as session:
            found.append(milestones.close(session, 1, 2, by, on=ON))

    threads = [Thread(target=close, args=(by,)) for by in ("Ann", "Ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] == found[1]
    with reading() as session:
        assert session.query(Milestone).count() == 1


def test_what_goes_wrong_before_the_end_leaves_nothing_closed(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(database)
    before = content()

    def full(_: object) -> str:
        raise OSError("no space left")

    monkeypatch.setattr(milestones.frozen, "whole", full)
    with pytest.raises(OSError, match="no space"), writing() as session:
        milestones.close(session, 1, 2, "Ann", on=ON)
    assert content() == before
    with reading() as session:
        assert backup.here(session).counts["milestone"] == 0
