"""The review meeting: its clock, what is said and decided in it, and what remains of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from models.assessments import Assessment
from models.scenarios import Scenario
from services import (
    agenda,
    assessments,
    experiments,
    meeting_capture,
    meeting_clock,
    meeting_decisions,
    meeting_drafts,
    meeting_ready,
    meetings,
    milestones,
    minutes,
)
from services.experiments import Card
from services.meeting_capture import By, Said
from services.meeting_decisions import Decided
from services.meeting_drafts import Draft
from services.meetings import Held
from services.refusals import Changed, Refused
from tests.services import built
from tests.services.built import Shop

ON = date(2026, 12, 15)
BEGAN = datetime(2026, 12, 15, 15, tzinfo=UTC)
ANN = By("Ann")
ONCE_LESS = Decided(
    "Post once a week less", "Ben", date(2027, 1, 8), "Nobody misses it", date(2027, 3, 15), True
)


def minute(number: float) -> datetime:
    return BEGAN + timedelta(minutes=number)


@pytest.fixture
def shop(session: Session) -> Shop:
    return built.shop(session)


@pytest.fixture
def held(session: Session, shop: Shop) -> Held:
    return meetings.begin(session, (shop.id, shop.quarter), on=ON, at=BEGAN)


def now(session: Session, held: Held) -> Held:
    found = meetings.find(session, held.quarter_id)
    assert found is not None
    return found


def test_begun_twice_it_is_one_meeting(session: Session, shop: Shop, held: Held) -> None:
    again = meetings.begin(session, (shop.id, shop.quarter), on=ON, at=minute(7))
    assert again == held
    assert held.first
    assert agenda.total(held.plan) == 90


def test_a_quarter_that_has_not_begun_has_no_meeting(session: Session, shop: Shop) -> None:
    with pytest.raises(Refused, match="has not begun"):
        meetings.begin(session, (shop.id, shop.quarter), on=date(2026, 9, 30))


def test_the_clock_pauses_goes_on_and_counts_for_the_step_at_which_it_is(
    session: Session, held: Held
) -> None:
    meeting_clock.pause(session, held.id, at=minute(4))
    meeting_clock.pause(session, held.id, at=minute(6))  # two people press it
    paused = meeting_clock.clock(now(session, held), minute(30))
    assert (paused.step, paused.whole, paused.running) == (240, 240, False)
    assert paused.left == 6 * 60

    meeting_clock.resume(session, held.id, at=minute(30))
    meeting_clock.go(session, held.id, "aims", at=minute(33))
    meeting_clock.go(session, held.id, "aims", at=minute(34))
    found = meeting_clock.clock(now(session, held), minute(35))
    assert now(session, held).spent["check_in"] == 7 * 60
    assert (found.step, found.whole, found.whole_planned) == (2 * 60, 9 * 60, 90 * 60)


def test_a_clock_that_was_forgotten_overnight_counts_two_hours(
    session: Session, held: Held
) -> None:
    meeting_clock.pause(session, held.id, at=BEGAN + timedelta(days=1))
    assert now(session, held).spent == {"check_in": 2 * 60 * 60}


def test_steps_that_are_not_on_the_agenda_cannot_be_gone_to(session: Session, held: Held) -> None:
    with pytest.raises(Refused, match="not on the agenda"):
        meeting_clock.go(session, held.id, "promises")


def test_whatever_is_entered_changes_the_stamp_that_other_windows_look_at(
    session: Session, held: Held
) -> None:
    seen = [meetings.stamp(session, held.id)]
    note = meeting_capture.note(session, held.id, Said("aims", "note", "Fewer things"), ANN)
    seen.append(meetings.stamp(session, held.id))
    meeting_capture.restate(session, note, "Fewer things, done well", version=1)
    seen.append(meetings.stamp(session, held.id))
    meeting_decisions.decide(session, held.id, ONCE_LESS, ANN)
    seen.append(meetings.stamp(session, held.id))
    meeting_clock.pause(session, held.id)
    seen.append(meetings.stamp(session, held.id))
    assert seen == sorted(set(seen))
    assert meetings.stamp(session, 99) == -1


def test_both_views_stand_beside_each_other_and_no_answer_changes(
    session: Session, shop: Shop, held: Held
) -> None:
    round_ = assessments.open_round(session, shop.id, shop.quarter)
    leader = assessments.join(session, round_.id, is_leader=True, consent=True)
    assessments.record(session, leader.id, "written_objectives", 3)
    before = assessments.answers(session, leader.id)["written_objectives"].level
    for side, text, who in (("one", "We agreed on it", "Ann"), ("other", "I never saw it", "Ben")):
        said = Said("disagreements", "side", text, about="aims", said=side)
        meeting_capture.note(session, held.id, said, By(who))
    kept = meeting_capture.notes(session, held.id)
    assert [(one.said.said, one.said.text, one.by.name) for one in kept] == [
        ("one", "We agreed on it", "Ann"),
        ("other", "I never saw it", "Ben"),
    ]
    assert assessments.answers(session, leader.id)["written_objectives"].level == before


def test_sent_twice_a_note_is_one_and_an_empty_one_is_refused(session: Session, held: Held) -> None:
    said = Said("aims", "parked", "A new logo")
    assert meeting_capture.note(session, held.id, said, ANN) == meeting_capture.note(
        session, held.id, said, ANN
    )
    with pytest.raises(Refused, match="few words"):
        meeting_capture.note(session, held.id, replace(said, text="  "), ANN)


def test_a_number_is_judged_once_and_the_second_who_judges_is_told(
    session: Session, held: Held
) -> None:
    real = Said("signals", "signal", "The new sign", about="qualified_leads", said="real")
    noise = replace(real, text="A holiday", said="noise")
    meeting_capture.put(session, held.id, real, ANN)
    with pytest.raises(Changed) as told:
        meeting_capture.put(session, held.id, noise, By("Ben"))
    assert told.value.theirs == {"said": "real", "text": "The new sign"}
    meeting_capture.put(session, held.id, noise, By("Ben"), seen=told.value.version)
    (kept,) = meeting_capture.notes(session, held.id)
    assert (kept.said.said, kept.by.name) == ("noise", "Ben")


def test_two_who_change_one_decision_both_keep_their_words(session: Session, held: Held) -> None:
    number = meeting_decisions.decide(session, held.id, ONCE_LESS, ANN)
    hers, his = replace(ONCE_LESS, who="Ann"), replace(ONCE_LESS, effect="Two hours a week")
    meeting_decisions.change(session, number, hers, version=1)
    with pytest.raises(Changed) as told:
        meeting_decisions.change(session, number, his, version=1)
    assert told.value.theirs
    assert told.value.theirs["who"] == "Ann"
    meeting_decisions.change(session, number, his, version=told.value.version)
    (kept,) = meeting_decisions.decisions(session, held.id)
    assert kept.said == his


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"what": " "}, "what stops"),
        ({"who": ""}, "who sees to it"),
        ({"due_on": None}, "by when"),
        ({"effect": ""}, "what you expect"),
        ({"check_on": None}, "when you will check"),
        ({"check_on": date(2027, 1, 7)}, "after it is done"),
    ],
)
def test_a_decision_says_who_what_by_when_what_for_and_when_it_is_checked(
    session: Session, held: Held, missing: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        meeting_decisions.decide(session, held.id, replace(ONCE_LESS, **missing), ANN)  # type: ignore[arg-type]


def test_five_decisions_are_kept_and_a_sixth_is_not(session: Session, held: Held) -> None:
    for number in range(5):
        said = replace(ONCE_LESS, what=f"Number {number}")
        meeting_decisions.decide(session, held.id, said, ANN)
    with pytest.raises(Refused, match=r"Five are enough.*Park this one.*“Change”"):
        meeting_decisions.decide(session, held.id, ONCE_LESS, ANN)


def test_it_ends_with_something_that_stops_or_a_word_why_nothing_does(
    session: Session, shop: Shop, held: Held
) -> None:
    meeting_decisions.decide(session, held.id, replace(ONCE_LESS, is_stop=False), ANN)
    with pytest.raises(Refused, match="one thing that stops"):
        meeting_clock.end(session, held.id)
    why = Said("decide", "no_stop", "we do two things, and both are needed")
    meeting_capture.put(session, held.id, why, ANN)
    meeting_clock.end(session, held.id, at=minute(88))
    ended = now(session, held)
    assert ended.ended_at == minute(88)
    found = minutes.of(session, shop.id, shop.quarter)
    assert found is not None
    assert (found.minutes_spent, found.no_stop_because) == (88, why.text)
    meeting_clock.resume(session, held.id, at=minute(95))
    assert now(session, held).ended_at is None


def test_each_name_has_one_score_and_without_a_name_there_is_none(
    session: Session, shop: Shop, held: Held
) -> None:
    meeting_decisions.score(session, held.id, 2, "", ANN)
    meeting_decisions.score(session, held.id, 3, "", By("Ben"))
    meeting_decisions.score(session, held.id, 4, "Begin on time", ANN)
    with pytest.raises(Refused, match="Say who gives this score"):
        meeting_decisions.score(session, held.id, 5, "", By())
    found = minutes.of(session, shop.id, shop.quarter)
    assert found is not None
    assert (found.score, found.scores, found.changes) == (3.5, 2, ("Begin on time",))


def test_the_next_review_begins_with_what_the_last_one_decided(
    session: Session, shop: Shop
) -> None:
    last = meetings.begin(session, (shop.id, shop.before), on=date(2026, 9, 29), at=BEGAN)
    number = meeting_decisions.decide(session, last.id, ONCE_LESS, ANN)
    held = meetings.begin(session, (shop.id, shop.quarter), on=ON, at=BEGAN)
    assert not held.first
    assert dict(held.plan)["promises"] == 10
    before = meetings.before(session, shop.id, shop.quarter)
    assert before is not None
    assert before.id == last.id
    silent = minutes.of(session, shop.id, shop.quarter)
    assert silent is not None
    assert (silent.checked, silent.unsaid) == ((), ("Stop: Post once a week less (Ben)",))
    said = Said("promises", "checked", "Nobody noticed", said="met")
    meeting_capture.put(session, held.id, said, ANN, decision_id=number)
    found = minutes.of(session, shop.id, shop.quarter)
    assert found is not None
    assert found.checked == (("Post once a week less", "Came true", "Nobody noticed"),)
    assert found.unsaid == ()


def test_the_minutes_follow_the_steps_and_say_in_words_what_each_note_is_about(
    session: Session, shop: Shop, held: Held
) -> None:
    shelved = Scenario(
        organisation_id=shop.id, quarter_id=shop.quarter, name="More hours", moves=[],
        begins="today", basis={}, fingerprint="", pack_version="", told={}, made_at=BEGAN,
    )  # fmt: skip
    session.add(shelved)
    session.flush()
    for said in (
        Said("close", "note", "Shorter next time"),
        Said("disagreements", "side", "It is not there", about="listening", said="other"),
        Said("check_in", "note", "People ask for nuts"),
        Said("check_in", "parked", "A new logo"),
        Said("check_in", "present", "Ann"),
    ):
        meeting_capture.note(session, held.id, said, ANN)
    for said in (
        Said("signals", "signal", about="qualified_leads", said="real"),
        Said("what_if", "scenario", about=str(shelved.id)),
        Said("close", "failure", "We forgot the deputy"),
    ):
        meeting_capture.put(session, held.id, said, ANN)
    found = minutes.of(session, shop.id, shop.quarter)
    assert found is not None
    assert [(step, text) for step, text, _ in found.notes] == [
        ("Check in", "People ask for nuts"),
        ("How differently we see it", "What we hear, the other side: It is not there"),
        ("Close", "Shorter next time"),
        ("Signals", "Good contacts: a real change"),
        ("What if", "Talked about: More hours"),
    ]
    assert (found.present, found.parked, found.failure) == (
        ("Ann",), ("A new logo",), "We forgot the deputy",
    )  # fmt: skip
    assert minutes.of(session, shop.id, shop.before) is None


def test_the_widest_disagreements_come_first_and_only_as_far_as_they_may_be_shown(
    session: Session, shop: Shop
) -> None:
    round_ = assessments.open_round(session, shop.id, shop.quarter)
    for number in range(7):
        leads = number < 1
        one = assessments.join(
            session, round_.id, function="sales_team", is_leader=leads, consent=leads
        )
        assessments.record(session, one.id, "written_objectives", 3 if leads else 2)
        assessments.record(session, one.id, "listen_first", 4 if leads else 0)
        assessments.record(session, one.id, "mistakes_told", 2)
    assert meeting_ready.disagreements(session, shop.id, shop.quarter) == []
    assessments.close(session, session.query(Assessment).one().id)
    found = meeting_ready.disagreements(session, shop.id, shop.quarter)
    assert [(one.factor, one.apart) for one in found] == [("listening", 4), ("aims", 1)]
    assert (found[0].low, found[0].high) == (("staff", 0), ("leaders", 4))


def test_closing_the_quarter_ends_its_meeting_and_nothing_more_is_said_in_it(
    session: Session, shop: Shop, held: Held
) -> None:
    meeting_capture.note(session, held.id, Said("aims", "note", "Fewer things"), ANN)
    kept = milestones.close(session, shop.id, shop.quarter, "Ann", on=ON, at=minute(60))
    frozen = milestones.part(session, kept.id, "meeting")
    assert [one["text"] for one in frozen["notes"]] == ["Fewer things"]
    assert frozen["spent"] == {"check_in": 3600}
    assert frozen["ended_at"]
    with pytest.raises(Refused, match="closed"):
        meeting_capture.note(session, held.id, Said("aims", "note", "More things"), ANN)
    session.rollback()


def test_what_is_decided_about_a_test_or_scored_in_the_meeting_stands_in_its_minutes(
    session: Session, shop: Shop, held: Held
) -> None:
    card = Card("Short films", "They are seen", ON)
    before, within = (
        experiments.begin(session, shop.quarter, replace(card, title=title), on=date(2026, 11, 1))
        for title in ("Long films", "Short films")
    )
    for one, on in ((before, date(2026, 12, 14)), (within, ON)):
        said = experiments.Decided("stop", "Nobody looked", "Ben")
        experiments.decide(session, one.id, said, version=one.version, on=on)
    found = minutes.of(session, shop.id, shop.quarter)
    assert found is not None
    assert found.notes == (("Tests", "Short films: stop it, because Nobody looked", "Ben"),)


def test_a_refusal_says_how_many_letters_there_are_and_how_many_may_be(
    session: Session, held: Held
) -> None:
    words = "at most 2,000 letters; these are 5,000"
    with pytest.raises(Refused, match=words):
        meeting_capture.note(session, held.id, Said("aims", "note", "a" * 5_000), ANN)
    with pytest.raises(Refused, match=words):
        meeting_decisions.decide(session, held.id, replace(ONCE_LESS, what="a" * 5_000), ANN)
    with pytest.raises(Refused, match="at most 80 letters; these are 81"):
        meeting_decisions.decide(session, held.id, replace(ONCE_LESS, who="a" * 81), ANN)


def test_a_decision_that_is_parked_takes_its_words_along() -> None:
    said = meeting_decisions.as_said(ONCE_LESS)
    assert said == "Stop: Post once a week less (Ben, expected: Nobody misses it)"
    assert meeting_decisions.as_said(Decided("More light", "", None, "", None)) == "More light"
    assert meeting_decisions.as_said(Decided(" ", "", None, "", None, is_stop=True)) == ""


def test_what_is_typed_and_not_kept_waits_for_its_window_and_is_nobodys_word(
    session: Session, shop: Shop, held: Held
) -> None:
    typed = Draft(2, {"text": "Half a thought", "due_on": ON, "points": 4})
    meeting_drafts.keep(session, held.id, "wall", "form", Draft(2, {"text": "Half"}))
    meeting_drafts.keep(session, held.id, "wall", "form", typed)
    meeting_drafts.keep(session, held.id, "desk", "form", Draft(0, {"text": "Mine"}))
    assert meeting_drafts.found(session, held.id, "wall") == {"form": typed}
    assert meeting_capture.notes(session, held.id) == []
    meeting_drafts.keep(session, held.id, "wall", "form", None)
    assert meeting_drafts.found(session, held.id, "wall") == {}
    kept = milestones.close(session, shop.id, shop.quarter, "Ann", on=ON, at=minute(60))
    assert milestones.part(session, kept.id, "meeting")["notes"] == []
    assert meeting_drafts.found(session, held.id, "desk") == {}
