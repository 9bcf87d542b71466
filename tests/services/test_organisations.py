"""Who we are: said, changed by two people, and taken away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from models.base import Base
from models.database import reading, writing
from models.organisation import Organisation
from services import advice, organisations, quarters
from services.organisations import LARGEST, Profile
from services.refusals import Changed, Refused
from tests.services import built

TODAY = date(2026, 11, 24)
SHOP = Profile("Corner Books", 3, "business", "consumers", "de")


def created(said: Profile = SHOP, *, sample_id: str = "") -> tuple[int, int]:
    """Id and version of a new organisation."""
    with writing() as session:
        made = organisations.create(session, said, on=TODAY, sample_id=sample_id)
        return made.id, made.version


def kept(organisation_id: int) -> Profile:
    with reading() as session:
        found = organisations.get(session, organisation_id)
        assert found is not None
        return organisations.profile(found)


@pytest.fixture(autouse=True)
def _database(database: object) -> None:
    """Every test here has a database of its own."""


def test_everything_that_was_said_can_be_changed_later() -> None:
    organisation_id, version = created()
    new = Profile("Corner Books and Tea", 12, "charity", "both", "ch", premises=True)
    with writing() as session:
        organisations.update(session, organisation_id, new, version=version)
    assert kept(organisation_id) == new


def test_blanks_around_and_inside_a_name_are_tidied() -> None:
    assert kept(created(replace(SHOP, name="  Corner \n Books "))[0]).name == "Corner Books"


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (replace(SHOP, name="  "), "name"),
        (replace(SHOP, name="x" * 81), "shorten"),
        (replace(SHOP, staff=0), "how many"),
        (replace(SHOP, staff=LARGEST + 1), "how many"),
        (replace(SHOP, sector="planet"), "kind of organisation"),
        (replace(SHOP, audience="cats"), "whom you serve"),
        (replace(SHOP, region="atlantis"), "where you are"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(said: Profile, word: str) -> None:
    with pytest.raises(Refused, match=word):
        created(said)


@pytest.mark.parametrize("said", [replace(SHOP, staff=1), replace(SHOP, staff=LARGEST)])
def test_the_smallest_and_the_largest_are_welcome(said: Profile) -> None:
    assert kept(created(said)[0]).staff == said.staff


def test_a_name_of_eighty_letters_fits() -> None:
    assert len(kept(created(replace(SHOP, name="x" * 80))[0]).name) == 80


def test_a_name_is_given_once_but_keeping_ones_own_is_fine() -> None:
    organisation_id, version = created()
    with pytest.raises(Refused, match="already"):
        created()
    with writing() as session:
        organisations.update(session, organisation_id, replace(SHOP, staff=4), version=version)
    assert kept(organisation_id).staff == 4


def test_who_saves_second_sees_the_other_version_and_overwrites_nothing() -> None:
    organisation_id, version = created()
    with writing() as session:
        organisations.update(session, organisation_id, replace(SHOP, staff=4), version=version)
    with pytest.raises(Changed) as told, writing() as session:
        organisations.update(session, organisation_id, replace(SHOP, staff=9), version=version)
    assert told.value.theirs is not None
    assert told.value.theirs["staff"] == 4
    assert kept(organisation_id).staff == 4
    with writing() as session:
        late = told.value.version
        organisations.update(session, organisation_id, replace(SHOP, staff=9), version=late)
    assert kept(organisation_id).staff == 9


def test_changing_what_is_gone_says_so() -> None:
    organisation_id, version = created()
    with writing() as session:
        organisations.remove(session, organisation_id)
    with pytest.raises(Changed) as told, writing() as session:
        organisations.update(session, organisation_id, SHOP, version=version)
    assert told.value.theirs is None


def test_removing_takes_every_row_and_leaves_the_others() -> None:
    other, _ = created()
    with writing() as session:
        shop = built.shop(session)
        built.everything(session, shop)
    with writing() as session:
        organisations.remove(session, shop.id)
        organisations.remove(session, shop.id)
    with reading() as session:
        left = {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }
    assert {name for name, count in left.items() if count} == {"organisation", "quarter"}
    assert kept(other) == SHOP


@pytest.mark.parametrize("typed", ["", "Corner", "corner books", "Corner Books!"])
def test_another_name_removes_nothing(typed: str) -> None:
    organisation_id, _ = created()
    with pytest.raises(Refused), writing() as session:
        organisations.remove_named(session, organisation_id, typed)
    assert kept(organisation_id) == SHOP


def test_the_name_itself_removes_it() -> None:
    organisation_id, _ = created()
    with writing() as session:
        organisations.remove_named(session, organisation_id, " Corner  Books ")
    with reading() as session:
        assert organisations.get(session, organisation_id) is None


def test_real_ones_stand_before_examples_each_by_name() -> None:
    created(replace(SHOP, name="A made-up one"), sample_id="bakery")
    created(replace(SHOP, name="zebra"))
    created(replace(SHOP, name="Apple"))
    with reading() as session:
        rows: list[Organisation] = organisations.listed(session)
        assert [row.name for row in rows] == ["Apple", "zebra", "A made-up one"]


def test_a_name_is_enough_so_far_and_the_rest_is_unknown_to_the_rules() -> None:
    half = Profile("Corner Books", 1, "", "", "")
    with writing() as session:
        made = organisations.create(session, half, on=TODAY, so_far=True)
        organisation_id, version = made.id, made.version
    assert not organisations.said_all(kept(organisation_id))
    with reading() as session:
        (quarter,) = quarters.listed(session, organisation_id)
        known = advice.current(session, organisation_id, quarter.id).fact("organisation")
    assert not known.keys() & {"sector", "audience", "region"}
    with writing() as session, pytest.raises(Refused, match="kind of organisation"):
        organisations.update(session, organisation_id, half, version=version)
    with writing() as session:
        more = replace(half, region="de")
        organisations.update(session, organisation_id, more, version=version, so_far=True)
    assert kept(organisation_id).region == "de"


@pytest.mark.parametrize("said", [replace(SHOP, name=" "), replace(SHOP, sector="planet")])
def test_what_cannot_be_is_refused_so_far_too(said: Profile) -> None:
    with writing() as session, pytest.raises(Refused):
        organisations.create(session, said, on=TODAY, so_far=True)
