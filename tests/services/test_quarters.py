"""Quarters: their boundaries, and what a new one begins with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.database import reading, writing
from models.needs import Need
from models.objectives import Objective
from services import circumstances, needs, quarters
from tests.services import built
from tests.services.built import Shop


@pytest.fixture
def shop(database: object) -> Shop:
    with writing() as session:
        made = built.shop(session)
        built.everything(session, made)
        return made


@pytest.mark.parametrize(
    ("on", "starts_on", "ends_on"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 9, 30), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 10, 1), date(2026, 12, 31)),
        (date(2028, 2, 29), date(2028, 1, 1), date(2028, 3, 31)),
    ],
)
def test_every_day_lies_in_one_quarter(on: date, starts_on: date, ends_on: date) -> None:
    quarter = quarters.bare(1, on)
    assert (quarter.starts_on, quarter.ends_on) == (starts_on, ends_on)
    assert quarters.following(quarter.starts_on) > on


def test_a_quarter_is_called_by_its_months() -> None:
    assert quarters.label(quarters.bare(1, date(2026, 11, 24))) == "October to December 2026"


def test_the_same_quarter_is_begun_once(shop: Shop) -> None:
    with writing() as session:
        first = quarters.ensure(session, shop.id, date(2027, 1, 1)).id
        again = quarters.ensure(session, shop.id, date(2027, 3, 31)).id
        assert first == again
    with reading() as session:
        newest = [(row.year, row.number) for row in quarters.listed(session, shop.id)]
    assert newest == [(2027, 1), (2026, 4), (2026, 3)]


def test_a_new_quarter_begins_with_what_stays_true(shop: Shop) -> None:
    asked = ("readiness", "sponsor")
    with writing() as session:
        circumstances.record(session, (shop.id, shop.quarter), asked, True)
    with writing() as session:
        new = quarters.ensure(session, shop.id, date(2027, 2, 1)).id
    with reading() as session:
        wanted = session.query(Objective).filter_by(quarter_id=new)
        assert [row.catalogue_id for row in wanted] == ["sales", "service"]
        assert session.query(Need).filter_by(quarter_id=new).count() == 1
        known = circumstances.recorded(session, shop.id, new)
    assert known[asked].value is True


def test_changing_the_new_quarter_leaves_the_old_one_alone(shop: Shop) -> None:
    with writing() as session:
        new = quarters.ensure(session, shop.id, date(2027, 2, 1)).id
        session.query(Objective).filter_by(quarter_id=new).delete()
    with reading() as session:
        assert session.query(Objective).filter_by(quarter_id=shop.quarter).count() == 2


def test_a_day_before_all_quarters_begins_an_empty_one(shop: Shop) -> None:
    with writing() as session:
        old = quarters.ensure(session, shop.id, date(2020, 5, 5)).id
    with reading() as session:
        assert session.query(Objective).filter_by(quarter_id=old).count() == 0


# ---- Begun ahead -----------------------------------------------------------------------------


def test_what_is_said_after_the_next_quarter_was_begun_ahead_holds_there_too(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Today(date):
        @classmethod
        def today(cls) -> Today:
            return cls(2026, 11, 25)

    monkeypatch.setattr("services.quarters.date", Today)
    slow = needs.Expectation("function", "slow_answers", 4, 1, "customer_service")
    with writing() as session:
        shop = built.shop(session)
        first = needs.add(session, shop.id, shop.quarter, slow).id
        gone = needs.add(session, shop.id, shop.quarter, replace(slow, text="Twice")).id
        later = quarters.ensure(session, shop.id, date(2027, 1, 1)).id
        asked = ("readiness", "sponsor")
        circumstances.record(session, (shop.id, shop.quarter), asked, True)
        needs.update(session, first, replace(slow, importance=5), version=1)
        needs.remove(session, gone)
        needs.add(session, shop.id, shop.quarter, replace(slow, text="New"))
        circumstances.record(session, (shop.id, shop.before), asked, False)
    with reading() as session:
        heard = needs.listed(session, shop.id, later)
        assert [(one.importance, one.text) for one in heard] == [(5, ""), (4, "New")]
        assert circumstances.recorded(session, shop.id, later)[asked].value is True
