"""Promises: how they stand, taken back word for word, nobody overwritten; and their weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from models.database import reading, writing
from models.plan import Activity
from services import advice, leaving, left_over, plan, taking_on, weeks
from services.plan import Kept, Said, Standing
from services.refusals import Changed, Refused
from tests.services import built
from tests.services.built import Shop

TODAY = date(2026, 11, 25)  # a Wednesday
SIGN = Said("Paint the sign", hours_week=1, hours_setup=4, due_on=date(2026, 12, 1))


@pytest.fixture
def shop(database: Path) -> Shop:
    with writing() as session:
        shop = built.shop(session)
        built.everything(session, shop)
    return shop


def added(shop: Shop, said: Said = SIGN) -> Kept:
    with writing() as session:
        return plan.add(session, shop.id, shop.quarter, said, TODAY)


def marked(one: Kept, state: str, note: str = "", version: int = 0) -> Kept:
    with writing() as session:
        now = Standing(state, note)
        return plan.mark(session, one.id, now, version=version or one.version)


def listed(shop: Shop) -> list[Kept]:
    with reading() as session:
        return plan.listed(session, shop.quarter)


def test_a_promise_of_ones_own_is_kept_as_it_was_said(shop: Shop) -> None:
    one = added(shop, replace(SIGN, title="  Paint \n the  sign ", owner_id=shop.ben))
    assert one.said == replace(SIGN, owner_id=shop.ben)
    assert (one.owner, one.activity, one.in_hand) == ("Ben", plan.OWN, True)
    assert one in listed(shop)


def test_promises_stand_by_date_and_those_without_one_last(shop: Shop) -> None:
    late = added(shop, replace(SIGN, title="Late", due_on=date(2026, 11, 1)))
    soon = added(shop)
    assert [one.id for one in listed(shop)][:2] == [late.id, soon.id]
    assert listed(shop)[-1].said.due_on is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said("  "), "in a few words"),
        (Said("x" * (plan.LONGEST_TITLE + 1)), "shorten"),
        (Said("A", hours_week=80.5), "hours"),
        (Said("A", hours_week=-1), "hours"),
        (Said("A", hours_week=float("nan")), "hours"),
        (Said("A", hours_setup=plan.MOST_SETUP + 1), "once"),
        (Said("A", owner_id=999), "no longer takes part"),
    ],
)
def test_what_nobody_can_keep_is_refused_in_words(shop: Shop, said: Said, words: str) -> None:
    before = listed(shop)
    with pytest.raises(Refused, match=words):
        added(shop, said)
    assert listed(shop) == before


def test_at_the_limits_it_is_kept(shop: Shop) -> None:
    said = Said("x" * plan.LONGEST_TITLE, hours_week=80, hours_setup=plan.MOST_SETUP)
    assert added(shop, said).said == said


def test_nobody_is_promised_for_who_left(shop: Shop) -> None:
    with writing() as session:
        leaving.leave(session, shop.ben)
    with pytest.raises(Refused, match="no longer takes part"):
        added(shop, replace(SIGN, owner_id=shop.ben))


def test_what_is_missing_is_kept_until_something_else_is_said(shop: Shop) -> None:
    stuck = marked(added(shop), "stuck", " A ladder ")
    assert stuck.standing == Standing("stuck", "A ladder")
    done = marked(stuck, "done")
    assert done.standing == Standing("done", "A ladder")
    assert not done.in_hand
    assert marked(done, "not_done", "Rain").standing == Standing("not_done", "Rain")


def test_taking_back_restores_every_word(shop: Shop) -> None:
    stuck = marked(added(shop), "stuck", "A ladder")
    other = marked(stuck, "not_done", "Rain")
    with writing() as session:
        back = plan.put_back(session, other.id, stuck.standing, version=other.version)
    assert back.standing == stuck.standing


def test_no_other_state_is_known(shop: Shop) -> None:
    with pytest.raises(Refused, match="done, stuck or not done"):
        marked(added(shop), "forgotten")
    with pytest.raises(Refused, match="shorten"):
        marked(added(shop), "stuck", "x" * (plan.LONGEST_NOTE + 1))


def test_who_comes_second_is_told_what_it_says_now(shop: Shop) -> None:
    one = added(shop)
    theirs = marked(one, "stuck", "A ladder")
    with pytest.raises(Changed) as told:
        marked(one, "done", version=one.version)
    assert told.value.theirs is not None
    assert (told.value.theirs["state"], told.value.theirs["note"]) == ("stuck", "A ladder")
    assert told.value.version == theirs.version
    assert marked(one, "done", version=told.value.version).standing.state == "done"


def test_what_was_taken_away_is_told_as_gone(shop: Shop) -> None:
    one = added(shop)
    for _ in range(2):
        with writing() as session:
            plan.take_away(session, one.id, version=one.version)
    for act in (lambda: marked(one, "done"), lambda: changed(one, SIGN)):
        with pytest.raises(Changed) as told:
            act()
        assert told.value.theirs is None


def test_it_is_not_taken_away_from_under_somebody(shop: Shop) -> None:
    one = added(shop)
    marked(one, "doing")
    with pytest.raises(Changed), writing() as session:
        plan.take_away(session, one.id, version=one.version)


def changed(one: Kept, said: Said) -> Kept:
    with writing() as session:
        return plan.change(session, one.id, said, version=one.version)


def test_ones_own_can_be_changed_in_everything(shop: Shop) -> None:
    said = Said("Paint the wall", shop.ann, 2, 3, None)
    assert changed(added(shop), said).said == said


def test_of_advice_only_hours_and_date_are_changed(shop: Shop) -> None:
    (advised,) = listed(shop)
    now = changed(advised, Said("Other", shop.ben, 2, 3, TODAY)).said
    assert now == Said(advised.said.title, shop.ann, 2, 3, TODAY)
    with pytest.raises(Refused, match="What to do"), writing() as session:
        plan.take_away(session, advised.id, version=advised.version + 1)


def test_rules_do_not_read_ones_own_but_know_the_hours_it_takes(shop: Shop) -> None:
    added(shop, replace(SIGN, owner_id=shop.ben))
    with reading() as session:
        view = advice.current(session, shop.id, shop.quarter)
        in_hand = taking_on.in_hand(session, shop.quarter)
    assert [fact.values["activity"] for fact in view.facts if fact.kind == "planned"] == [
        "needs_workshop"
    ]
    ben = next(
        f.values for f in view.facts if f.kind == "person" and f.values["id"] == f"p{shop.ben}"
    )
    assert ben["free_hours"] == 2
    assert [one.activity for one in in_hand] == ["needs_workshop"]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (TODAY - timedelta(days=1), ("overdue", None)),
        (TODAY, ("this week", date(2026, 11, 23))),
        (date(2026, 11, 29), ("this week", date(2026, 11, 23))),
        (date(2026, 11, 30), ("later", date(2026, 11, 30))),
        (date(2027, 1, 3), ("later", date(2026, 12, 28))),
        (None, ("no date", None)),
    ],
)
def test_the_part_of_the_plan_a_date_belongs_to(due: date | None, expected: object) -> None:
    assert weeks.when(due, TODAY) == expected


def test_everybody_has_their_weeks_and_the_ownerless_come_last(shop: Shop) -> None:
    added(shop, replace(SIGN, owner_id=None))
    marked(added(shop, replace(SIGN, owner_id=shop.ben)), "done")
    given = [(shop.ben, "Ben", 3.0), (shop.ann, "Ann *Baker*", 5.0)]
    found = weeks.by_person(listed(shop), given, TODAY)
    assert [(one.name, one.given, one.planned, len(one.weeks)) for one in found] == [
        ("Ben", 3, 0, 0),
        ("Ann *Baker*", 5, 0.5, 1),
        ("", None, 1, 1),
    ]


def test_who_answers_but_takes_part_no_longer_is_still_named(shop: Shop) -> None:
    found = weeks.by_person(listed(shop), [], TODAY)
    assert [(one.name, one.given) for one in found] == [("Ann *Baker*", None)]


def last_quarter(shop: Shop) -> Kept:
    with writing() as session:
        return plan.add(session, shop.id, shop.before, replace(SIGN, owner_id=shop.ann), TODAY)


def left(shop: Shop) -> list[Kept]:
    with reading() as session:
        return left_over.left_over(session, shop.id, shop.quarter)


def along(shop: Shop, one: Kept) -> None:
    with writing() as session:
        left_over.take_along(session, one.id, shop.quarter, version=one.version)


def test_what_was_left_over_comes_along_once_and_says_so_in_its_own_quarter(shop: Shop) -> None:
    one = marked(last_quarter(shop), "stuck", "A ladder")
    assert left(shop) == [one]
    along(shop, one)
    assert left(shop) == []
    with reading() as session:
        (old,) = plan.listed(session, shop.before)
    words = "A ladder Taken along into October to December 2026."
    assert old.standing == Standing("not_done", words)
    (here,) = [new for new in listed(shop) if new.said == one.said]
    assert here.standing == Standing("stuck", "A ladder")
    with pytest.raises(Changed):
        along(shop, one)


def test_what_is_settled_or_of_this_quarter_is_not_left_over(shop: Shop) -> None:
    marked(last_quarter(shop), "done")
    assert listed(shop)
    assert left(shop) == []


def test_advice_that_is_in_hand_already_does_not_come_twice(shop: Shop) -> None:
    (here,) = listed(shop)
    with writing() as session:
        old = Activity(
            organisation_id=shop.id,
            quarter_id=shop.before,
            catalogue_id=here.activity,
            title="Ask",
            hours_setup=0,
            hours_week=1,
        )
        session.add(old)
    (one,) = left(shop)
    along(shop, one)
    assert listed(shop) == [here]
