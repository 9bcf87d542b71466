"""Expectations: kept, changed without losing anyone's words, and laid out as a map of gaps."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from sqlalchemy.orm import Session

from services import needs
from services.needs import Expectation
from services.refusals import Changed, Refused
from tests.services import built

SLOW = Expectation("function", "slow_answers", 5, 1, "customer_service", "People wait two days")


@pytest.fixture
def place(session: Session) -> tuple[int, int]:
    return built.harbour(session, staff=9)


def test_an_expectation_is_kept_as_it_was_said(session: Session, place: tuple[int, int]) -> None:
    needs.add(session, *place, SLOW)
    assert [needs.expectation(n) for n in needs.listed(session, *place)] == [SLOW]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (replace(SLOW, source="nobody"), "who expects"),
        (replace(SLOW, function=""), "which part"),
        (replace(SLOW, topic="weather"), "what it is about"),
        (replace(SLOW, importance=0), "from 1 to 5"),
        (replace(SLOW, importance=6), "from 1 to 5"),
        (replace(SLOW, current=-1), "from 0 to 4"),
        (replace(SLOW, current=5), "from 0 to 4"),
    ],
)
def test_what_cannot_be_kept_says_why(
    session: Session, place: tuple[int, int], wrong: Expectation, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        needs.add(session, *place, wrong)


def test_customers_belong_to_no_function(session: Session, place: tuple[int, int]) -> None:
    need = needs.add(session, *place, replace(SLOW, source="customers"))
    assert need.function == ""


def test_the_widest_gap_comes_first(session: Session, place: tuple[int, int]) -> None:
    needs.add(session, *place, replace(SLOW, topic="not_known", importance=2, current=3))
    needs.add(session, *place, SLOW)
    assert [need.topic for need in needs.listed(session, *place)] == ["slow_answers", "not_known"]


def test_who_comes_second_sees_the_other_version_and_loses_nothing(
    session: Session, place: tuple[int, int]
) -> None:
    need = needs.add(session, *place, SLOW)
    read = need.version
    needs.update(session, need.id, replace(SLOW, current=2), version=read)
    with pytest.raises(Changed) as caught:
        needs.update(session, need.id, replace(SLOW, current=4), version=read)
    assert caught.value.theirs == asdict(replace(SLOW, current=2))
    needs.update(session, need.id, replace(SLOW, current=4), version=caught.value.version)
    assert need.current == 4


def test_changing_what_is_gone_says_so(session: Session, place: tuple[int, int]) -> None:
    need = needs.add(session, *place, SLOW)
    session.flush()
    assert needs.remove(session, need.id) == SLOW
    session.flush()
    with pytest.raises(Changed) as caught:
        needs.update(session, need.id, SLOW, version=1)
    assert caught.value.theirs is None


def test_the_map_has_each_topic_once_and_each_voice_on_it(
    session: Session, place: tuple[int, int]
) -> None:
    needs.add(session, *place, SLOW)
    needs.add(session, *place, replace(SLOW, source="leadership", importance=3, current=3))
    rows = {row.voice: row for row in needs.gap_map(session, *place)}
    assert set(rows) == {"", "Customer service", "Leadership"}
    assert (rows[""].importance, rows[""].current, rows[""].count) == (4.0, 2.0, 2)
    assert rows[""].topic == "Questions are answered too slowly"
