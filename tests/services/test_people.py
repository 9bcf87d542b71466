"""Who takes part: added, changed, gone and back; and the parts of the organisation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.channels import ChannelAccount
from models.database import reading, writing
from models.plan import Activity
from services import leaving, people, units
from services.leaving import Ties
from services.people import HOURS_IN_A_WEEK, Someone
from services.refusals import Changed, Refused
from services.units import Part
from tests.services import built
from tests.services.built import Shop

ANN = Someone("Ann", "leadership", 5)


@pytest.fixture
def shop(database: object) -> Shop:
    with writing() as session:
        return built.shop(session)


def added(shop: Shop, said: Someone = ANN) -> tuple[int, int]:
    """Id and version of somebody new."""
    with writing() as session:
        person = people.add(session, shop.id, said)
        return person.id, person.version


def kept(shop: Shop, person_id: int, *, active: bool = True) -> people.Kept:
    with reading() as session:
        rows = people.listed(session, shop.id, active=active)
    return next(row for row in rows if row.id == person_id)


def names(shop: Shop, *, active: bool = True) -> list[str]:
    with reading() as session:
        return [row.said.name for row in people.listed(session, shop.id, active=active)]


def test_a_person_is_kept_with_skills_and_roles_in_the_catalogues_order(shop: Shop) -> None:
    said = replace(ANN, volunteer=True, skills=("video", "writing", "video"), roles=("creator",))
    person_id, _ = added(shop, said)
    assert kept(shop, person_id).said == replace(said, skills=("writing", "video"))


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (replace(ANN, name=" "), "who it is"),
        (replace(ANN, name="x" * 81), "shorten"),
        (replace(ANN, hours=-0.25), "from 0 to"),
        (replace(ANN, hours=HOURS_IN_A_WEEK + 0.25), "from 0 to"),
        (replace(ANN, hours=float("nan")), "from 0 to"),
        (replace(ANN, function="wizards"), "part of the work"),
        (replace(ANN, unit_id=99), "gone by now"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(shop: Shop, said: Someone, word: str) -> None:
    with pytest.raises(Refused, match=word):
        added(shop, said)


def test_two_who_take_part_are_not_called_the_same(shop: Shop) -> None:
    person_id, version = added(shop)
    with pytest.raises(Refused, match="called Ann already"):
        added(shop, replace(ANN, name=" Ann "))
    with writing() as session:
        people.update(session, person_id, replace(ANN, hours=1), version=version)
        leaving.leave(session, person_id)
        people.add(session, shop.id, ANN)
    assert "Ann" in names(shop)


@pytest.mark.parametrize("hours", [0, HOURS_IN_A_WEEK])
def test_no_hours_and_all_hours_of_a_week_are_possible(shop: Shop, hours: float) -> None:
    assert kept(shop, added(shop, replace(ANN, hours=hours))[0]).said.hours == hours


def test_a_change_of_skills_alone_is_a_new_version(shop: Shop) -> None:
    person_id, version = added(shop)
    with writing() as session:
        people.update(session, person_id, replace(ANN, skills=("photo",)), version=version)
    with pytest.raises(Changed) as told, writing() as session:
        people.update(session, person_id, replace(ANN, hours=9), version=version)
    assert told.value.theirs is not None
    assert told.value.theirs["skills"] == ("photo",)
    assert kept(shop, person_id).said == replace(ANN, skills=("photo",))


def test_changing_somebody_who_left_meanwhile_says_so(shop: Shop) -> None:
    person_id, version = added(shop)
    with writing() as session:
        leaving.leave(session, person_id)
    with pytest.raises(Changed) as told, writing() as session:
        people.update(session, person_id, ANN, version=version)
    assert told.value.theirs is None


def test_what_depends_on_a_person_is_said_before_they_leave(shop: Shop) -> None:
    with writing() as session:
        built.everything(session, shop)
        session.add(done(shop))
        session.add(account(shop, deputy=shop.ann))
    with reading() as session:
        assert leaving.ties(session, shop.ann) == Ties(
            promises=("Ask what people expect",), owned=("@bakery",), deputy=("Newsletter",),
            settled=1,
        )  # fmt: skip
        assert leaving.ties(session, shop.ben) == Ties((), ("Newsletter",), (), 0)


def test_who_leaves_loses_nothing_for_the_others(shop: Shop) -> None:
    with writing() as session:
        built.everything(session, shop)
        session.add(done(shop))
        session.add(account(shop, deputy=shop.ann))
    with writing() as session:
        leaving.leave(session, shop.ann)
        leaving.leave(session, shop.ann)
    assert (names(shop), names(shop, active=False)) == (["Ben"], ["Ann *Baker*"])
    with reading() as session:
        owners = {row.title: row.owner_id for row in session.query(Activity)}
        held = [(row.owner_id, row.deputy_id) for row in session.query(ChannelAccount)]
    assert owners == {"Ask what people expect": None, "Done": shop.ann}
    assert held == [(None, None), (shop.ben, None)]


def test_who_comes_back_can_and_holds_what_they_did(shop: Shop) -> None:
    with writing() as session:
        built.everything(session, shop)
    before = kept(shop, shop.ann).said
    with writing() as session:
        leaving.leave(session, shop.ann)
    with writing() as session:
        leaving.come_back(session, shop.ann)
    assert kept(shop, shop.ann).said == before
    assert before.roles == ("channel_owner",)


def test_a_forgotten_name_is_gone_but_what_was_done_still_has_an_owner(shop: Shop) -> None:
    with writing() as session:
        built.everything(session, shop)
        session.add(done(shop))
    with writing() as session:
        leaving.forget(session, shop.ann)  # still here: nothing happens
    assert "Ann *Baker*" in names(shop)
    with writing() as session:
        leaving.leave(session, shop.ann)
        leaving.forget(session, shop.ann)
    assert names(shop, active=False) == [leaving.NAMELESS]
    gone = kept(shop, shop.ann, active=False).said
    assert (gone.skills, gone.roles, gone.hours) == ((), (), 0)
    with reading() as session:
        assert session.query(Activity).filter_by(title="Done").one().owner_id == shop.ann


def test_parts_are_listed_by_name_with_their_people(shop: Shop) -> None:
    with writing() as session:
        units.add(session, shop.id, Part("the shop", "sales_team"))
        office = units.add(session, shop.id, Part(" Head  office ", "leadership")).id
        people.add(session, shop.id, replace(ANN, unit_id=office))
    with reading() as session:
        listed = units.listed(session, shop.id)
    assert [(row.said.name, row.people) for row in listed] == [("Head office", 1), ("the shop", 0)]


def test_a_part_changed_by_two_people_tells_the_second(shop: Shop) -> None:
    with writing() as session:
        unit = units.add(session, shop.id, Part("Shop", "sales_team"))
        unit_id, version = unit.id, unit.version
    with writing() as session:
        units.update(session, unit_id, Part("Old shop", "sales_team"), version=version)
    with pytest.raises(Changed) as told, writing() as session:
        units.update(session, unit_id, Part("New shop", "sales_team"), version=version)
    assert told.value.theirs == {"name": "Old shop", "function": "sales_team"}


@pytest.mark.parametrize("name", [" ", "x" * 81, "Shop"])
def test_a_part_without_a_name_or_with_one_that_is_taken_is_refused(shop: Shop, name: str) -> None:
    with writing() as session:
        units.add(session, shop.id, Part("Shop", "sales_team"))
    with pytest.raises(Refused), writing() as session:
        units.add(session, shop.id, Part(name, "sales_team"))


def test_a_part_goes_and_its_people_stay(shop: Shop) -> None:
    with writing() as session:
        unit_id = units.add(session, shop.id, Part("Shop", "sales_team")).id
        person_id = people.add(session, shop.id, replace(ANN, unit_id=unit_id)).id
    with writing() as session:
        units.remove(session, unit_id)
        units.remove(session, unit_id)
    assert kept(shop, person_id).said == ANN
    with pytest.raises(Changed), writing() as session:
        units.update(session, unit_id, Part("Shop", "sales_team"), version=1)


def test_nobody_belongs_to_a_part_of_another_organisation(shop: Shop) -> None:
    with writing() as session:
        foreign = built.shop(session).id
        unit_id = units.add(session, foreign, Part("Shop", "sales_team")).id
    with pytest.raises(Refused, match="gone by now"):
        added(shop, replace(ANN, unit_id=unit_id))


def done(shop: Shop) -> Activity:
    return Activity(
        organisation_id=shop.id, quarter_id=shop.quarter, catalogue_id="needs_workshop",
        title="Done", owner_id=shop.ann, hours_setup=1, hours_week=0.5, state="done",
        due_on=date(2026, 11, 1),
    )  # fmt: skip


def account(shop: Shop, deputy: int) -> ChannelAccount:
    return ChannelAccount(
        organisation_id=shop.id, channel="newsletter", name="Newsletter", status="live",
        owner_id=shop.ben, deputy_id=deputy,
    )  # fmt: skip
