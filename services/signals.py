"""Signals, not noise: what a series of numbers says and what is only its usual up and down.

Pure functions on plain arrays. The limits are those of an XmR chart: the mean, plus and minus 2.66
times the mean of the steps from one value to the next (Wheeler, Understanding Variation, 1993).
Intervals of shares are Wilson's (1927).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from scipy.special import ndtri

from services.refusals import Refused

ENOUGH = 8
"""Periods from which on there are limits, and as many on one side of the mean are a change."""
SPREAD = 2.66
"""Three standard deviations in mean moving ranges of two: 3 / 1.128."""
FEW = 30
"""A share of fewer than so many is shown with its interval."""
CONFIDENT = 0.95
WEEKS = 8
"""So many weeks of one's own are a better yardstick than anybody else's number."""
_NEAR = 1e-9

Side = Literal[-1, 0, 1]
_INSIDE: tuple[Side, ...] = (0,)


class OtherDenominator(Refused):
    """Two rates that are divided by different things cannot be compared."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The usual range of a series, in its own unit; never beyond what the number can be."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Run:
    """At least eight values in a row on one side of the mean: `first` to `last`, both included."""

    first: int
    last: int
    side: Side


@dataclass(frozen=True, slots=True)
class Stretch:
    """Values that were counted in one way, `begins` being the place of the first of them in the
    series: their limits (None: too few), which of them lie outside (-1 below, 1 above, else 0), and
    the runs, both counted from the stretch's beginning."""

    begins: int
    values: tuple[float, ...]
    limits: Limits | None
    outside: tuple[Side, ...]
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the newest value says: `few` (no limits yet), `usual`, `outside` or `change`; `side` is
    where it lies; a change began at the place `since` of the series."""

    state: Literal["few", "usual", "outside", "change"]
    side: Side = 0
    since: int | None = None


def limits(
    values: Sequence[float], floor: float | None = None, ceiling: float | None = None
) -> Limits | None:
    """Mean ± 2.66 × mean moving range, cut off at what the number can be at all; None under eight
    values."""
    if len(values) < ENOUGH:
        return None
    array = np.asarray(values, dtype=float)
    mean = float(array.mean())
    reach = SPREAD * float(np.abs(np.diff(array)).mean())
    low = mean - reach if floor is None else max(floor, mean - reach)
    high = mean + reach if ceiling is None else min(ceiling, mean + reach)
    return Limits(mean, low, high)


def outside(values: Sequence[float], usual: Limits) -> tuple[Side, ...]:
    """For each value whether it lies below (-1) or above (1) the usual range, or in it (0)."""
    return tuple(_side(value, usual.low, usual.high) for value in values)


def runs(values: Sequence[float], mean: float) -> tuple[Run, ...]:
    """Where eight or more in a row lie on one side of the mean; a value on the mean ends a run."""
    sides = [_side(value, mean, mean) for value in values]
    found, first = [], 0
    for at in range(1, len(sides) + 1):
        if at == len(sides) or sides[at] != sides[first]:
            if sides[first] and at - first >= ENOUGH:
                found.append(Run(first, at - 1, sides[first]))
            first = at
    return tuple(found)


def stretches(
    values: Sequence[float],
    counted: Sequence[str],
    floor: float | None = None,
    ceiling: float | None = None,
) -> tuple[Stretch, ...]:
    """The series split wherever the way of counting (`counted`, one for each value) changes; what
    was counted in two ways is never reckoned together."""
    found, begins = [], 0
    for at in range(1, len(values) + 1):
        if at == len(values) or counted[at] != counted[begins]:
            part = tuple(values[begins:at])
            usual = limits(part, floor, ceiling)
            found.append(
                Stretch(
                    begins,
                    part,
                    usual,
                    outside(part, usual) if usual else _INSIDE * len(part),
                    runs(part, usual.mean) if usual else (),
                )
            )
            begins = at
    return tuple(found)


def standing(parts: Sequence[Stretch]) -> Standing:
    """What the newest value of a series says; a run that reaches it says more than it alone."""
    if not parts or parts[-1].limits is None:
        return Standing("few")
    newest = parts[-1]
    side = newest.outside[-1]
    if newest.runs and newest.runs[-1].last == len(newest.values) - 1:
        run = newest.runs[-1]
        return Standing("change", run.side, newest.begins + run.first)
    return Standing("outside", side) if side else Standing("usual")


def wilson(share: float, of: int) -> tuple[float, float]:
    """Between which shares (0-1) the true one probably lies, if `of` were looked at; at 95 in 100.
    Raises ValueError unless the share is one and somebody was looked at."""
    if not 0 <= share <= 1 or of < 1:
        raise ValueError("a share is of at least one, and from 0 to 1")
    z = float(ndtri(1 - (1 - CONFIDENT) / 2))
    middle = (share + z**2 / (2 * of)) / (1 + z**2 / of)
    reach = z * sqrt(share * (1 - share) / of + z**2 / (4 * of**2)) / (1 + z**2 / of)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def own_middle(values: Sequence[float], weeks_each: float) -> float | None:
    """The middle of one's own values, once they cover eight weeks; a yardstick that fits better
    than what others report. `weeks_each`: 1 for weeks, about 4.3 for months."""
    if not values or len(values) * weeks_each < WEEKS:
        return None
    return float(np.median(np.asarray(values, dtype=float)))


def comparable(ours: str, theirs: str) -> None:
    """Raises OtherDenominator unless both rates are divided by the same thing."""
    if not ours or ours != theirs:
        raise OtherDenominator(
            f"These two cannot be compared: ours is {_divided(ours)}, the other one is "
            f"{_divided(theirs)}. Compare with your own middle instead."
        )


def _divided(by: str) -> str:
    return f"divided by {by.replace('_', ' ')}" if by else "divided by nothing"


def _side(value: float, low: float, high: float) -> Side:
    """-1 below, 1 above, 0 within; what differs by rounding alone does not differ."""
    near = _NEAR * max(1.0, abs(low), abs(high))
    return -1 if value < low - near else 1 if value > high + near else 0
