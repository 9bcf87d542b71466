"""What was learned reaches the rules: what is due, what came true, lessons and old tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.database import reading, writing
from models.organisation import Quarter
from services import advice, circumstances, experiments, facts_of_learning, learning, lessons
from services.experiments import Decided
from services.lessons import Said
from services.scoring import Score
from tests.services import built
from tests.services.test_learning import CARD, LESSON, give, shop, take  # noqa: F401

LATER = date(2026, 12, 31)
"""The last day of the shop's quarter."""


def fact(shop: built.Shop, on: date = LATER) -> dict[str, object]:  # noqa: F811
    with reading() as session:
        quarter = session.get_one(Quarter, shop.quarter)
        (one,) = facts_of_learning.loops(session, quarter, on)
        return dict(one.values)


def test_of_nothing_learned_the_counts_are_none_and_shares_unknown(
    shop: built.Shop,  # noqa: F811
) -> None:
    assert fact(shop) == {
        "due": 0, "scored": 0, "lessons": 0, "lessons_year": 0, "old_tests": 0, "quarters": 2,
    }  # fmt: skip


def test_what_is_due_waits_until_it_is_scored(shop: built.Shop) -> None:  # noqa: F811
    first, *_ = take(shop, 2)
    due = date(2027, 3, 31)
    assert (fact(shop, LATER)["due"], fact(shop, due)["due"]) == (0, 2)
    give(shop, first, Score("met"))
    assert fact(shop, due)["due"] == 1
    assert (fact(shop, due)["scored"], fact(shop, due)["hits"]) == (1, 1.0)


def test_a_score_older_than_a_year_tells_no_more(shop: built.Shop) -> None:  # noqa: F811
    (one,) = take(shop)
    give(shop, one, Score("met"))
    assert "hits" not in fact(shop, date(2028, 3, 31))


def test_lessons_of_this_quarter_and_the_last_count(shop: built.Shop) -> None:  # noqa: F811
    with writing() as session:
        lessons.learn(session, shop.quarter, LESSON)
        lessons.learn(session, shop.before, replace(LESSON, text="b", loop="double"))
    told = fact(shop)
    assert (told["lessons"], told["lessons_year"], told["double"]) == (2, 2, 0.5)


def test_tests_tell_their_share_unless_people_said_it(shop: built.Shop) -> None:  # noqa: F811
    began = date(2026, 6, 1)
    with writing() as session:
        card = replace(CARD, due_on=date(2026, 7, 1))
        kept = experiments.begin(session, shop.quarter, card, on=began)
        experiments.begin(session, shop.quarter, card, on=began)
        experiments.decide(session, kept.id, Decided("stop", "no"), version=1, on=began)
    assert fact(shop)["old_tests"] == 1
    with reading() as session:
        view = advice.current(session, shop.id, shop.quarter)
    assert view.fact("learning")["tests_decided"] == 0.5
    with writing() as session:
        place = (shop.id, shop.quarter)
        circumstances.record(session, place, ("learning", "tests_decided"), 0.9)
    with reading() as session:
        view = advice.current(session, shop.id, shop.quarter)
    assert view.fact("learning")["tests_decided"] == 0.9


@pytest.mark.parametrize("count", [2, 3])
def test_the_rules_ask_for_a_word_from_three_expectations_on(
    shop: built.Shop,  # noqa: F811
    count: int,
) -> None:
    with writing() as session:
        quarter = session.get_one(Quarter, shop.quarter)
        quarter.starts_on, quarter.ends_on = date(2025, 10, 1), date(2025, 12, 31)
    assert len(take(shop, count)) == count
    with writing() as session:
        quarter = session.get_one(Quarter, shop.quarter)
        quarter.ends_on = date(2027, 12, 31)
    with reading() as session:
        view = advice.current(session, shop.id, shop.quarter)
    steps = [one.target[1] for one in view.recommended("step")]
    assert ("score_expected" in steps) is (count == 3)


def test_nothing_learned_here_reaches_a_neighbour(shop: built.Shop) -> None:  # noqa: F811
    for one in take(shop, 2):
        give(shop, one, Score("met"))
    with writing() as session:
        _, number = built.harbour(session, 3)
        said = Said("x", "keep", "single", "role")
        lessons.learn(session, shop.quarter, said)
        quarter = session.get_one(Quarter, number)
        (other,) = facts_of_learning.loops(session, quarter, LATER)
    assert other.values["scored"] == other.values["lessons"] == 0
    with reading() as session:
        assert learning.proposals(session, quarter_of(session, number), number, LATER) == []


def quarter_of(session: object, number: int) -> int:
    return int(session.get_one(Quarter, number).organisation_id)  # type: ignore[attr-defined]
