"""The factors over quarters: the same figures as a round's own, counted in the database."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from models.assessments import Assessment
from services import assessments, flow, over_quarters, quarters, results, samples, standing_rows
from services.showing import EVERYONE, LEADERS, STAFF
from tests.services import built
from tests.services.test_flow import EIGHT

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("sample", ["bicycle_shop", "town_hall"])
def test_each_quarter_says_what_its_round_says(session: Session, sample: str) -> None:
    number = samples.open(session, sample, on=TODAY).id
    quarter = quarters.listed(session, number)[0].id
    found = over_quarters.standings(session, number, quarter)
    rounds = session.query(Assessment).order_by(Assessment.id).all()
    pack = results.rulebook.pack()
    assert len(found) == len(rounds)
    for standing, round_ in zip(found, rounds, strict=True):
        whole = results.of_round(session, round_, pack)
        assert standing.factors == {
            factor: groups for factor, groups in whole.factors.items() if factor in flow.FACTORS
        }
    assert over_quarters.standings(session, number, quarter, newest=2) == found[-2:]


def _round(session: Session, place: tuple[int, int], people: int, level: int) -> None:
    round_ = assessments.open_round(session, *place)
    for _ in range(people):
        one = assessments.join(session, round_.id)
        for question in EIGHT:
            assessments.record(session, one.id, question, level)
    assessments.close(session, round_.id)


def test_four_people_are_hidden_in_every_quarter_and_five_are_seen(session: Session) -> None:
    shop = built.shop(session)
    _round(session, (shop.id, shop.before), 4, 1)
    _round(session, (shop.id, shop.quarter), 5, 3)
    (only,) = over_quarters.standings(session, shop.id, shop.quarter)
    assert (only.quarter, only.levels["aims"]) == ("Oct–Dec 2026", 3.0)
    assert set(only.factors["aims"]) == {EVERYONE, STAFF}
    assert LEADERS not in only.factors["aims"]


def test_a_round_that_is_open_says_nothing_yet_and_the_last_one_of_a_quarter_counts(
    session: Session,
) -> None:
    shop = built.shop(session)
    _round(session, (shop.id, shop.quarter), 5, 1)
    _round(session, (shop.id, shop.quarter), 5, 2)
    assessments.open_round(session, shop.id, shop.quarter)
    (only,) = over_quarters.standings(session, shop.id, shop.quarter)
    assert only.levels["culture"] == 2.0


def test_both_cycles_are_compared_only_where_both_are_known(session: Session) -> None:
    shop = built.shop(session)
    _round(session, (shop.id, shop.quarter), 5, 3)
    found = over_quarters.standings(session, shop.id, shop.quarter)
    (balance,) = standing_rows.balances(found)
    assert (balance.inner, balance.outer, balance.centre) == (3, 3, 3)
    cut = {name: groups for name, groups in found[0].factors.items() if name != "listening"}
    partly = over_quarters.Standing("Now", TODAY, cut)
    assert standing_rows.balances([partly]) == []
