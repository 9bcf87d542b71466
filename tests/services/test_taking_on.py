"""Advice that somebody takes on: one promise, one owner, and nothing overwritten unseen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.database import reading, writing
from models.organisation import Person, PersonRole, PersonSkill
from models.plan import Activity
from services import advice, owners, recommendations, taking_on
from services.advice import AdviceView
from services.recommendations import Said
from services.refusals import Changed, Refused
from services.taking_on import Promise
from tests.services import built
from tests.services.built import Shop

YES = Said("accepted", who="Ann")
ACTIVITY = "local_profile_care"
TARGET = ("activity", ACTIVITY, "")
VOLUNTARY = "behind_the_scenes"


@pytest.fixture
def shop(database: Path) -> Shop:
    with writing() as session:
        shop = built.shop(session)
        built.everything(session, shop)
    return shop


def seen_by(shop: Shop) -> AdviceView:
    with reading() as session:
        return advice.current(session, shop.id, shop.quarter)


def take(
    shop: Shop,
    promise: Promise,
    said: Said = YES,
    seen: int | None = None,
    activity: str = ACTIVITY,
) -> None:
    view = seen_by(shop)
    with writing() as session:
        taking_on.take_on(session, view, activity, said, promise, seen=seen)


def planned(session: Session, activity: str = ACTIVITY) -> list[Activity]:
    wanted = select(Activity).where(Activity.catalogue_id == activity)
    return list(session.scalars(wanted))


def stands(shop: Shop, target: tuple[str, str, str] = TARGET) -> int | None:
    with reading() as session:
        found = recommendations.standing(session, shop.quarter).get(target)
        return found.decision_id if found else None


def name(shop: Shop, person: int, seen: int | None, said: Said = YES) -> None:
    view = seen_by(shop)
    with writing() as session:
        taking_on.name_owner(session, view, ACTIVITY, person, said, seen=seen)


def owner(shop: Shop) -> int | None:
    with reading() as session:
        (row,) = planned(session)
        return row.owner_id


def named(shop: Shop) -> list[str]:
    with reading() as session:
        return [of[1] for of in recommendations.standing(session, shop.quarter) if of[0] == "owner"]


def test_taking_on_makes_a_promise_with_its_recommendation(shop: Shop) -> None:
    take(shop, Promise(shop.ann, 0.5, 1, date(2026, 12, 1)))
    with reading() as session:
        (row,) = planned(session)
        assert (row.owner_id, row.hours_week, row.hours_setup) == (shop.ann, 0.5, 1)
        assert (row.due_on, row.state) == (date(2026, 12, 1), "open")
        assert row.title == "Keep our entry on the map alive"
        assert row.recommendation_id is not None


def test_taking_on_twice_is_one_promise(shop: Shop) -> None:
    for _ in range(2):
        take(shop, Promise(shop.ann, 0.5, 1))
    with reading() as session:
        assert len(planned(session)) == 1
        assert recommendations.history(session, shop.quarter, TARGET) == [(YES, True)]


def test_taking_on_again_after_looking_changes_the_same_promise(shop: Shop) -> None:
    take(shop, Promise(shop.ann, 0.5, 1))
    adapted = Said("adapted", "only on Mondays", "Ann")
    take(shop, Promise(shop.ben, 1, 1), adapted, stands(shop))
    with reading() as session:
        (row,) = planned(session)
        assert (row.owner_id, row.hours_week) == (shop.ben, 1)
        assert recommendations.history(session, shop.quarter, TARGET) == [
            (YES, False),
            (adapted, True),
        ]


def test_who_promises_otherwise_without_having_seen_it_is_told(shop: Shop) -> None:
    take(shop, Promise(shop.ann, 0.5, 1))
    with pytest.raises(Changed) as conflict:
        take(shop, Promise(shop.ben, 0.5, 1))
    assert conflict.value.theirs is not None
    assert conflict.value.theirs["owner"] == "Ann *Baker*"
    assert owner(shop) == shop.ann


def test_who_answers_otherwise_without_having_seen_it_is_told(shop: Shop) -> None:
    take(shop, Promise(shop.ann, 0.5, 1))
    with pytest.raises(Changed):
        take(shop, Promise(shop.ann, 0.5, 1), Said("adapted", "less"))


def test_what_was_taken_back_meanwhile_is_told(shop: Shop) -> None:
    take(shop, Promise(shop.ann, 0.5, 1))
    decision = stands(shop)
    with writing() as session:
        taking_on.let_go(session, decision or 0)
    with pytest.raises(Changed) as conflict:
        take(shop, Promise(shop.ann, 0.5, 1), seen=decision)
    assert conflict.value.theirs is None


def test_letting_go_takes_promise_and_owner_with_it_and_keeps_the_history(shop: Shop) -> None:
    take(shop, Promise(shop.ann, 0.5, 1))
    name(shop, shop.ben, shop.ann)
    decision = stands(shop)
    for _ in range(2):
        with writing() as session:
            taking_on.let_go(session, decision or 0, who="Ben")
    with reading() as session:
        assert planned(session) == []
        assert recommendations.history(session, shop.quarter, TARGET) == [(YES, False)]
    assert named(shop) == []


def test_letting_go_leaves_what_somebody_has_begun(shop: Shop) -> None:
    take(shop, Promise(shop.ann, 0.5, 1))
    with writing() as session:
        planned(session)[0].state = "doing"
    with writing() as session:
        taking_on.let_go(session, stands(shop) or 0)
    with reading() as session:
        assert [row.state for row in planned(session)] == ["doing"]


@pytest.mark.parametrize("hours", [-0.25, 80.25])
def test_hours_that_nobody_has_are_refused(shop: Shop, hours: float) -> None:
    with pytest.raises(Refused, match="how many hours"):
        take(shop, Promise(shop.ann, hours, 0))
    take(shop, Promise(shop.ann, max(0.0, min(hours, 80)), 0))


def test_somebody_of_another_organisation_is_refused(shop: Shop) -> None:
    with pytest.raises(Refused, match="no longer takes part"):
        take(shop, Promise(9_999, 1, 0))


def test_somebody_who_left_is_refused(shop: Shop) -> None:
    with writing() as session:
        session.get_one(Person, shop.ben).active = False
    with pytest.raises(Refused, match="no longer takes part"):
        take(shop, Promise(shop.ben, 1, 0))


def test_an_activity_has_one_owner_and_the_change_stays_in_the_history(shop: Shop) -> None:
    take(shop, Promise(None, 0.5, 1))
    name(shop, shop.ann, None)
    name(shop, shop.ben, shop.ann)
    name(shop, shop.ben, shop.ben)
    assert owner(shop) == shop.ben
    assert named(shop) == [f"p{shop.ben}"]
    with reading() as session:
        before = recommendations.history(session, shop.quarter, ("owner", f"p{shop.ann}", ACTIVITY))
    assert before == [(YES, False)]


def test_who_names_somebody_without_having_seen_the_other_name_is_told(shop: Shop) -> None:
    take(shop, Promise(shop.ann, 0.5, 1))
    with pytest.raises(Changed) as conflict:
        name(shop, shop.ben, None)
    assert conflict.value.theirs == {"owner": "Ann *Baker*"}
    assert owner(shop) == shop.ann


def test_anybody_may_step_back_and_the_promise_waits(shop: Shop) -> None:
    take(shop, Promise(None, 0.5, 1))
    name(shop, shop.ann, None)
    view = seen_by(shop)
    with writing() as session:
        taking_on.step_back(session, view, ACTIVITY, shop.ben, "Ben")
    assert owner(shop) == shop.ann
    for _ in range(2):
        with writing() as session:
            taking_on.step_back(session, view, ACTIVITY, shop.ann, "Ann")
    assert owner(shop) is None
    assert named(shop) == []


def test_nobody_is_named_silently_for_what_is_voluntary(shop: Shop) -> None:
    with writing() as session:
        built.wants(session, shop, "recruiting")
    view = seen_by(shop)
    assert owners.candidate(view, VOLUNTARY, f"p{shop.ben}").only_with_a_word
    with pytest.raises(Refused, match="voluntary"):
        take(shop, Promise(shop.ben, 0.5, 0), activity=VOLUNTARY)
    agreed = Said("adapted", "Ben wants to try it without his face")
    take(shop, Promise(shop.ben, 0.5, 0), agreed, activity=VOLUNTARY)
    with reading() as session:
        assert [row.owner_id for row in planned(session, VOLUNTARY)] == [shop.ben]


def test_the_promises_in_hand_are_one_an_activity(shop: Shop) -> None:
    take(shop, Promise(shop.ann, 0.5, 1))
    with reading() as session:
        found = taking_on.in_hand(session, shop.quarter)
    assert [one.activity for one in found] == ["needs_workshop", ACTIVITY]
    assert found[1].promise == Promise(shop.ann, 0.5, 1)


def test_everybody_is_weighed_and_told_what_is_missing(shop: Shop) -> None:
    ann, ben = owners.candidates(seen_by(shop), ACTIVITY)
    assert (ann.person, ann.rank, ann.against, ann.lacks) == (f"p{shop.ann}", 1, (), ())
    assert "Ben does not hold the role “Owner of a channel”." in ben.lacks
    assert any("what Ben can do is not written down yet" in said for said in ben.lacks)
    assert not ben.only_with_a_word


def test_hours_that_do_not_suffice_are_told(shop: Shop) -> None:
    with writing() as session:
        session.get_one(Person, shop.ben).hours = 0.25
    _, ben = owners.candidates(seen_by(shop), ACTIVITY)
    assert any("0.25 h" in said and "0.5 h a week" in said for said in ben.against)


def test_a_missing_skill_is_told_once_others_are_written_down(shop: Shop) -> None:
    with writing() as session:
        session.add(PersonSkill(person_id=shop.ben, skill="writing"))
    _, ben = owners.candidates(seen_by(shop), ACTIVITY)
    assert any("is not among the skills written down for Ben" in said for said in ben.lacks)


@pytest.mark.parametrize(("staff", "holds_back"), [(14, False), (15, True)])
def test_two_roles_in_one_hand_are_only_advice_in_a_small_team(
    database: Path, staff: int, holds_back: bool
) -> None:
    with writing() as session:
        shop = built.shop(session, staff=staff)
        built.everything(session, shop)
        for role in ("sponsor", "measurement_analyst"):
            session.add(PersonRole(person_id=shop.ben, role=role))
    view = seen_by(shop)
    ben = owners.candidate(view, "objective_sheet", f"p{shop.ben}")
    assert sum("Keeper of the numbers" in said for said in ben.against) == 1
    assert len(ben.ways_out) == 1
    assert owners.candidate(view, ACTIVITY, f"p{shop.ben}").ways_out == ()
    silent = view.target(("owner", f"p{shop.ben}", "objective_sheet")).rank is None
    assert ben.only_with_a_word is (holds_back and silent)


def test_the_load_says_what_is_there_and_what_is_promised(shop: Shop) -> None:
    take(shop, Promise(shop.ann, 2, 1))
    view = seen_by(shop)
    with reading() as session:
        ann, ben = owners.loads(session, view)
    assert (ann.hours, ann.promised, ann.accountable) == (5, 2.5, 2)
    assert (ben.name, ben.hours, ben.promised, ben.accountable) == ("Ben", 3, 0, 0)
