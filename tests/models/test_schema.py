"""The tables hold what the tool promises to hold, and two people never overwrite each other."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
from alembic import command
from sqlalchemy import inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models.amendments import Amendment
from models.base import Base
from models.database import alembic_config, engine, reading, revisions, scratch, upgrade, writing
from models.organisation import Unit
from tests.services import built

HELD = {
    "organisation": "name staff sector audience region premises is_example",
    "unit": "name function",
    "person": "name function hours volunteer unit_id active",
    "person_skill": "person_id skill",
    "person_role": "person_id role",
    "quarter": "year number starts_on ends_on",
    "need": "source function topic text importance current",
    "objective": "catalogue_id why position lead_kpi guard_kpi target_low target_high check_on",
    "target_group": "name business age_from age_to region",
    "channel_use": "channel share grade source",
    "channel_account": "channel status owner_id deputy_id two_factor",
    "assessment": "depth closed_at",
    "respondent": "function is_leader consent",
    "answer": "question level state evidence note",
    "recommendation": "reasons score rank pack_version fingerprint amendments facts_hash",
    "decision": "answer why who made_at undone_at",
    "activity": "owner_id hours_setup hours_week due_on state recommendation_id",
    "amendment": "parameter value rule off confidence starts_on source reason",
    "result": "kpi channel period starts_on value source sample_size visibility definition way",
    "outcome": "recommendation_id result low high actual why who made_at",
    "experiment": "title assumption low high actual unit starts_on due_on decision decided_on",
    "lesson": "text verdict loop touches about amendment_id experiment_id who made_at",
    "weighing": "rule before proposed accepted basis evidence why who made_at amendment_id",
    "milestone": "quarter_id closed_at closed_by sha256",
    "frozen_part": "milestone_id name text sha256",
    "frozen_rules": "sha256 text",
    "addendum": "milestone_id text who made_at sha256",
    "quarter_step": "quarter_id step said who made_at",
    "insight": "text heard_on channel about objective receiver_id reached_on answer change why",
    "response_case": "received_on received_minute channel subject answered replied_on closed_on",
    "meeting": "quarter_id held_on plan step spent running_since ended_at changes",
    "meeting_decision": "what who due_on effect check_on is_stop by_whom verified",
    "meeting_note": "step kind about said text who verified",
    "meeting_score": "who score change verified",
    "scenario": "name author note moves begins basis fingerprint state why made_at",
}

SHARED = {
    "organisation", "unit", "person", "need", "objective", "target_group", "channel_use",
    "channel_account", "activity", "circumstance", "outcome", "experiment", "lesson",
    "result", "scenario", "insight", "response_case", "meeting_decision", "meeting_note",
}  # fmt: skip
"""What two people may change at once."""

ALONE = {
    "person_skill": "changes with its person, who has a version",
    "person_role": "changes with its person, who has a version",
    "quarter": "begun once, never changed",
    "assessment": "closed once, and only deeper before that",
    "respondent": "one person's own",
    "answer": "one person's own",
    "recommendation": "kept as it was given",
    "decision": "added, or taken back; never changed",
    "amendment": "added, or taken back; never changed",
    "weighing": "added; never changed",
    "milestone": "closed once, never changed",
    "frozen_part": "frozen once, never changed",
    "frozen_rules": "frozen once, never changed",
    "meeting": "its clock is moved under a lock, and the same asked for twice is once",
    "meeting_score": "one person's own",
    "addendum": "added; never changed",
    "quarter_step": "added; the newest counts",
}
"""What nobody changes at the same time as somebody else, and why."""


@pytest.mark.parametrize("table", HELD)
def test_everything_that_was_promised_has_a_column(table: str) -> None:
    assert set(HELD[table].split()) <= set(Base.metadata.tables[table].columns.keys())


def test_every_table_is_either_shared_and_versioned_or_nobodys_to_share() -> None:
    versioned = {
        mapper.local_table.name  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
        if mapper.version_id_col is not None
    }
    assert versioned == SHARED
    assert SHARED | ALONE.keys() == set(Base.metadata.tables)


@pytest.mark.parametrize("table", sorted(SHARED))
def test_of_two_who_change_one_row_the_second_is_told(database: Path, table: str) -> None:
    with writing() as session:
        shop = built.shop(session)
        built.everything(session, shop)
        session.add(Unit(organisation_id=shop.id, name="Shop", function="sales_team"))
        session.flush()
        if table == "circumstance":
            session.add(circumstance(shop))
        if table == "scenario":
            session.add(scenario(shop))
        if table in ("outcome", "experiment", "lesson"):
            session.add_all(learned(session, shop))
    mapped = next(m.class_ for m in Base.registry.mappers if m.local_table.name == table)  # type: ignore[attr-defined]
    with reading() as session:
        late = session.query(mapped).first()
        session.expunge(late)
    with writing() as session:
        touch(session.get_one(mapped, late.id), "first")
    touch(late, "second")
    with pytest.raises(StaleDataError), writing() as session:
        save(session, late)


def save(session: Session, row: Any) -> None:
    session.add(row)
    session.flush()


def touch(row: Any, word: str) -> None:
    """Change any text of a row."""
    columns = {"channel_use": "source", "need": "text", "objective": "why", "activity": "note"}
    columns |= {"result": "source", "insight": "text", "response_case": "subject"}
    columns |= {"meeting_decision": "what", "meeting_note": "text"}
    columns |= {"circumstance": "note", "outcome": "why", "experiment": "title", "lesson": "text"}
    setattr(row, columns.get(row.__tablename__, "name"), word)


def circumstance(shop: built.Shop) -> Any:
    from models.organisation import Circumstance

    return Circumstance(
        organisation_id=shop.id, quarter_id=shop.quarter, kind="readiness", attribute="sponsor",
        value=True, updated_at=datetime(2026, 11, 1, tzinfo=UTC),
    )  # fmt: skip


def scenario(shop: built.Shop) -> Any:
    from models.scenarios import Scenario

    return Scenario(
        organisation_id=shop.id, quarter_id=shop.quarter, name="More hours", moves=[],
        begins="today", basis={}, fingerprint="", pack_version="", told={},
        made_at=datetime(2026, 11, 1, tzinfo=UTC),
    )  # fmt: skip


def learned(session: Session, shop: built.Shop) -> list[Any]:
    """A row of everything that is learned."""
    from models.learning import Experiment, Lesson, Outcome, Weighing
    from models.recommendations import Recommendation

    moment = datetime(2026, 11, 1, tzinfo=UTC)
    place = {"organisation_id": shop.id, "quarter_id": shop.quarter}
    advised = Recommendation(
        **place, kind="channel", target="newsletter", score=100, rank=1, reasons=[],
        pack_version="1.0", fingerprint="", amendments=[], facts_hash="",
        expectation=None, made_at=moment,
    )  # fmt: skip
    session.add(advised)
    session.flush()
    return [
        Outcome(**place, recommendation_id=advised.id, result="met", actual=0.1, made_at=moment),
        Experiment(
            **place, title="Short films", assumption="They are seen", low=0.1,
            starts_on=date(2026, 10, 1), due_on=date(2026, 11, 1),
        ),
        Lesson(
            **place, text="Ask first", verdict="keep", loop="single", touches="role",
            made_at=moment,
        ),
        Weighing(
            **place, rule="r", before=1, proposed=0.1, accepted=False, basis=[[1, "met"]],
            evidence="one of one", made_at=moment,
        ),
    ]  # fmt: skip


def test_every_link_to_another_row_says_what_happens_when_that_goes() -> None:
    loose = [
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.ondelete not in {"CASCADE", "SET NULL"}
    ]
    assert loose == []


def test_every_link_to_another_row_is_indexed() -> None:
    for table in Base.metadata.tables.values():
        first = {next(iter(index.columns)).name for index in table.indexes}
        for key in table.foreign_keys:
            assert key.parent.name in first, f"{table.name}.{key.parent.name}"


def test_there_is_one_history_without_branches() -> None:
    assert revisions() == sorted(revisions(), reverse=True)


def test_a_part_from_before_versions_has_the_first_one() -> None:
    with scratch("0001") as connection:
        for statement in (
            "INSERT INTO organisation VALUES "
            "(1, 'Shop', 1, 'business', 'both', 'de', 0, 0, '', '2026-01-01 00:00:00', 1)",
            "INSERT INTO unit (id, organisation_id, name, function) VALUES (7, 1, 'A', 'legal')",
        ):
            connection.exec_driver_sql(statement)
        connection.commit()
        upgrade(connection)
        assert connection.exec_driver_sql("SELECT id, version FROM unit").all() == [(7, 1)]


def test_a_promise_from_before_keeps_the_identity_by_which_calendars_know_it() -> None:
    with scratch("0003") as connection:
        for statement in (
            "INSERT INTO organisation VALUES "
            "(1, 'Shop', 1, 'business', 'both', 'de', 0, 0, '', '2026-01-01 00:00:00', 1)",
            "INSERT INTO quarter VALUES (2, 1, 2026, 1, '2026-01-01', '2026-03-31')",
            "INSERT INTO activity (id, organisation_id, quarter_id, catalogue_id, title, channel, "
            "hours_setup, hours_week, state, note, version) "
            "VALUES (3, 1, 2, '', 'Paint', '', 0, 1, 'open', '', 1)",
            "INSERT INTO objective (id, organisation_id, quarter_id, catalogue_id, why, position, "
            "lead_kpi, guard_kpi, target_unit, numbers_unknown, version) "
            "VALUES (3, 1, 2, 'sales', '', 1, '', '', '', 0, 1)",
        ):
            connection.exec_driver_sql(statement)
        connection.commit()
        upgrade(connection)
        for table, name in (("activity", "promise"), ("objective", "objective")):
            known = uuid5(NAMESPACE_URL, f"crossroads:2026-01-01T00:00:00/1/{name}/3")
            assert connection.exec_driver_sql(f"SELECT uid FROM {table}").all() == [(str(known),)]


def test_the_history_can_be_walked_down_to_nothing_and_up_again() -> None:
    with scratch("head") as connection:
        command.downgrade(alembic_config(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        upgrade(connection)
        assert set(inspect(connection).get_table_names()) > set(Base.metadata.tables)


def test_a_value_of_an_amendment_comes_back_as_it_was(database: Path) -> None:
    with writing() as session:
        shop = built.shop(session)
        for value in (0.1, 3, "word", None, [1, "two"]):
            session.add(
                Amendment(
                    organisation_id=shop.id, parameter="p", value=value, source="", reason="",
                    starts_on=date(2026, 1, 1), made_at=datetime(2026, 1, 1, tzinfo=UTC),
                )
            )  # fmt: skip
    with reading() as session:
        kept = [row.value for row in session.query(Amendment).order_by(Amendment.id)]
    assert kept == [0.1, 3, "word", None, [1, "two"]]
    engine().dispose()
