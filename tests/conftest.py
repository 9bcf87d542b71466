"""A throw-away migrated database for each test that asks for one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import database as db


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with the newest schema, made once and copied for each test."""
    file = tmp_path_factory.mktemp("schema") / "empty.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CROSSROADS_DATABASE_URL", f"sqlite:///{file}")
        db.migrate()
        db.engine().dispose()
    return file


@pytest.fixture
def database(migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of this test's own database."""
    file = tmp_path / "crossroads.db"
    shutil.copy(migrated, file)
    monkeypatch.setenv("CROSSROADS_DATABASE_URL", f"sqlite:///{file}")
    yield file
    db.engine().dispose()
