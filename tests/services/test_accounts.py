"""Our accounts: noted, changed without losing anyone's words, looked after by people there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from models.organisation import Person
from services import accounts, advice, leaving
from services.accounts import Account
from services.refusals import Changed, Refused
from tests.services.built import Shop, shop

TODAY = date(2026, 11, 24)
SHOP = Account("instagram", "@bakery", "live", two_factor=False, admins=1)


@pytest.fixture
def bakery(session: Session) -> Shop:
    return shop(session)


def kept(session: Session, bakery: Shop) -> list[Account]:
    return [one.said for one in accounts.listed(session, bakery.id)]


def test_an_account_is_kept_as_it_was_said(session: Session, bakery: Shop) -> None:
    said = replace(SHOP, owner_id=bakery.ann, deputy_id=bakery.ben, last_activity_on=TODAY)
    accounts.add(session, bakery.id, replace(said, name="  @bakery "), on=TODAY)
    assert kept(session, bakery) == [said]


def test_those_in_use_come_first_then_by_channel(session: Session, bakery: Shop) -> None:
    for channel, status in (("youtube", "closed"), ("youtube", "live"), ("instagram", "live")):
        accounts.add(session, bakery.id, Account(channel, status, status), on=TODAY)
    told = [(one.channel, one.status) for one in kept(session, bakery)]
    assert told == [("instagram", "live"), ("youtube", "live"), ("youtube", "closed")]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"channel": ""}, "on which channel"),
        ({"name": "x" * 81}, "80 letters"),
        ({"status": "dead"}, "in use"),
        ({"admins": -1}, "full access"),
        ({"admins": 1001}, "full access"),
        ({"last_activity_on": TODAY + timedelta(days=1)}, "in the future"),
        ({"owner_id": 999}, "takes part"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    session: Session, bakery: Shop, change: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        accounts.add(session, bakery.id, replace(SHOP, **change), on=TODAY)  # type: ignore[arg-type]
    assert kept(session, bakery) == []


def test_what_lies_on_the_boundary_is_kept(session: Session, bakery: Shop) -> None:
    for number, admins in enumerate((0, 1000)):
        said = replace(SHOP, name="x" * (80 - number), admins=admins, last_activity_on=TODAY)
        accounts.add(session, bakery.id, said, on=TODAY)
    assert len(kept(session, bakery)) == 2


def test_nobody_stands_in_for_themselves(session: Session, bakery: Shop) -> None:
    said = replace(SHOP, owner_id=bakery.ann, deputy_id=bakery.ann)
    with pytest.raises(Refused, match="somebody else"):
        accounts.add(session, bakery.id, said, on=TODAY)


def test_people_of_another_organisation_look_after_nothing_here(
    session: Session, bakery: Shop
) -> None:
    other = shop(session)
    with pytest.raises(Refused, match="takes part"):
        accounts.add(session, bakery.id, replace(SHOP, owner_id=other.ann), on=TODAY)


def test_the_same_account_is_not_noted_twice(session: Session, bakery: Shop) -> None:
    row = accounts.add(session, bakery.id, SHOP, on=TODAY)
    with pytest.raises(Refused, match="in the list already"):
        accounts.add(session, bakery.id, SHOP, on=TODAY)
    accounts.add(session, bakery.id, replace(SHOP, name="@cakes"), on=TODAY)
    accounts.update(session, row.id, replace(SHOP, status="paused"), version=row.version, on=TODAY)


def test_who_saves_second_sees_what_the_other_one_said(session: Session, bakery: Shop) -> None:
    row = accounts.add(session, bakery.id, SHOP, on=TODAY)
    seen = row.version
    accounts.update(session, row.id, replace(SHOP, two_factor=True), version=seen, on=TODAY)
    with pytest.raises(Changed) as changed:
        accounts.update(session, row.id, replace(SHOP, admins=3), version=seen, on=TODAY)
    assert changed.value.theirs is not None
    assert changed.value.theirs["two_factor"] is True
    mine = replace(SHOP, admins=3)
    accounts.update(session, row.id, mine, version=changed.value.version, on=TODAY)
    assert kept(session, bakery) == [mine]


def test_changing_what_was_taken_away_says_so(session: Session, bakery: Shop) -> None:
    row = accounts.add(session, bakery.id, SHOP, on=TODAY)
    accounts.remove(session, row.id)
    accounts.remove(session, row.id)
    with pytest.raises(Changed) as changed:
        accounts.update(session, row.id, SHOP, version=1, on=TODAY)
    assert changed.value.theirs is None
    assert kept(session, bakery) == []


def test_an_account_stays_without_its_owner_when_they_leave(session: Session, bakery: Shop) -> None:
    accounts.add(session, bakery.id, replace(SHOP, owner_id=bakery.ann), on=TODAY)
    leaving.leave(session, bakery.ann)
    session.expire_all()
    assert kept(session, bakery) == [SHOP]
    person = session.get_one(Person, bakery.ann)
    assert not person.active


def test_what_is_not_known_of_an_account_is_no_fact(session: Session, bakery: Shop) -> None:
    accounts.add(session, bakery.id, Account("instagram", "", "live"), on=TODAY)
    session.flush()
    view = advice.current(session, bakery.id, bakery.quarter)
    fact = next(fact for fact in view.facts if fact.kind == "account")
    assert not {"two_factor", "admins", "days_quiet"} & set(fact.values)
