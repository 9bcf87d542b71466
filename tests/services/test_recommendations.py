"""Deciding on advice: kept with its reasons, taken back without forgetting, and coming back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from models.recommendations import Recommendation
from rules.advice import Part, Target
from rules.pack import Amendment, Fact
from services import (
    advice,
    amendments,
    audiences,
    coming_back,
    expecting,
    quarters,
    recommendations,
    rulebook,
)
from services.advice import AdviceView
from services.amendments import Ground
from services.recommendations import Said
from services.refusals import Changed, Refused
from tests.services.built import Shop, shop, wants

NO = Said("declined", "We tried it once", "Ann")
YES = Said("accepted", who="Ben")
NEXT = date(2027, 1, 4)


@pytest.fixture
def bakery(session: Session) -> Shop:
    there = shop(session)
    wants(session, there, "sales", "service")
    return there


def now(session: Session, bakery: Shop) -> AdviceView:
    return advice.current(session, bakery.id, bakery.quarter)


def first(view: AdviceView) -> Target:
    return view.recommended("channel")[0].target


def a_quarter_later(session: Session, bakery: Shop) -> AdviceView:
    quarter = quarters.ensure(session, bakery.id, NEXT)
    return advice.current(session, bakery.id, quarter.id)


def test_looking_at_advice_writes_nothing(session: Session, bakery: Shop) -> None:
    assert now(session, bakery).recommended("channel")
    assert session.query(Recommendation).count() == 0


def test_a_decision_keeps_all_that_led_to_it(session: Session, bakery: Shop) -> None:
    view = now(session, bakery)
    target = first(view)
    made = recommendations.decide(session, view, target, YES, seen=None)
    row = session.get_one(Recommendation, made.recommendation_id)
    assert (row.kind, row.target, row.of) == target
    assert row.score == view.target(target).hundredths == sum(r["hundredths"] for r in row.reasons)
    assert row.facts_hash == view.facts_hash
    assert row.fingerprint == view.pack.fingerprint
    assert row.pack_version == view.pack.version
    assert all(reason["sentence"] and reason["facts"] for reason in row.reasons)


def test_the_same_answer_twice_is_one_decision(session: Session, bakery: Shop) -> None:
    view = now(session, bakery)
    once = recommendations.decide(session, view, first(view), YES, seen=None)
    again = recommendations.decide(session, view, first(view), YES, seen=None)
    assert once.decision_id == again.decision_id
    assert recommendations.history(session, bakery.quarter, first(view)) == [(YES, True)]


@pytest.mark.parametrize("why", ["", "   "])
def test_declining_asks_for_a_word_why_and_accepting_does_not(
    session: Session, bakery: Shop, why: str
) -> None:
    view = now(session, bakery)
    with pytest.raises(Refused, match="in a word why"):
        recommendations.decide(session, view, first(view), replace(NO, why=why), seen=None)
    recommendations.decide(session, view, first(view), replace(YES, why=why), seen=None)


@pytest.mark.parametrize(("length", "kept"), [(2000, True), (2001, False)])
def test_a_reason_may_be_long_but_not_endless(
    session: Session, bakery: Shop, length: int, kept: bool
) -> None:
    view, said = now(session, bakery), Said("declined", "x" * length)
    if kept:
        assert recommendations.decide(session, view, first(view), said, seen=None).said == said
    else:
        with pytest.raises(Refused, match="shorten"):
            recommendations.decide(session, view, first(view), said, seen=None)


def test_taking_a_decision_back_keeps_it_in_the_history(session: Session, bakery: Shop) -> None:
    view = now(session, bakery)
    made = recommendations.decide(session, view, first(view), NO, seen=None)
    recommendations.undo(session, made.decision_id, who="Ben")
    recommendations.undo(session, made.decision_id, who="Ann")
    assert recommendations.standing(session, bakery.quarter) == {}
    assert recommendations.history(session, bakery.quarter, first(view)) == [(NO, False)]


def test_who_took_a_decision_back_and_when_is_told(session: Session, bakery: Shop) -> None:
    view = now(session, bakery)
    made = recommendations.decide(session, view, first(view), NO, seen=None)
    assert recommendations.taken_back(session, bakery.quarter) == {}
    recommendations.undo(session, made.decision_id, who="Ben")
    recommendations.undo(session, made.decision_id, who="Ann")
    ((target, (told,)),) = recommendations.taken_back(session, bakery.quarter).items()
    assert (target, told.said, told.undone_by) == (first(view), NO, "Ben")
    assert told.made_at <= told.undone_at


def test_another_answer_takes_the_earlier_one_back_and_keeps_both(
    session: Session, bakery: Shop
) -> None:
    view = now(session, bakery)
    made = recommendations.decide(session, view, first(view), NO, seen=None)
    recommendations.decide(session, view, first(view), YES, seen=made.decision_id)
    assert recommendations.standing(session, bakery.quarter)[first(view)].said == YES
    told = recommendations.history(session, bakery.quarter, first(view))
    assert told == [(NO, False), (YES, True)]


def test_who_decides_second_without_knowing_is_told_what_stands(
    session: Session, bakery: Shop
) -> None:
    view = now(session, bakery)
    recommendations.decide(session, view, first(view), NO, seen=None)
    with pytest.raises(Changed) as changed:
        recommendations.decide(session, view, first(view), YES, seen=None)
    assert changed.value.theirs == {"answer": "declined", "why": NO.why, "who": NO.who}
    assert recommendations.history(session, bakery.quarter, first(view)) == [(NO, True)]


def test_the_same_advice_is_kept_once(session: Session, bakery: Shop) -> None:
    view = now(session, bakery)
    made = recommendations.decide(session, view, first(view), NO, seen=None)
    recommendations.undo(session, made.decision_id)
    again = recommendations.decide(session, view, first(view), YES, seen=None)
    assert again.recommendation_id == made.recommendation_id


def test_what_was_declined_stays_away_in_the_next_quarter_if_nothing_changed(
    session: Session, bakery: Shop
) -> None:
    view = now(session, bakery)
    recommendations.decide(session, view, first(view), NO, seen=None)
    assert coming_back.declined_before(session, view) == {}
    back = coming_back.declined_before(session, a_quarter_later(session, bakery))[first(view)]
    assert (back.why, back.changes) == (NO.why, ())
    assert back.quarter == "October to December 2026"


def test_it_comes_back_when_a_fact_changed_and_says_what(session: Session, bakery: Shop) -> None:
    view = now(session, bakery)
    target = first(view)
    recommendations.decide(session, view, target, NO, seen=None)
    quarters.ensure(session, bakery.id, NEXT)
    audiences.describe(
        session, bakery.id, audiences.Group("Neighbours", age_from=25, age_to=60, region="de")
    )
    back = coming_back.declined_before(session, a_quarter_later(session, bakery))[target]
    assert any("Neighbours" in change for change in back.changes)
    assert all(change.split(":")[0] for change in back.changes)


def test_it_comes_back_when_a_rule_changed_and_says_what(session: Session, bakery: Shop) -> None:
    view = now(session, bakery)
    target = first(view)
    recommendations.decide(session, view, target, NO, seen=None)
    later = a_quarter_later(session, bakery)
    rule = later.target(target).parts[0].rule.id
    amendments.make(
        session, later.quarter_id, Amendment(rule=rule, off=True),
        Ground("our own count", "It does not fit us"), seen=0, on=NEXT,
    )  # fmt: skip
    back = coming_back.declined_before(session, a_quarter_later(session, bakery))[target]
    assert any(change.startswith("No longer: ") for change in back.changes)


def test_what_is_declined_now_stays_away_this_quarter_whatever_changes(
    session: Session, bakery: Shop
) -> None:
    view = now(session, bakery)
    target = first(view)
    recommendations.decide(session, view, target, NO, seen=None)
    wants(session, bakery, "image")
    assert recommendations.standing(session, bakery.quarter)[target].said == NO
    assert target not in coming_back.declined_before(session, now(session, bakery))


def test_what_was_taken_back_before_the_quarter_ended_is_no_decision_then(
    session: Session, bakery: Shop
) -> None:
    view = now(session, bakery)
    made = recommendations.decide(session, view, first(view), NO, seen=None)
    recommendations.undo(session, made.decision_id)
    assert coming_back.declined_before(session, a_quarter_later(session, bakery)) == {}


def test_the_last_answer_counts_not_an_earlier_no(session: Session, bakery: Shop) -> None:
    view = now(session, bakery)
    target = first(view)
    recommendations.decide(session, view, target, NO, seen=None)
    later = a_quarter_later(session, bakery)
    recommendations.decide(session, later, target, YES, seen=None)
    after = quarters.ensure(session, bakery.id, date(2027, 4, 1))
    view_after = advice.current(session, bakery.id, after.id)
    assert target not in coming_back.declined_before(session, view_after)


def test_a_number_that_should_fall_is_expected_to_fall() -> None:
    pack = rulebook.pack()
    rules = {rule.id: rule for rule in pack.rules}
    rule = rules["activity.serves-the-objective"]
    directions = {}
    for lead in ("first_response_time", "qualified_leads"):
        facts = tuple(Fact(pattern.kind, {"lead_kpi": lead}) for pattern in rule.when)
        part = Part(rule, facts, 1, 1, 1, 100, "")
        found = expecting.expectation(pack, [part])
        directions[lead] = found["direction"] if found else ""
    assert directions == {"first_response_time": "down", "qualified_leads": "up"}
