"""Who may be seen: boundaries in pairs, and no one found by taking one figure from another."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from services.showing import ENOUGH, EVERYONE, LEADERS, STAFF, Reply, score, shown


def said(
    *people: tuple[bool, bool], level: int = 2, start: int = 0, question: str = "q"
) -> list[Reply]:
    return [
        Reply(start + i, is_leader, consent, question, "listening", level)
        for i, (is_leader, consent) in enumerate(people)
    ]


WORKER, LEADER, OPEN_LEADER = (False, False), (True, False), (True, True)


def seen(replies: list[Reply], closed: bool = True) -> dict[str, int]:
    groups = shown(replies, closed=closed)
    return {name: len({reply.respondent for reply in group}) for name, group in groups.items()}


def test_four_people_are_too_few_and_five_are_enough() -> None:
    assert seen(said(*[WORKER] * 4)) == {}
    assert seen(said(*[WORKER] * 5)) == {EVERYONE: 5, STAFF: 5}


def test_nobody_is_shown_before_the_round_is_closed() -> None:
    assert seen(said(*[WORKER] * 9), closed=False) == {}


def test_a_leader_alone_is_shown_with_consent_only() -> None:
    assert seen(said(LEADER)) == {}
    assert seen(said(OPEN_LEADER)) == {EVERYONE: 1, LEADERS: 1}


def test_a_leader_who_agreed_counts_at_once() -> None:
    assert seen(said(OPEN_LEADER), closed=False) == {EVERYONE: 1, LEADERS: 1}


def test_five_answers_of_one_person_are_still_one_person() -> None:
    assert shown(said(*[WORKER] * 1) * 5, closed=True) == {}


def test_the_sixth_is_not_found_by_taking_five_from_six() -> None:
    assert seen(said(*[WORKER] * 5, LEADER)) == {EVERYONE: 5, STAFF: 5}
    assert seen(said(*[LEADER] * 5, WORKER)) == {EVERYONE: 5, LEADERS: 5}


def test_few_of_each_are_shown_together_but_not_apart() -> None:
    assert seen(said(*[WORKER] * 3, *[LEADER] * 2)) == {EVERYONE: 5}


def test_a_leader_who_agreed_does_not_fill_up_a_group_of_four() -> None:
    assert seen(said(*[WORKER] * 4, OPEN_LEADER)) == {EVERYONE: 1, LEADERS: 1}


def test_closing_does_not_reveal_the_one_leader_who_did_not_agree() -> None:
    replies = said(*[OPEN_LEADER] * 4, LEADER)
    assert seen(replies, closed=False) == seen(replies, closed=True) == {EVERYONE: 4, LEADERS: 4}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([WORKER, LEADER, OPEN_LEADER]), max_size=22))
def test_whatever_is_taken_from_whatever_five_or_none_are_left(people: list) -> None:  # type: ignore[type-arg]
    replies = said(*people)
    agreed = {r.respondent for r in replies if r.is_leader and r.consent}
    views = [
        {reply.respondent for reply in group} - agreed
        for closed in (False, True)
        for group in shown(replies, closed=closed).values()
    ]
    views += [set()]
    for one in views:
        for other in views:
            left = len(one - other)
            assert left == 0 or left >= ENOUGH


def test_a_score_is_a_median_with_its_lowest_spread_and_evidence() -> None:
    replies = [
        Reply(i, False, False, "q", "listening", level, evidence=i == 0)
        for i, level in enumerate([0, 1, 2, 3, 4])
    ]
    result = score(replies)
    assert (result.level, result.lowest, result.spread) == (2.0, 0, 2.0)
    assert (result.evidence, result.respondents) == (0.2, 5)


def test_one_answer_has_no_spread() -> None:
    assert score(said(OPEN_LEADER, level=3)).spread == 0.0
