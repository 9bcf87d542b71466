"""People, promises and decisions as facts."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from models.database import reading, writing
from models.organisation import Person
from models.plan import Activity
from rules.pack import Fact
from services import advice, facts_of_work, recommendations
from services.recommendations import Said
from tests.services import built
from tests.services.built import Shop


@pytest.fixture
def shop(database: Path) -> Shop:
    with writing() as session:
        return built.shop(session)


def promise(session: Session, shop: Shop, owner: int | None, hours: float, state: str) -> None:
    session.add(
        Activity(
            organisation_id=shop.id, quarter_id=shop.quarter, catalogue_id="review_answering",
            title="Answer reviews", owner_id=owner, hours_setup=0, hours_week=hours, state=state,
        )
    )  # fmt: skip


def people(shop: Shop) -> dict[object, Fact]:
    with reading() as session:
        found = facts_of_work.people(session, shop.id, shop.quarter)
        return {fact.values["id"]: fact for fact in found if fact.kind == "person"}


def planned(shop: Shop) -> list[Fact]:
    with reading() as session:
        return list(facts_of_work.planned(session, shop.quarter))


@pytest.mark.parametrize(("promised", "free"), [(2, 3), (5, 0), (6, 0)])
def test_free_hours_are_those_not_promised_and_never_less_than_none(
    shop: Shop, promised: float, free: float
) -> None:
    with writing() as session:
        promise(session, shop, shop.ann, promised, "open")
    ann = people(shop)[f"p{shop.ann}"].values
    assert (ann["free_hours"], ann["accountable"], ann["hours"]) == (free, 1, 5)


@pytest.mark.parametrize("state", ["done", "not_done"])
def test_what_is_settled_takes_no_hours_any_more(shop: Shop, state: str) -> None:
    with writing() as session:
        promise(session, shop, shop.ann, 2, state)
    ann = people(shop)[f"p{shop.ann}"].values
    assert (ann["free_hours"], ann["accountable"]) == (5, 0)


def test_who_left_is_no_fact_but_keeps_the_name(shop: Shop) -> None:
    with writing() as session:
        session.get_one(Person, shop.ben).active = False
    assert list(people(shop)) == [f"p{shop.ann}"]
    with reading() as session:
        assert facts_of_work.names(session, shop.id)[f"p{shop.ben}"] == "Ben"


def test_promises_of_one_activity_are_one_fact(shop: Shop) -> None:
    with writing() as session:
        promise(session, shop, shop.ann, 2, "done")
        promise(session, shop, None, 1, "stuck")
    (fact,) = planned(shop)
    assert fact.values == {
        "activity": "review_answering",
        "state": "stuck",
        "has_owner": False,
        "hours": 1,
    }


def test_a_decision_taken_back_is_no_fact(shop: Shop) -> None:
    with writing() as session:
        built.wants(session, shop, "sales")
    with reading() as session:
        view = advice.current(session, shop.id, shop.quarter)
    target = ("activity", "review_answering", "")
    with writing() as session:
        said = recommendations.decide(session, view, target, Said("adapted", "less"), seen=None)
        found = list(facts_of_work.decisions(session, shop.quarter))
        recommendations.undo(session, said.decision_id)
        after = list(facts_of_work.decisions(session, shop.quarter))
    assert found == [Fact("accepted", {"kind": "activity", "target": "review_answering"})]
    assert after == []
