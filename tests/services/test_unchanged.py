"""What is kept until the database changes: never a moment longer, and never half of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from models import database as db
from models.database import reading, writing
from models.organisation import Organisation
from services import organisations
from services.unchanged import unchanged
from tests.services import built


def names() -> list[str]:
    with reading() as session:
        return unchanged(
            session, "names", lambda: [row.name for row in organisations.listed(session)]
        )


def test_it_is_made_once_as_long_as_nothing_changes(database: Path) -> None:
    assert names() is names()


def test_what_this_process_commits_is_seen_at_once(database: Path) -> None:
    assert names() == []
    with writing() as session:
        built.shop(session)
    assert names() == ["Corner Bakery"]


def test_what_another_process_commits_is_seen_at_once(database: Path) -> None:
    with writing() as session:
        built.shop(session)
    before = names()
    with closing(sqlite3.connect(database)) as another, another:
        another.execute("UPDATE organisation SET name = 'Another name'")
    assert names() == ["Another name"] != before


def test_whoever_writes_sees_what_is_not_committed_and_nobody_else_does(database: Path) -> None:
    with writing() as session:
        built.shop(session)
    before = names()
    with writing() as session:
        session.query(Organisation).update({"name": "Not yet"})
        seen = unchanged(session, "names", lambda: [r.name for r in organisations.listed(session)])
        assert seen == ["Not yet"]
        assert names() == before


def test_what_changed_while_it_was_made_is_not_kept(database: Path) -> None:
    """It may show the change, or not; whoever asks next gets neither from memory."""
    with writing() as session:
        built.shop(session)

    def made() -> str:
        with writing() as other:
            other.query(Organisation).update({"name": "Changed meanwhile"})
        return "made before"

    with reading() as session:
        assert unchanged(session, "slow", made) == "made before"
        assert unchanged(session, "slow", lambda: "made again") == "made again"


def test_two_databases_are_never_mixed_up(database: Path) -> None:
    assert names() == []
    before = db.stamp()
    db.engine().dispose()
    assert db.stamp() != before
