"""The solver against every choice there is, and against the greedy choice of old."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.plan_model import solve
from services.plan_problem import Choice, Problem, rest
from tests.services import plan_oracle

SEEDS = range(150)


def solved(problem: Problem) -> Choice:
    choice = solve(problem)
    assert choice is not None
    return choice


@pytest.mark.parametrize("seed", SEEDS)
def test_no_choice_is_better_and_of_equal_ones_the_first_is_taken(seed: int) -> None:
    problem = plan_oracle.problem(seed)
    value, expected = plan_oracle.best(problem)
    choice = solved(problem)
    assert (choice.value, choice.proved) == (value, True)
    assert (choice.channels, choice.owners) == (expected.channels, expected.owners)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_choice_is_never_worse_than_the_greedy_one(seed: int) -> None:
    problem = plan_oracle.problem(seed)
    greedy = plan_oracle.greedy(problem)
    assert plan_oracle.keeps(problem, greedy)
    assert solved(problem).value >= plan_oracle.worth(problem, greedy)


def test_asking_twice_gives_the_same_choice() -> None:
    for seed in range(20):
        problem = plan_oracle.problem(seed)
        assert solved(problem) == solved(replace(problem))


@pytest.mark.parametrize("seed", range(40))
def test_an_hour_on_one_channel_is_none_on_another(seed: int) -> None:
    problem = plan_oracle.problem(seed)
    names = tuple(one.name for one in problem.channels)
    works = [one.name for one in problem.activities]
    filling = plan_oracle.filling(problem, names, problem.activities)
    assert rest(problem, names, works) == filling


def test_what_is_wanted_is_in_the_choice_or_there_is_none() -> None:
    problem = plan_oracle.problem(3)
    for one in problem.activities:
        choice = solve(problem, [("activity", one.name)])
        assert choice is None or one.name in choice.activities
    assert solve(problem, [("activity", "of nobody's making")]) is None
