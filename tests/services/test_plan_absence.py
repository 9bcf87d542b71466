"""What breaks if one person is away, and who could take over."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from models.organisation import Person, PersonSkill
from services import advice, planning
from services.advice import AdviceView
from tests.services import built
from tests.services.built import Shop


@pytest.fixture
def shop(session: Session) -> Shop:
    shop = built.shop(session)
    built.everything(session, shop)
    return shop


def view_of(session: Session, shop: Shop) -> AdviceView:
    session.flush()
    return advice.current(session, shop.id, shop.quarter)


def test_a_promise_without_its_person_names_who_has_the_hours(session: Session, shop: Shop) -> None:
    away = planning.without(view_of(session, shop), f"p{shop.ann}")
    (orphan,) = away.orphans
    assert (orphan.activity, orphan.hours) == ("needs_workshop", 0.5)
    assert orphan.people == (f"p{shop.ben}",)


def test_nobody_takes_over_without_the_hours(session: Session, shop: Shop) -> None:
    session.get_one(Person, shop.ben).hours = 0.5
    away = planning.without(view_of(session, shop), f"p{shop.ann}")
    assert [orphan.people for orphan in away.orphans] == [()]


def test_what_only_one_person_can_is_missed(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    assert planning.without(view, f"p{shop.ann}").skills == ("photo",)
    assert planning.without(view, f"p{shop.ann}").roles == ("channel_owner",)
    session.add(PersonSkill(person_id=shop.ben, skill="photo"))
    assert planning.without(view_of(session, shop), f"p{shop.ann}").skills == ()


def test_the_plan_gets_smaller_and_somebody_else_answers(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    before, away = planning.plan(view), planning.without(view, f"p{shop.ann}")
    mine = {one.name for one in before.activities if one.owner == f"p{shop.ann}"}
    assert away.lost
    assert {activity for activity, _ in away.moved} <= mine
    assert {who for _, who in away.moved} <= {f"p{shop.ben}"}


def test_nothing_is_kept_of_an_absence(session: Session, shop: Shop) -> None:
    before = planning.plan(view_of(session, shop))
    planning.without(view_of(session, shop), f"p{shop.ann}")
    assert not session.dirty
    assert planning.plan(view_of(session, shop)) == before


def test_somebody_who_does_not_take_part_cannot_be_away(session: Session, shop: Shop) -> None:
    with pytest.raises(KeyError):
        planning.without(view_of(session, shop), "p999")
