"""What somebody is writing about may be taken away by others."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services import needs, objectives, organisations, still_there
from services.needs import Expectation
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
