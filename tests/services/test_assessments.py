"""A round of questions: answers kept as they are given, figures as far as they may be shown."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from models.organisation import Organisation
from services import assessments, quarters, results
from services.assessments import Level
from services.refusals import Refused
from services.showing import EVERYONE, LEADERS, STAFF
from tests.services.built import harbour


@pytest.fixture
def place(session: Session) -> tuple[int, int]:
    return harbour(session, staff=9)


def next_quarter(session: Session, place: tuple[int, int]) -> tuple[int, int]:
    return place[0], quarters.ensure(session, place[0], date(2027, 1, 4)).id


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


def level(session: Session, place: tuple[int, int]) -> float:
    """What rules hear of listening."""
    return results.for_rules(results.results(session, *place))[0]["listening"].level


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
    other = assessments.open_round(session, *harbour(session, staff=9))
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
    again = harbour(session, staff=9)
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
    assert level(session, place) == 1.0


def test_last_quarters_figures_stand_until_this_quarter_has_its_own(
    session: Session, place: tuple[int, int]
) -> None:
    answered(session, place, 1, 1, 1, 1, 1)
    closed(session, place)
    later = next_quarter(session, place)
    assert level(session, later) == 1.0
    answered(session, later, 3, 3, 3, 3, 3)
    closed(session, later)
    assert level(session, later) == 3.0
    assert level(session, place) == 1.0


def test_a_round_hardly_begun_does_not_hide_the_last_whole_picture(
    session: Session, place: tuple[int, int]
) -> None:
    answered(session, place, 1, 1, 1, 1, 1)
    closed(session, place)
    later = next_quarter(session, place)
    answered(session, later, 4, is_leader=True, consent=True)
    assert level(session, later) == 1.0
    closed(session, later)
    assert level(session, later) == 4.0


def test_whoever_works_alone_closes_nothing_to_be_seen(session: Session) -> None:
    place = harbour(session, staff=1)
    answered(session, place, 1, is_leader=True, consent=True)
    closed(session, place)
    later = next_quarter(session, place)
    round_ = assessments.open_round(session, *later)
    me = assessments.join(session, round_.id, is_leader=True, consent=True)
    assessments.record(session, me.id, "listen_first", 3)
    assert level(session, later) == 1.0
    assessments.finish(session, me.id)
    assert level(session, later) == 3.0


def test_who_takes_part_is_told_by_group_though_they_are_too_few_to_show(
    session: Session, place: tuple[int, int]
) -> None:
    answered(session, place, 4, is_leader=True, consent=True)
    answered(session, place, 1, 1, 1, 1, note="secret")
    closed(session, place)
    found = results.results(session, *place)
    assert (found.groups, found.joined) == ((LEADERS, STAFF), 5)
    assert set(found.factors["listening"]) == set(found.questions["listen_first"])
    assert set(found.factors["listening"]) == {EVERYONE, LEADERS}
    assert found.factors["listening"][EVERYONE].respondents == 1
    assert found.notes == ()
    assert results.distances(found) == {}


def test_the_side_of_staff_in_a_gap_waits_for_the_end_of_the_round(
    session: Session, place: tuple[int, int]
) -> None:
    answered(session, place, 4, is_leader=True, consent=True)
    answered(session, place, 1, 1, 1, 1, 1, note="secret")
    found = results.results(session, *place)
    assert (set(found.factors["listening"]), found.notes) == ({EVERYONE, LEADERS}, ())
    assert results.distances(found) == {}


def test_a_factor_is_shown_as_median_lowest_spread_and_share_of_evidence(
    session: Session, place: tuple[int, int]
) -> None:
    round_ = assessments.open_round(session, *place)
    for number, given in enumerate([0, 1, 2, 3, 4]):
        person = assessments.join(session, round_.id)
        seen = "minutes" if number == 0 else ""
        assessments.record(session, person.id, "listen_first", given, evidence=seen)
    closed(session, place)
    score = results.results(session, *place).factors["listening"][STAFF]
    assert (score.level, score.lowest, score.spread, score.evidence) == (2.0, 0, 2.0, 0.2)


def test_who_was_at_the_end_is_not_when_the_round_gets_deeper(
    session: Session, place: tuple[int, int]
) -> None:
    round_ = assessments.open_round(session, *place)
    person = assessments.join(session, round_.id)
    assessments.finish(session, person.id)
    assessments.open_round(session, *place, depth=8)
    assert assessments.people(session, round_.id) == (1, 1)
    assessments.open_round(session, *place, depth=25)
    assert assessments.people(session, round_.id) == (1, 0)


def test_how_many_are_there_says_never_who(session: Session, place: tuple[int, int]) -> None:
    round_ = assessments.open_round(session, *place)
    person = assessments.join(session, round_.id)
    assessments.join(session, round_.id)
    assessments.finish(session, person.id)
    assert assessments.people(session, round_.id) == (2, 1)
