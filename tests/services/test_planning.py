"""What fits into the hours, and what comes first."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete

from models.channels import ChannelAccount
from models.database import reading, writing
from models.organisation import Person
from models.plan import Activity
from services import advice, planning
from services.advice import AdviceView
from services.costs import builds_on, cost
from tests.services import built
from tests.services.built import Shop


@pytest.fixture
def shop(database: Path) -> Shop:
    with writing() as session:
        shop = built.shop(session)
        built.everything(session, shop)
    return shop


def view_of(shop: Shop) -> AdviceView:
    with reading() as session:
        return advice.current(session, shop.id, shop.quarter)


def alone(shop: Shop, hours: float) -> AdviceView:
    """The shop with one person and nothing promised."""
    with writing() as session:
        session.execute(delete(Activity))
        session.get_one(Person, shop.ben).active = False
        session.get_one(Person, shop.ann).hours = hours
    return view_of(shop)


def test_85_per_cent_of_the_hours_are_planned(shop: Shop) -> None:
    view = view_of(shop)
    assert planning.plan(view).have == 6.8
    fit = planning.activities(view)
    assert fit.takes <= 6.8


def test_what_is_promised_counts_and_is_not_proposed_again(shop: Shop) -> None:
    before = planning.activities(view_of(shop))
    with writing() as session:
        session.add(
            Activity(
                organisation_id=shop.id, quarter_id=shop.quarter, title="Answer",
                catalogue_id=before.chosen[0], owner_id=shop.ann, hours_setup=0, hours_week=6.3,
            )
        )  # fmt: skip
    after = planning.activities(view_of(shop))
    assert before.chosen[0] not in after.chosen
    assert after.takes <= 6.8


def test_hours_of_an_idea_of_ones_own_are_not_given_twice(shop: Shop) -> None:
    before = planning.plan(view_of(shop))
    with writing() as session:
        session.add(
            Activity(
                organisation_id=shop.id, quarter_id=shop.quarter, title="Bake for the street",
                catalogue_id="", owner_id=None, hours_setup=0, hours_week=5,
            )
        )  # fmt: skip
    after = planning.plan(view_of(shop))
    assert after.promised == before.promised + 5
    assert after.takes <= 6.8
    assert len(after.activities) < len(before.activities)


def test_a_plan_for_which_time_ran_out_is_not_called_proved(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.plan_made.solve", lambda given: None)
    view = alone(shop, 7.25)
    assert planning.plan(view).gap == 1


def test_without_any_hours_known_nothing_is_added_up(shop: Shop) -> None:
    with writing() as session:
        for person in (shop.ann, shop.ben):
            session.get_one(Person, person).active = False
    fit = planning.activities(view_of(shop))
    assert fit.have is None
    assert fit.chosen
    assert {one.owner for one in planning.plan(view_of(shop)).activities if not one.stands} == {""}


def test_one_person_with_five_hours_begins_with_one_channel_and_something_visible(
    database: Path,
) -> None:
    with writing() as session:
        shop = built.shop(session, staff=1)
        built.wants(session, shop, "sales")
    view = alone(shop, 5)
    channels, fit = planning.channels(view), planning.activities(view)
    works = [
        cost(view, kind, view.pack.catalogues[catalogue][name])
        for kind, catalogue, chosen in (
            ("channel", "channels", channels.chosen),
            ("activity", "activities", fit.chosen),
        )
        for name in chosen
    ]
    assert fit.have == 4.25
    assert len(channels.chosen) >= 1
    assert any(view.pack.catalogues["activities"][name].values["visible"] for name in fit.chosen)
    assert sum(work.hours for work in works) <= 4.25
    assert sum(work.setup for work in works) <= 10


def test_channels_that_are_open_need_no_setting_up_again(shop: Shop) -> None:
    view = alone(shop, 5)
    first = planning.first_channels(view)
    assert first
    with writing() as session:
        session.add_all(
            ChannelAccount(organisation_id=shop.id, channel=name, name="we", status="live")
            for name in first
            if name != "instagram"
        )
    before, after = planning.activities(view), planning.activities(view_of(shop))
    assert len(after.chosen) >= len(before.chosen)


def test_one_person_answers_for_no_more_than_the_rules_advise(shop: Shop) -> None:
    view = alone(shop, 40)
    assert len(planning.activities(view).chosen) == view.pack.parameters["most_accountable"].value


@pytest.mark.parametrize(
    ("state", "expected"),
    [(None, "missing"), ("open", "planned"), ("stuck", "planned"), ("done", "there"),
     ("not_done", "missing")],
)  # fmt: skip
def test_what_comes_first_is_missing_planned_or_there(
    shop: Shop, state: str | None, expected: str
) -> None:
    with writing() as session:
        session.execute(delete(Activity))
        if state:
            session.add(
                Activity(
                    organisation_id=shop.id, quarter_id=shop.quarter, title="Look at our accounts",
                    catalogue_id="channel_audit", hours_setup=0, hours_week=0, state=state,
                )
            )  # fmt: skip
    (before,) = builds_on(view_of(shop), "local_profile_care")
    assert (before.activity, before.state) == ("channel_audit", expected)
