"""Turns of the loop: which sign and which insight belong to a decision, and how long it took."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.amendments import Amendment
from models.learning import Lesson
from models.listening import Insight
from models.results import Result
from services import experiments, turns
from services.experiments import Card, Decided
from services.scoring import Expected, Score
from tests.services import built

DECIDED = datetime(2026, 10, 20, 9, tzinfo=UTC)
SCORED = datetime(2026, 12, 1, 9, tzinfo=UTC)
LEAD = "qualified_leads"


@pytest.fixture
def shop(session: Session) -> built.Shop:
    return built.shop(session)


def expected(**other: Any) -> Expected:
    said: dict[str, Any] = {
        "recommendation_id": 1, "target": ("activity", "x"), "quarter": "", "title": "Films",
        "words": "", "kpi": LEAD, "decided_at": DECIDED, "due_on": date(2026, 12, 31),
        "score": Score("met"), "scored_at": SCORED,
    }  # fmt: skip
    return Expected(**(said | other))


def hear(session: Session, shop: built.Shop, **said: Any) -> None:
    row = {
        "organisation_id": shop.id, "text": "They wait too long", "heard_on": date(2026, 10, 1),
        "receiver_id": shop.ann, "reached_on": date(2026, 10, 5), "kept_at": built.NOW,
        "objective": "leads", "answered_on": None,
    }  # fmt: skip
    session.add(Insight(**(row | said)))
    session.flush()


def count(session: Session, shop: built.Shop, *values: float) -> None:
    """Weekly values, the last one of the week that ended on 18 October 2026."""
    monday = date(2026, 10, 12)
    session.add_all(
        Result(
            organisation_id=shop.id, kpi=LEAD, period="week", value=value, visibility="owned",
            starts_on=monday - timedelta(weeks=len(values) - 1 - at), way="typed",
            kept_at=built.NOW,
        )
        for at, value in enumerate(values)
    )  # fmt: skip
    session.flush()


def test_a_turn_without_signs_goes_from_the_decision_to_the_check(
    session: Session, shop: built.Shop
) -> None:
    (turn,) = turns.turns(session, shop.id, [expected(), expected(scored_at=None)], [])
    assert (turn.decision, turn.check) == (DECIDED.date(), SCORED.date())
    assert (turn.signal, turn.insight, turn.change) == (None, None, None)
    assert turns.days(turn) == 42


def test_a_sign_in_the_same_number_belongs_to_the_decision(
    session: Session, shop: built.Shop
) -> None:
    count(session, shop, *[10, 11] * 5, 30)
    (turn,) = turns.turns(session, shop.id, [expected()], [])
    assert turn.signal == date(2026, 10, 18)
    (other,) = turns.turns(session, shop.id, [expected(kpi="views")], [])
    assert other.signal is None


def test_what_only_goes_up_and_down_is_no_sign(session: Session, shop: built.Shop) -> None:
    count(session, shop, *[10, 11] * 6)
    (turn,) = turns.turns(session, shop.id, [expected()], [])
    assert turn.signal is None


@pytest.mark.parametrize(("days", "belongs"), [(92, True), (93, False), (-1, False)])
def test_an_insight_counts_for_a_quarter_and_never_from_the_future(
    session: Session, shop: built.Shop, days: int, belongs: bool
) -> None:
    on = DECIDED.date() - timedelta(days=days)
    hear(session, shop, heard_on=on, reached_on=on)
    hear(session, shop, reached_on=None)
    hear(session, shop, objective="")
    (turn,) = turns.turns(session, shop.id, [expected()], [])
    assert (turn.insight == on) is belongs


def test_what_was_heard_and_answered_is_a_turn_of_its_own(
    session: Session, shop: built.Shop
) -> None:
    hear(session, shop)
    hear(session, shop, text="A second door", answer="done", answered_on=date(2026, 11, 3))
    (turn,) = turns.turns(session, shop.id, [], [])
    assert (turn.what, turn.known) == (
        "A second door", [date(2026, 10, 1), date(2026, 10, 5), date(2026, 11, 3)]
    )  # fmt: skip


def test_lessons_that_changed_a_rule_and_tests_that_ended_are_turns_the_newest_first(
    session: Session, shop: built.Shop
) -> None:
    card = experiments.begin(
        session, shop.quarter, Card("A bell", "People ring it", date(2026, 11, 1)),
        on=date(2026, 9, 1),
    )  # fmt: skip
    said = Decided("keep", "They do")
    ended = experiments.decide(session, card.id, said, version=card.version, on=date(2026, 10, 28))
    change = Amendment(
        organisation_id=shop.id, parameter="present", value=0.3, starts_on=date(2026, 10, 1),
        source="us", reason="because", who="", made_at=SCORED,
    )  # fmt: skip
    session.add(change)
    session.flush()
    session.add(
        Lesson(
            organisation_id=shop.id, quarter_id=shop.quarter, amendment_id=change.id,
            text="It is otherwise with us", verdict="change", loop="double", touches="parameter",
            about="present", made_at=DECIDED,
        )
    )  # fmt: skip
    session.flush()
    lesson, test = turns.turns(session, shop.id, [], [ended])
    assert lesson.known == [DECIDED.date(), SCORED.date(), SCORED.date()]
    assert (test.what, turns.days(test)) == ("A bell", 57)
