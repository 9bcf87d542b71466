"""How far a rule may be trusted after what came of the advice that it gave.

What an accepted recommendation was expected to bring is scored: met, partly met, not met. Each
score is a coin tossed by the rules that spoke for it, in proportion to their positive points, and
weighs half as much for each half-life that has passed. The coin of a rule is a Beta distribution;
its confidence is the mean after the tosses over the mean before them, so without any it is exactly
1. With a prior mean of one half, it lies between 0 and 2, which is what an amendment may say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Result = Literal["met", "partly", "not_met", "cannot_tell"]

MOST = 2.0
"""The highest confidence that an amendment may say."""

_HITS: Mapping[Result, float] = {"met": 1.0, "partly": 0.5, "not_met": 0.0}
"""How much of a hit each result is; where nobody can tell, it is no toss."""


@dataclass(frozen=True, slots=True)
class Scored:
    """An expectation that was scored: the positive points of each rule (any unit), the result, and
    how many days ago it was scored."""

    points: Mapping[str, float]
    result: Result
    days: float = 0.0


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of a rule before any score: the share of expectations that come true, and
    how many scores that belief is worth; `half_life` in days."""

    mean: float = 0.5
    strength: float = 4.0
    half_life: float = 365.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the scores say of one rule: its hits and all its tosses, both weighed."""

    hits: float = 0.0
    tosses: float = 0.0


def evidence(scores: Iterable[Scored], prior: Prior) -> dict[str, Evidence]:
    """By rule, what all scores say; rules without positive points or known results are absent."""
    found: dict[str, Evidence] = {}
    for score in scores:
        hit = _HITS.get(score.result)
        whole = sum(points for points in score.points.values() if points > 0)
        if hit is None or whole <= 0:
            continue
        fresh = 0.5 ** (max(score.days, 0.0) / prior.half_life)
        for rule, points in score.points.items():
            if points > 0:
                so_far, weight = found.get(rule, Evidence()), fresh * points / whole
                found[rule] = Evidence(so_far.hits + weight * hit, so_far.tosses + weight)
    return found


def confidence(said: Evidence, prior: Prior) -> float:
    """The mean of the Beta distribution after the tosses over the one before: 0 to 2, exactly 1
    without any, never less for a hit more and never more for a miss more."""
    if said.tosses <= 0:
        return 1.0
    after = (prior.mean * prior.strength + said.hits) / (prior.strength + said.tosses)
    return min(MOST, max(0.0, after / prior.mean))
