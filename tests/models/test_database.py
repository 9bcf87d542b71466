"""The schema and the units of work."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from models.database import alembic_config, engine, migrate, reading, writing
from models.organisation import Organisation, Person


def organisation(name: str = "Shop") -> Organisation:
    return Organisation(
        name=name, staff=1, sector="business", audience="both", region="de", created_at=NOW
    )


NOW = datetime(2026, 1, 5, tzinfo=UTC)


def test_the_schema_is_what_the_models_say(database: Path) -> None:
    with engine().connect() as connection:
        command.check(alembic_config(connection))


def test_migrating_twice_changes_nothing(database: Path) -> None:
    migrate()
    migrate()
    with reading() as session:
        assert session.scalar(text("SELECT count(*) FROM alembic_version")) == 1


def test_eight_writers_at_once_lose_nothing(database: Path) -> None:
    def write(number: int) -> None:
        with writing() as session:
            session.add(organisation(str(number)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(80)))
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 80


def test_the_second_of_two_editors_is_told_instead_of_overwriting(database: Path) -> None:
    with writing() as session:
        session.add(organisation())
    with reading() as late:
        seen = late.scalars(select(Organisation)).one()
        late.expunge(seen)
    with writing() as first:
        first.scalars(select(Organisation)).one().name = "Changed first"
    seen.name = "Changed second"
    with pytest.raises(StaleDataError), writing() as second:  # noqa: PT012
        second.add(seen)
        second.flush()
    with reading() as session:
        assert session.scalars(select(Organisation.name)).one() == "Changed first"


def test_an_error_in_the_middle_keeps_nothing_of_the_act(database: Path) -> None:
    with pytest.raises(RuntimeError), writing() as session:  # noqa: PT012
        session.add(organisation())
        session.flush()
        raise RuntimeError
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 0


def test_a_person_without_an_organisation_is_refused(database: Path) -> None:
    with pytest.raises(IntegrityError), writing() as session:
        session.add(Person(organisation_id=99, name="Nobody", function="sales", hours=1))
