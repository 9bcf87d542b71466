"""What somebody is writing about may be taken away by others."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from services import leaving, needs, objectives, organisations, plan, still_there
from services.needs import Expectation
from services.plan import Said
from tests.services.built import shop


def test_what_is_gone_is_missing_and_what_is_there_is_not(session: Session) -> None:
    bakery = shop(session)
    slow = Expectation("leadership", "slow_answers", 5, 1)
    stays, goes = (needs.add(session, bakery.id, bakery.quarter, slow).id for _ in range(2))
    needs.remove(session, goes)
    session.flush()
    assert still_there.missing(session, "need", [stays, goes]) == {goes}
    assert still_there.missing(session, "need", []) == set()


def test_an_organisation_takes_along_what_it_wants(session: Session) -> None:
    bakery = shop(session)
    wish = objectives.state(session, bakery.id, bakery.quarter, "sales").id
    organisations.remove(session, bakery.id)
    assert still_there.missing(session, "organisation", [bakery.id]) == {bakery.id}
    assert still_there.missing(session, "wish", [wish]) == {wish}


def test_who_takes_part_no_longer_is_missing_and_who_came_back_is_not(session: Session) -> None:
    bakery = shop(session)
    leaving.leave(session, bakery.ann)
    assert still_there.missing(session, "person", [bakery.ann, bakery.ben]) == {bakery.ann}
    leaving.come_back(session, bakery.ann)
    assert still_there.missing(session, "person", [bakery.ann]) == set()


def test_a_promise_taken_out_is_missing(session: Session) -> None:
    bakery = shop(session)
    on = date(2026, 11, 24)
    one = plan.add(session, bakery.id, bakery.quarter, Said("Paint"), on)
    plan.take_away(session, one.id, version=one.version)
    assert still_there.missing(session, "promise", [one.id]) == {one.id}
