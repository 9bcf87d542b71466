"""A throw-away migrated database for each test that asks for one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from models import database as db
from services import organisations, samples

TODAY = date(2026, 11, 24)
Example = Callable[[str], int]


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


@pytest.fixture(scope="session")
def shelf(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`shelf("bicycle_shop")`: a database with this example alone, opened on TODAY and made once,
    to be copied: making one costs seconds, copying it milliseconds."""
    folder = tmp_path_factory.mktemp("examples")

    @cache
    def made(sample_id: str) -> Path:
        file = folder / f"{sample_id}.db"
        shutil.copy(migrated, file)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CROSSROADS_DATABASE_URL", f"sqlite:///{file}")
            with db.writing() as session:
                samples.open(session, sample_id, on=TODAY)
            db.engine().dispose()
        return file

    return made


@pytest.fixture
def example_of(database: Path, shelf: Callable[[str], Path]) -> Example:
    """`example_of("bicycle_shop")` puts the example as of TODAY in the place of the test's own,
    still empty, database, and says under which id it lies there."""

    def placed(sample_id: str) -> int:
        made = shelf(sample_id)
        with db.reading() as session:
            assert not organisations.listed(session), "an example comes first"
        db.engine().dispose()
        shutil.copy(made, database)
        with db.reading() as session:
            (organisation,) = organisations.listed(session)
            return organisation.id

    return placed
