"""A made-up case put to the rules starts from what is known, and writes nothing anywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from models.base import Base
from models.database import reading, writing
from services import advice, costs, objectives, trying
from services.refusals import Refused
from tests.services import built


@pytest.fixture
def shop(database: object) -> built.Shop:
    with writing() as session:
        made = built.shop(session)
        built.everything(session, made)
        return made


def rows() -> dict[str, list[str]]:
    """Every row of every table, as it is."""
    with reading() as session:
        return {
            table.name: [str(row) for row in session.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }


def view_of(shop: built.Shop) -> advice.AdviceView:
    with reading() as session:
        return advice.current(session, shop.id, shop.quarter)


def test_a_case_begins_as_the_organisation_is_and_then_says_the_same(shop: built.Shop) -> None:
    view = view_of(shop)
    case = trying.begin(view)
    assert (case.staff, case.people, case.hours) == (6, 2, 4)
    assert case.objectives == ("sales", "service")
    assert case.group == (25, 60, False)
    tried = trying.advised(view, case)
    assert [one.target for one in tried.advice.scored] == [one.target for one in view.advice.scored]


def test_a_tried_case_changes_no_row(shop: built.Shop) -> None:
    before = rows()
    view = view_of(shop)
    case = replace(trying.begin(view), objectives=("recruiting",), people=5, hours=10.0, staff=200)
    tried = trying.advised(view, replace(case, group=(18, 29, False)))
    assert rows() == before
    assert tried.recommended("channel") != view.recommended("channel")
    assert view_of(shop).facts_hash == view.facts_hash


def test_hours_and_people_of_a_case_reach_the_rules(shop: built.Shop) -> None:
    view = view_of(shop)
    tried = trying.advised(view, replace(trying.begin(view), people=3, hours=12.5))
    assert costs.hours_given(tried) == 37.5
    assert len([fact for fact in tried.facts if fact.kind == "person"]) == 3
    assert tried.advice.fingerprint == view.advice.fingerprint
    assert tried.facts_hash != view.facts_hash


def test_an_organisation_that_has_said_nothing_can_try_a_case(database: object) -> None:
    with writing() as session:
        shop = built.shop(session)
    tried = trying.advised(
        view_of(shop), replace(trying.begin(view_of(shop)), objectives=("sales",))
    )
    assert tried.recommended("activity")


@pytest.mark.parametrize(
    ("what", "word"),
    [
        ({"objectives": ("sales", "sales")}, "once"),
        ({"objectives": ("sales", "service", "leads", "events")}, "up to three"),
        ({"objectives": ("no_such",)}, "do not know"),
        ({"staff": 0}, "how many people"),
        ({"hours": 81.0}, "how many hours"),
        ({"group": (40, 20, False)}, "youngest"),
    ],
)
def test_a_case_that_cannot_be_is_refused(
    shop: built.Shop, what: dict[str, object], word: str
) -> None:
    view = view_of(shop)
    case = replace(trying.begin(view), **what)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=word):
        trying.advised(view, case)


def test_an_objective_stated_meanwhile_is_in_the_next_case(shop: built.Shop) -> None:
    with writing() as session:
        objectives.state(session, shop.id, shop.quarter, "events")
    assert trying.begin(view_of(shop)).objectives == ("sales", "service", "events")
