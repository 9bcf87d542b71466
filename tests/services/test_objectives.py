"""Objectives: at most three, in order, said more about without losing anyone's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from models.needs import Need
from services import advice, objectives
from services.objectives import Stated, Wish
from services.refusals import Changed, Refused
from tests.services.built import Shop, shop, wants

FULL = Wish(
    why="The shop *must* live",
    lead_kpi="influenced_sales",
    guard_kpi="favourable_mentions",
    target_low=10,
    target_high=20,
    target_unit="orders a month",
    check_on=date(2026, 12, 1),
)


@pytest.fixture
def bakery(session: Session) -> Shop:
    return shop(session)


def stated(session: Session, bakery: Shop) -> list[Stated]:
    return objectives.listed(session, bakery.quarter)


def names(session: Session, bakery: Shop) -> list[str]:
    return [one.name for one in stated(session, bakery)]


def test_the_first_one_said_comes_first(session: Session, bakery: Shop) -> None:
    wants(session, bakery, "service", "sales")
    assert [(one.position, one.name) for one in stated(session, bakery)] == [
        (1, "service"),
        (2, "sales"),
    ]


def test_stating_it_again_changes_nothing(session: Session, bakery: Shop) -> None:
    wants(session, bakery, "service", "sales", "service")
    assert names(session, bakery) == ["service", "sales"]


def test_three_are_enough(session: Session, bakery: Shop) -> None:
    wants(session, bakery, "service", "sales", "image")
    with pytest.raises(Refused, match="Three are enough"):
        wants(session, bakery, "fundraising")
    assert names(session, bakery) == ["service", "sales", "image"]


def test_only_what_is_on_the_list_can_be_wanted(session: Session, bakery: Shop) -> None:
    with pytest.raises(Refused, match="from the list"):
        wants(session, bakery, "world_peace")


def test_the_order_says_what_counts_most(session: Session, bakery: Shop) -> None:
    wants(session, bakery, "service", "sales", "image")
    objectives.reorder(session, bakery.quarter, ["image"])
    assert names(session, bakery) == ["image", "service", "sales"]
    view = advice.current(session, bakery.id, bakery.quarter)
    weighs = {f.values["name"]: f.values["priority"] for f in view.facts if f.kind == "objective"}
    assert weighs == {"image": 3, "service": 2, "sales": 1}


def test_those_behind_move_up_when_one_is_dropped(session: Session, bakery: Shop) -> None:
    wants(session, bakery, "service", "sales")
    first = stated(session, bakery)[0].id
    objectives.drop(session, first)
    objectives.drop(session, first)
    assert [(one.position, one.name) for one in stated(session, bakery)] == [(1, "sales")]


def test_what_is_said_more_is_kept(session: Session, bakery: Shop) -> None:
    wants(session, bakery, "sales")
    one = stated(session, bakery)[0]
    objectives.restate(session, one.id, FULL, version=one.version)
    assert stated(session, bakery)[0].wish == FULL


def test_not_knowing_the_numbers_is_a_full_answer(session: Session, bakery: Shop) -> None:
    wants(session, bakery, "sales")
    one = stated(session, bakery)[0]
    objectives.restate(session, one.id, Wish(numbers_unknown=True), version=one.version)
    view = advice.current(session, bakery.id, bakery.quarter)
    assert "tally_sheet" in [scored.target[1] for scored in view.recommended("step")]
    assert view.recommended("channel")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"lead_kpi": "luck"}, "number from the list"),
        ({"guard_kpi": "luck"}, "number from the list"),
        ({"guard_kpi": "influenced_sales"}, "another one"),
        ({"target_low": 20.1}, "lower end"),
        ({"why": "x" * 1001}, "shorten"),
        ({"check_on": date(2026, 9, 30)}, "in this quarter or after"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    session: Session, bakery: Shop, change: dict[str, object], words: str
) -> None:
    wants(session, bakery, "sales")
    one = stated(session, bakery)[0]
    said = replace(FULL, **change)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=words):
        objectives.restate(session, one.id, said, version=one.version)
    assert stated(session, bakery)[0].wish == Wish()


def test_what_lies_on_the_boundary_is_kept(session: Session, bakery: Shop) -> None:
    wants(session, bakery, "sales")
    one = stated(session, bakery)[0]
    edge = replace(FULL, target_low=20, why="x" * 1000, check_on=date(2026, 10, 1))
    objectives.restate(session, one.id, edge, version=one.version)
    assert stated(session, bakery)[0].wish == edge


def test_who_saves_second_sees_what_the_other_one_said(session: Session, bakery: Shop) -> None:
    wants(session, bakery, "sales")
    one = stated(session, bakery)[0]
    objectives.restate(session, one.id, FULL, version=one.version)
    with pytest.raises(Changed) as changed:
        objectives.restate(session, one.id, Wish(why="Mine"), version=one.version)
    assert changed.value.theirs is not None
    assert changed.value.theirs["why"] == FULL.why
    objectives.restate(session, one.id, Wish(why="Mine"), version=changed.value.version)
    assert stated(session, bakery)[0].wish.why == "Mine"


def test_saying_more_about_what_was_dropped_says_so(session: Session, bakery: Shop) -> None:
    wants(session, bakery, "sales")
    one = stated(session, bakery)[0]
    objectives.drop(session, one.id)
    with pytest.raises(Changed) as changed:
        objectives.restate(session, one.id, FULL, version=one.version)
    assert changed.value.theirs is None


def test_what_people_expect_suggests_what_is_not_wanted_yet(session: Session, bakery: Shop) -> None:
    session.add(
        Need(
            organisation_id=bakery.id, quarter_id=bakery.quarter, source="customers",
            function="", topic="slow_answers", text="", importance=5, current=0,
            created_at=datetime.now(UTC),
        )
    )  # fmt: skip
    session.flush()

    def suggested() -> list[str]:
        view = advice.current(session, bakery.id, bakery.quarter)
        return [one.target[1] for one in objectives.suggested(view)]

    assert "service" in suggested()
    wants(session, bakery, "service")
    assert "service" not in suggested()
