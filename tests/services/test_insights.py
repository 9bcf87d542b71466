"""What is heard has a receiver and an answer; nothing is overwritten, nothing made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from models.database import reading, writing
from models.organisation import Quarter
from services import (
    circumstances,
    facts_of_listening,
    heard,
    insight_kpis,
    insights,
    keeping_numbers,
    measuring,
    milestones,
    rulebook,
)
from services.heard import Answer, Said
from services.refusals import Changed, Refused
from tests.services import built

TODAY = date(2026, 11, 24)
SLOW = Said("People wait too long", date(2026, 11, 2), channel="instagram")
DONE = Answer("done", "They are right", date(2026, 11, 10), "We answer on Sundays")


def shop(session: Session) -> built.Shop:
    return built.shop(session)


def told(session: Session, at: built.Shop, said: Said = SLOW, answer: Answer | None = None) -> int:
    number = insights.hear(session, at.id, said, today=TODAY)
    if answer:
        insights.answer(session, number, answer, version=1, today=TODAY)
    return number


def passed(at: built.Shop, after: int = 3, said: Said = SLOW) -> Said:
    return replace(said, receiver_id=at.ben, reached_on=said.heard_on + timedelta(days=after))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"text": "  "}, "in a sentence"),
        ({"text": "x" * 601}, "shorten"),
        ({"heard_on": TODAY + timedelta(days=1)}, "has not come yet"),
        ({"channel": "pigeon"}, "from the list"),
        ({"objective": "world peace"}, "from the list"),
        ({"evidence": "sworn"}, "from the list"),
        ({"receiver_id": 4711}, "takes part no longer"),
        ({"reached_on": TODAY}, "whom it reached"),
        ({"receiver_id": 1, "reached_on": date(2026, 11, 1)}, "before it was heard"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    session: Session, wrong: dict[str, object], why: str
) -> None:
    at = shop(session)
    with pytest.raises(Refused, match=why):
        told(session, at, replace(SLOW, **wrong))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (Answer("not_done"), "No is a full answer"),
        (Answer("", "They are right"), "Say whether it was done"),
        (Answer("not_done", "No", change="All"), "it was done"),
        (Answer("", change="All"), "whether it was done"),
        (Answer("perhaps"), "done or not"),
        (Answer("done", answered_on=date(2026, 11, 4)), "before it was heard"),
        (Answer("done", answered_on=TODAY + timedelta(days=1)), "has not come yet"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(session: Session, wrong: Answer, why: str) -> None:
    at = shop(session)
    number = told(session, at, passed(at))
    with pytest.raises(Refused, match=why):
        insights.answer(session, number, wrong, version=1, today=TODAY)


def test_an_answer_needs_somebody_who_gives_it(session: Session) -> None:
    at = shop(session)
    number = told(session, at)
    with pytest.raises(Refused, match="who should hear it"):
        insights.answer(session, number, DONE, version=1, today=TODAY)


def test_of_two_the_second_is_told_what_the_first_one_said(session: Session) -> None:
    at = shop(session)
    number = told(session, at, passed(at))
    insights.answer(session, number, DONE, version=1, today=TODAY)
    with pytest.raises(Changed) as changed:
        insights.answer(session, number, Answer("not_done", "No"), version=1, today=TODAY)
    assert changed.value.theirs
    assert changed.value.theirs["change"] == DONE.change
    insights.answer(session, number, DONE, version=1, today=TODAY)  # the same twice is no conflict
    insights.remove(session, number, version=2)
    insights.remove(session, number, version=2)
    assert insights.listed(session, at.id) == []


def test_after_fourteen_days_without_an_answer_it_waits_too_long(session: Session) -> None:
    at = shop(session)
    reached = passed(at, 0, replace(SLOW, heard_on=TODAY - timedelta(days=14)))
    told(session, at, reached)
    rows = insights.listed(session, at.id)
    assert heard.overdue(rows, TODAY, 14) == []
    assert heard.overdue(rows, TODAY + timedelta(days=1), 14) == rows


def test_the_numbers_count_what_changed_and_how_long_it_took(session: Session) -> None:
    at = shop(session)
    told(session, at, passed(at, 2), DONE)
    told(session, at, passed(at, 9), replace(DONE, answered_on=date(2026, 11, 12), change=""))
    told(session, at, passed(at, 4))
    told(session, at)
    rows = insights.listed(session, at.id)
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    changed, lead = insight_kpis.counted(rows, first, last)
    assert (changed.kpi, changed.value, changed.of) == ("changed_decisions", 1, 2)
    assert changed.notes == ("Done, but no change is named: 1; not counted.",)
    assert (lead.kpi, lead.value, lead.of) == ("insight_lead_time", 4, 3)
    assert "not known to have reached anybody: 1" in lead.notes[1]
    empty = insight_kpis.counted([], first, last)
    assert [(one.value, one.of) for one in empty] == [(None, 0), (None, 0)]


def test_what_is_fresh_is_no_silence_and_few_are_said_to_be_few(session: Session) -> None:
    at = shop(session)
    told(session, at, passed(at, 2), DONE)
    told(session, at, passed(at, 2))
    rows = insights.listed(session, at.id)
    late, fresh = date(2026, 11, 19), date(2026, 11, 18)
    assert insight_kpis.unanswered(heard.seen_from(rows, fresh), fresh, 14) == (0.0, 1)
    assert insight_kpis.unanswered(heard.seen_from(rows, late), late, 14) == (0.5, 2)
    silent = insight_kpis.without_an_answer(heard.seen_from(rows, late), late, 14)
    assert (silent.value, silent.low, silent.high) == (50, 9.5, 90.5)
    early = heard.seen_from(rows, date(2026, 11, 3))
    assert [(one.reached_on, one.answer) for one in early] == [(None, ""), (None, "")]


def test_rules_read_the_share_from_five_on_and_what_was_said_before(session: Session) -> None:
    at = shop(session)
    quarter, pack = session.get_one(Quarter, at.quarter), rulebook.pack()
    said = {"learning": {"unanswered_insights": 0.1}, "service": {}, "rollout": {}}
    for _ in range(4):
        told(session, at, passed(at, 2))
    assert facts_of_listening.told(session, quarter, TODAY, pack, said)["learning"] == {
        "unanswered_insights": 0.1
    }
    told(session, at, passed(at, 2), DONE)
    now = facts_of_listening.told(session, quarter, TODAY, pack, said)
    assert now["learning"] == {"unanswered_insights": 0.8}
    assert now["rollout"] == {"changed_decisions": 1}
    more = {**said, "rollout": {"changed_decisions": 3}}
    assert facts_of_listening.told(session, quarter, TODAY, pack, more)["rollout"] == {
        "changed_decisions": 3
    }


def test_listening_into_a_dead_end_speaks_of_what_was_heard(session: Session) -> None:
    from services import advice

    at = shop(session)
    for _ in range(3):
        told(session, at, passed(at, 2, replace(SLOW, heard_on=date(2026, 10, 2))))
    circumstances.record(session, (at.id, at.quarter), ("learning", "delivered"), 0.5)
    for _ in range(2):
        told(session, at, passed(at, 2, replace(SLOW, heard_on=date(2026, 10, 2))))
    session.flush()
    found = [one.rule.id for one in advice.current(session, at.id, at.quarter).advice.findings]
    assert "finding.listening-into-a-dead-end" in found


def test_a_number_is_kept_through_our_numbers_alone(session: Session) -> None:
    at = shop(session)
    told(session, at, passed(at, 2))
    month = date(2026, 11, 1)
    _, lead = insight_kpis.counted(insights.listed(session, at.id), month, date(2026, 11, 30))
    beside = keeping_numbers.beside(session, at.id, lead, month)
    assert (beside.said.value, beside.said.source, beside.said.sample_size) == (2, "this tool", 1)
    with pytest.raises(Refused, match="not over yet"):
        keeping_numbers.keep(session, at.id, beside.said, today=TODAY, seen=0)
    keeping_numbers.keep(session, at.id, beside.said, today=date(2026, 12, 1), seen=0)
    kept = measuring.at(session, at.id, beside.said.key)
    assert kept
    assert kept.said.visibility == "owned"
    assert keeping_numbers.beside(session, at.id, lead, month).same
    (nothing, _) = insight_kpis.counted([], month, month)
    with pytest.raises(Refused, match="too little"):
        keeping_numbers.beside(session, at.id, nothing, month)


def test_what_was_frozen_stays_and_what_was_open_may_get_its_answer(database: object) -> None:
    old = replace(SLOW, heard_on=date(2026, 9, 7))
    with writing() as session:
        at = shop(session)
        number = told(session, at, passed(at, 2, old))
        milestones.close(session, at.id, at.before, "Ann", on=TODAY)
    again = replace(passed(at, 2, old), text="Nobody waits")
    with pytest.raises(Refused, match="closed"), writing() as session:
        insights.restate(session, number, again, version=1, today=TODAY)
    with pytest.raises(Refused, match="closed"), writing() as session:
        insights.remove(session, number, version=1)
    with writing() as session:
        insights.answer(session, number, DONE, version=1, today=TODAY)
    with reading() as session:
        (one,) = insights.listed(session, at.id)
        assert (one.text, one.answered) == (old.text, DONE)
    with pytest.raises(Refused, match="closed"), writing() as session:
        insights.answer(session, number, Answer("not_done", "No"), version=2, today=TODAY)
