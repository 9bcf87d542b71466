"""How far a rule may be trusted: bounded, monotone, and exactly 1 as long as nothing is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.confidence import MOST, Evidence, Prior, Result, Scored, confidence, evidence

YEAR = 365.0
PRIOR = Prior()
RESULTS: tuple[Result, ...] = ("not_met", "partly", "met")
CLOSE = 1e-9

priors = st.builds(
    Prior,
    mean=st.floats(0.2, 0.9),
    strength=st.floats(0.5, 40),
    half_life=st.floats(30, 2000),
)
scores = st.builds(
    Scored,
    points=st.dictionaries(st.sampled_from("abc"), st.integers(-900, 900), max_size=3),
    result=st.sampled_from([*RESULTS, "cannot_tell"]),
    days=st.floats(0, 4000),
)
many = st.lists(scores, max_size=12)


def sure(scored: list[Scored], rule: str = "a", prior: Prior = PRIOR) -> float:
    return confidence(evidence(scored, prior).get(rule, Evidence()), prior)


def one(result: Result, days: float = 0.0, **points: float) -> Scored:
    return Scored(points or {"a": 100}, result, days)


# ---- By hand -----------------------------------------------------------------------------------


def test_without_evidence_it_is_exactly_one() -> None:
    assert sure([]) == 1.0


@pytest.mark.parametrize(
    ("result", "expected"), [("met", 3 / 5 * 2), ("partly", 1), ("not_met", 2 / 5 * 2)]
)
def test_one_score_moves_it_as_the_beta_distribution_says(result: Result, expected: float) -> None:
    assert sure([one(result)]) == pytest.approx(expected)


def test_where_nobody_can_tell_nothing_changes() -> None:
    assert sure([one("cannot_tell")]) == 1.0
    assert sure([one("met"), one("cannot_tell")]) == sure([one("met")])


def test_a_score_loses_half_its_weight_each_year() -> None:
    fresh, old = (evidence([one("met", days)], PRIOR)["a"].tosses for days in (0, YEAR))
    assert (fresh, old) == (1.0, 0.5)
    assert evidence([one("met", 2 * YEAR)], PRIOR)["a"].tosses == 0.25


def test_rules_share_a_score_in_proportion_to_their_positive_points() -> None:
    found = evidence([one("not_met", 0, a=300, b=100, c=-200)], PRIOR)
    assert {rule: said.tosses for rule, said in found.items()} == {"a": 0.75, "b": 0.25}
    assert sure([one("not_met", 0, a=300, b=100)], "a") < sure(
        [one("not_met", 0, a=300, b=100)], "b"
    )


def test_a_prior_that_expects_more_takes_a_hit_for_less() -> None:
    assert sure([one("met")], prior=replace(PRIOR, mean=0.8)) < sure([one("met")])


# ---- Whatever comes ----------------------------------------------------------------------------


@given(many, priors)
def test_it_stays_within_what_an_amendment_may_say(scored: list[Scored], prior: Prior) -> None:
    assert all(0 <= confidence(said, prior) <= MOST for said in evidence(scored, prior).values())


@given(many, priors, st.floats(0, 4000))
def test_one_hit_more_never_lowers_and_one_miss_more_never_raises_it(
    scored: list[Scored], prior: Prior, days: float
) -> None:
    before = sure(scored, prior=prior)
    assert sure([*scored, one("met", days)], prior=prior) >= before - CLOSE
    assert sure([*scored, one("not_met", days)], prior=prior) <= before + CLOSE


@given(many, scores, priors)
def test_a_better_result_is_never_worse_for_any_rule(
    scored: list[Scored], last: Scored, prior: Prior
) -> None:
    for rule in "abc":
        line = [sure([*scored, replace(last, result=r)], rule, prior) for r in RESULTS]
        assert line[0] <= line[1] + CLOSE
        assert line[1] <= line[2] + CLOSE


@given(many, priors)
def test_no_order_of_the_scores_changes_it(scored: list[Scored], prior: Prior) -> None:
    assert sure(scored, prior=prior) == pytest.approx(sure(scored[::-1], prior=prior))


@given(many, priors)
def test_a_rule_without_part_in_it_keeps_its_word(scored: list[Scored], prior: Prior) -> None:
    assert sure(scored, "nobody", prior) == 1.0


@given(many, priors, st.floats(1, 4000))
def test_as_time_passes_it_comes_back_towards_one(
    scored: list[Scored], prior: Prior, passed: float
) -> None:
    then = sure(scored, prior=prior)
    later = sure([replace(s, days=s.days + passed) for s in scored], prior=prior)
    assert abs(later - 1) <= abs(then - 1) + CLOSE
