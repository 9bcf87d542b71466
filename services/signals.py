"""Signals, not noise: what a series of numbers says and what is only its usual up and down.

Pure functions on plain arrays. The limits are those of an XmR chart: the mean, plus and minus 2.66
times the mean of the steps from one value to the next (Wheeler, Understanding Variation, 1993).
They hold for one level: eight values in a row on one side of the mean of all that came before them
begin a new one, with limits of its own (docs/decisions/new-limits-after-a-change.md). Intervals of
shares are Wilson's (1927).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.special import ndtri

from services.refusals import Refused

ENOUGH = 8
"""Periods from which on there are limits, and as many on one side of the mean are a change."""
NEWS = 2 * ENOUGH
"""A level of so many values is no news any more: it is what is usual now."""
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
    """Values of one level, counted in one way, `begins` being the place of the first of them in the
    series: their limits (None: too few) and which of them lie outside (-1 below, 1 above, else 0).
    `told`: the run on one side of the mean before that told of this level, as places from its
    beginning; None for the first level of a way of counting."""

    begins: int
    values: tuple[float, ...]
    limits: Limits | None
    outside: tuple[Side, ...]
    told: Run | None = None


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
    """The series split wherever the way of counting (`counted`, one for each value) changes, as
    what was counted in two ways is never reckoned together; and within a way wherever a change
    began, as one range describes no two levels."""
    found, begins = [], 0
    for at in range(1, len(values) + 1):
        if at == len(values) or counted[at] != counted[begins]:
            part = tuple(values[begins:at])
            for first, last, told in _levels(part):
                level = part[first:last]
                usual = limits(level, floor, ceiling)
                sides = outside(level, usual) if usual else _INSIDE * len(level)
                found.append(Stretch(begins + first, level, usual, sides, told))
            begins = at
    return tuple(found)


def _levels(values: Sequence[float]) -> Iterator[tuple[int, int, Run | None]]:
    """Where each level begins and ends (not included), and the run that told of it."""
    begins, told = 0, None
    while at := _change(values[begins:]):
        yield begins, begins + at, told
        mean = float(np.cumsum(values[begins : begins + at])[-1] / at)
        begins += at
        told = next(run for run in runs(values[begins:], mean) if run.first == 0)
    yield begins, len(values), told


def _change(values: Sequence[float]) -> int:
    """Where the first change began: eight in a row from there lie on one side of the mean of all
    values before, at least eight. If one run allows several places, the one that parts the two
    levels best, by least squares (Taylor, Change-Point Analysis, 2000). 0 without a change."""
    if len(values) < 2 * ENOUGH:
        return 0
    array = np.asarray(values, dtype=float)
    before = (np.cumsum(array) / np.arange(1, len(array) + 1))[ENOUGH - 1 : -ENOUGH]
    near = _NEAR * np.maximum(1.0, np.abs(before))
    eights = sliding_window_view(array, ENOUGH)[ENOUGH:]
    above, below = eights.min(1) > before + near, eights.max(1) < before - near
    told = above | below
    if not told.any():
        return 0
    first = int(told.argmax())
    same = above if above[first] else below
    last = first + int(np.argmin([*same[first:], False]))
    return _parting(array[: last + 2 * ENOUGH - 1], range(first + ENOUGH, last + ENOUGH))


def _parting(values: np.ndarray, places: range) -> int:
    """The place at which two means describe the values with the smallest squares left over; the
    first of equals."""
    at = np.asarray(places)
    sums, count = np.cumsum(values), len(values)
    apart = sums[at - 1] / at - (sums[-1] - sums[at - 1]) / (count - at)
    return int(at[np.argmax(np.round(at * (count - at) * apart**2, 9))])


def standing(parts: Sequence[Stretch]) -> Standing:
    """What the newest value of a series says. A change is news until the level it began has
    sixteen values, or one that is on the other side of the mean before."""
    if not parts or parts[-1].limits is None:
        return Standing("few")
    newest = parts[-1]
    if side := newest.outside[-1]:
        return Standing("outside", side)
    count, told = len(newest.values), newest.told
    if told and told.last == count - 1 and count < NEWS:
        return Standing("change", told.side, newest.begins)
    return Standing("usual")


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
