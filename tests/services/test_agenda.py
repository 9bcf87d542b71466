"""The agenda of a review takes ninety minutes, whatever lies ready for it."""

from __future__ import annotations

import pytest

from services import agenda

CLOSED_LOOP = {"promises", "signals", "people", "tests", "what_if"}


def test_a_review_has_ninety_minutes_and_ends_with_decisions_and_the_close() -> None:
    plan = agenda.plan()
    assert plan[0] == ("check_in", 5)
    assert plan[1] == ("promises", 10)
    assert [name for name, _ in plan[-2:]] == ["decide", "close"]
    assert agenda.total(plan) == 90
    assert agenda.TAKES_OVER not in dict(plan)


def test_a_first_review_has_an_agenda_of_its_own() -> None:
    plan = dict(agenda.plan(first=True))
    assert list(plan) == ["check_in", "aims", "people", "disagreements", "decide", "close"]
    assert sum(plan.values()) == 90


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("empty", [set(), {"promises"}, {"people", "tests"}, CLOSED_LOOP])
def test_empty_steps_give_their_minutes_to_the_widest_disagreements(
    first: bool, empty: set[str]
) -> None:
    usual, plan = dict(agenda.plan(first=first)), agenda.plan(first=first, empty=empty)
    given = sum(usual.get(name, 0) for name in empty)
    assert dict(plan).get("disagreements", 0) == usual.get("disagreements", 0) + given
    assert not empty & dict(plan).keys()
    assert agenda.total(plan) == 90


def test_each_step_asks_one_question_and_leaves_something_behind() -> None:
    for first in (True, False):
        for name, _ in agenda.plan(first=first, empty={"promises"}):
            step = agenda.step(name, first=first)
            assert step.title
            assert step.question
            assert step.result


def test_a_first_review_asks_nothing_of_a_last_time() -> None:
    asked = [agenda.step(name, first=True).question for name, _ in agenda.plan(first=True)]
    assert not [one for one in asked if "last time" in one or "keep their promise" in one]
    assert len(agenda.prompts()) == 6
