"""Who may be seen: boundaries in pairs, and no one found by taking one figure from another."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from services.showing import ENOUGH, EVERYONE, LEADERS, STAFF, Reply, parts, score, shown


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


def of_parts(**numbers: int) -> list[Reply]:
    """So many of the staff from each part; `nowhere` is a part left open."""
    names = ["" if part == "nowhere" else part for part, n in numbers.items() for _ in range(n)]
    return [
        Reply(who, False, False, "q", "listening", 2, function=part)
        for who, part in enumerate(names)
    ]


def test_a_part_of_four_is_too_few_and_one_of_five_is_enough() -> None:
    assert set(parts(of_parts(sales=4), closed=True)) == set()
    assert set(parts(of_parts(sales=5), closed=True)) == {"sales"}
    assert set(parts(of_parts(sales=5), closed=False)) == set()


def test_a_part_is_not_shown_if_the_few_others_could_be_worked_out() -> None:
    assert set(parts(of_parts(sales=6, legal=4), closed=True)) == set()
    assert set(parts(of_parts(sales=6, legal=3, nowhere=2), closed=True)) == {"sales"}


def test_the_smallest_part_steps_back_to_hide_the_few() -> None:
    seen = parts(of_parts(sales=7, service=5, nowhere=1), closed=True)
    assert set(seen) == {"sales"}


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["sales", "service", "legal", "product", "nowhere"]), st.integers(0, 9)
    ),
    st.lists(st.sampled_from([LEADER, OPEN_LEADER]), max_size=7),
)
def test_whatever_parts_are_taken_from_whatever_five_or_none_are_left(
    numbers: dict[str, int], leaders: list[tuple[bool, bool]]
) -> None:
    replies = of_parts(**numbers) + said(*leaders, start=100)
    agreed = {reply.respondent for reply in replies if reply.is_leader and reply.consent}
    apart = parts(replies, closed=True)
    views = [
        {reply.respondent for reply in group} - agreed
        for group in shown(replies, closed=True).values()
    ]
    several = (
        {reply.respondent for part in some for reply in apart[part]}
        for number in range(len(apart) + 1)
        for some in combinations(apart, number)
    )
    for taken in several:
        assert all(len(view - taken) == 0 or len(view - taken) >= ENOUGH for view in views)


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
