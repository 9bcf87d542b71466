"""A round of questions: answers kept as they are given, figures as far as they may be shown."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from models.organisation import Organisation, Quarter
from services import assessments, results
from services.assessments import Level
from services.refusals import Refused
from services.showing import EVERYONE, LEADERS, STAFF


@pytest.fixture
def place(session: Session) -> tuple[int, int]:
    return begun(session)


def begun(session: Session, *, year: int = 2026, number: int = 4) -> tuple[int, int]:
    organisation = Organisation(
        name="Harbour Bakery", staff=9, sector="business", audience="consumers",
        region="europe", created_at=datetime.now(UTC),
    )  # fmt: skip
    session.add(organisation)
    session.flush()
    return organisation.id, quarter(session, organisation.id, year, number)


def quarter(session: Session, organisation_id: int, year: int, number: int) -> int:
    starts_on = date(year, number * 3 - 2, 1)
    row = Quarter(
        organisation_id=organisation_id, year=year, number=number,
        starts_on=starts_on, ends_on=starts_on.replace(day=28),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


def answered(
    session: Session,
    place: tuple[int, int],
    *levels: Level,
    question: str = "listen_first",
    is_leader: bool = False,
    consent: bool = False,
    note: str = "",
) -> None:
    """A respondent for each level, all answering one question."""
    round_ = assessments.open_round(session, *place)
    for level in levels:
        person = assessments.join(session, round_.id, is_leader=is_leader, consent=consent)
        assessments.record(session, person.id, question, level, note=note)


def closed(session: Session, place: tuple[int, int]) -> None:
    assessments.close(session, assessments.open_round(session, *place).id)


def test_asking_for_a_round_twice_opens_one(session: Session, place: tuple[int, int]) -> None:
    first = assessments.open_round(session, *place)
    assert assessments.open_round(session, *place).id == first.id


def test_a_round_gets_deeper_but_never_shallower(session: Session, place: tuple[int, int]) -> None:
    assessments.open_round(session, *place, depth=25)
    assert assessments.open_round(session, *place, depth=8).depth == 25
    assert assessments.open_round(session, *place, depth=46).depth == 46


def test_an_answer_given_again_replaces_the_first(session: Session, place: tuple[int, int]) -> None:
    person = assessments.join(session, assessments.open_round(session, *place).id)
    assessments.record(session, person.id, "listen_first", 1, note="only at night")
    assessments.record(session, person.id, "listen_first", "unknown", note="only at night")
    (answer,) = assessments.answers(session, person.id).values()
    assert (answer.level, answer.state, answer.note) == (None, "unknown", "only at night")


@pytest.mark.parametrize("level", [-1, 5, "never"])
def test_only_the_five_levels_and_the_two_ways_out_are_answers(
    session: Session, place: tuple[int, int], level: Level
) -> None:
    person = assessments.join(session, assessments.open_round(session, *place).id)
    with pytest.raises(Refused, match="five levels"):
        assessments.record(session, person.id, "listen_first", level)


def test_only_the_token_brings_back_and_only_into_its_own_round(
    session: Session, place: tuple[int, int]
) -> None:
    round_ = assessments.open_round(session, *place)
    person = assessments.join(session, round_.id, label="Ida")
    assessments.join(session, round_.id, label="Ida")
    other = assessments.open_round(session, *begun(session))
    back = assessments.returning(session, round_.id, person.token)
    assert back is not None
    assert back.id == person.id
    assert assessments.returning(session, round_.id, "Ida") is None
    assert assessments.returning(session, round_.id, "") is None
    assert assessments.returning(session, other.id, person.token) is None


def test_the_words_to_come_back_may_be_typed_carelessly(
    session: Session, place: tuple[int, int]
) -> None:
    round_ = assessments.open_round(session, *place)
    person = assessments.join(session, round_.id)
    typed = "  " + person.token.upper().replace(" ", " - ")
    assert assessments.returning(session, round_.id, typed) is not None


def test_only_who_works_alone_needs_no_words(session: Session, place: tuple[int, int]) -> None:
    round_ = assessments.open_round(session, *place)
    person = assessments.join(session, round_.id)
    assert assessments.alone(session, round_.id) is None
    session.get_one(Organisation, place[0]).staff = 1
    session.flush()
    found = assessments.alone(session, round_.id)
    assert found is not None
    assert found.id == person.id


def test_unknown_and_does_not_apply_are_never_zero(
    session: Session, place: tuple[int, int]
) -> None:
    answered(session, place, 3, 3, 3, 3, 3, "unknown", "not_applicable")
    closed(session, place)
    scores, _ = results.for_rules(results.results(session, *place))
    assert (scores["listening"].level, scores["listening"].lowest) == (3.0, 3)
    assert scores["listening"].respondents == 5


def test_four_answers_and_an_unknown_are_too_few(session: Session, place: tuple[int, int]) -> None:
    answered(session, place, 3, 3, 3, 3, "unknown")
    closed(session, place)
    assert results.for_rules(results.results(session, *place)) == ({}, {})


def test_figures_appear_when_the_round_closes(session: Session, place: tuple[int, int]) -> None:
    answered(session, place, 0, 1, 2, 3, 4, note="")
    assert results.for_rules(results.results(session, *place)) == ({}, {})
    closed(session, place)
    scores, questions = results.for_rules(results.results(session, *place))
    assert scores["listening"].level == questions["listen_first"] == 2.0


def test_notes_appear_with_five_and_in_no_order_that_tells_who(
    session: Session, place: tuple[int, int]
) -> None:
    for note in ["d", "b", "a", "c"]:
        answered(session, place, 2, note=note)
    closed(session, place)
    assert results.results(session, *place).notes == ()
    again = begun(session)
    for note in ["d", "b", "a", "c", "e"]:
        answered(session, again, 2, note=note)
    closed(session, again)
    notes = results.results(session, *again).notes
    assert [(note.group, note.text) for note in notes] == [(STAFF, text) for text in "abcde"]


def test_one_person_who_leads_and_agrees_counts_at_once(
    session: Session, place: tuple[int, int]
) -> None:
    answered(session, place, 2, is_leader=True, consent=True)
    scores, _ = results.for_rules(results.results(session, *place))
    assert scores["listening"].level == 2.0


def test_consent_is_kept_for_leaders_only(session: Session, place: tuple[int, int]) -> None:
    answered(session, place, 2, is_leader=False, consent=True)
    assert results.for_rules(results.results(session, *place)) == ({}, {})


def test_leaders_and_staff_are_shown_apart_and_their_distance(
    session: Session, place: tuple[int, int]
) -> None:
    answered(session, place, 4, is_leader=True, consent=True)
    answered(session, place, 1, 1, 1, 1, 1)
    closed(session, place)
    groups = results.results(session, *place).factors["listening"]
    assert (groups[LEADERS].level, groups[STAFF].level) == (4.0, 1.0)
    assert results.distances(results.results(session, *place))["listening"].distance == 3.0


def test_a_leader_who_did_not_agree_is_not_found_in_everyone(
    session: Session, place: tuple[int, int]
) -> None:
    answered(session, place, 4, is_leader=True)
    answered(session, place, 1, 1, 1, 1, 1)
    closed(session, place)
    groups = results.results(session, *place).factors["listening"]
    assert groups[EVERYONE] == groups[STAFF]
    assert results.distances(results.results(session, *place)) == {}


def test_a_closed_round_takes_no_more_answers(session: Session, place: tuple[int, int]) -> None:
    answered(session, place, 2)
    round_ = assessments.open_round(session, *place)
    person = assessments.join(session, round_.id)
    assessments.close(session, round_.id)
    first = round_.closed_at
    assessments.close(session, round_.id)
    assert round_.closed_at == first
    with pytest.raises(Refused, match="closed"):
        assessments.record(session, person.id, "listen_first", 2)
    with pytest.raises(Refused, match="closed"):
        assessments.join(session, round_.id)


def test_a_new_round_keeps_the_last_figures_until_it_is_closed(
    session: Session, place: tuple[int, int]
) -> None:
    answered(session, place, 1, 1, 1, 1, 1)
    closed(session, place)
    answered(session, place, 4, is_leader=True, consent=True)
    assert results.for_rules(results.results(session, *place))[0]["listening"].level == 1.0


def test_last_quarters_figures_stand_until_this_quarter_has_its_own(
    session: Session, place: tuple[int, int]
) -> None:
    answered(session, place, 1, 1, 1, 1, 1)
    closed(session, place)
    later = place[0], quarter(session, place[0], 2027, 1)
    assert results.for_rules(results.results(session, *later))[0]["listening"].level == 1.0
    answered(session, later, 3, 3, 3, 3, 3)
    closed(session, later)
    assert results.for_rules(results.results(session, *later))[0]["listening"].level == 3.0
    assert results.for_rules(results.results(session, *place))[0]["listening"].level == 1.0


def test_how_many_are_there_says_never_who(session: Session, place: tuple[int, int]) -> None:
    round_ = assessments.open_round(session, *place)
    person = assessments.join(session, round_.id)
    assessments.join(session, round_.id)
    assessments.finish(session, person.id)
    assert assessments.people(session, round_.id) == (2, 1)
