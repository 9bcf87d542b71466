"""Intervals of numbers: met, merged, sampled."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rules.condition import Order


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers from `low` to `high`; an open end leaves the end itself out."""

    low: float = -math.inf
    high: float = math.inf
    open_low: bool = False
    open_high: bool = False

    @property
    def empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and (self.open_low or self.open_high))

    def holds(self, number: float) -> bool:
        above = number > self.low or (number == self.low and not self.open_low)
        return above and (number < self.high or (number == self.high and not self.open_high))


def beyond(order: Order, number: float) -> Interval:
    """The numbers that stand in this order to one number."""
    match order:
        case "at least":
            return Interval(low=number)
        case "more than":
            return Interval(low=number, open_low=True)
        case "at most":
            return Interval(high=number)
        case "less than":
            return Interval(high=number, open_high=True)


def inside(interval: Interval) -> Iterator[float]:
    """Some of its numbers: whole and small ones first, then parts of it."""
    if interval.low == interval.high:
        yield _whole(interval.low)
        return
    start = math.ceil(interval.low) if math.isfinite(interval.low) else 1
    if start == 1 and not interval.holds(1) and math.isfinite(interval.high):
        start = math.floor(interval.high) - 9
    far = (20, 50, 100, 1000)
    whole = [number for number in (*range(start, start + 10), *far) if interval.holds(number)]
    yield from whole
    if math.isfinite(interval.low) and math.isfinite(interval.high):
        parts = (interval.low + (interval.high - interval.low) * i / 8 for i in (4, 2, 6, 1, 7))
        yield from (_whole(part) for part in parts if interval.holds(part) and part not in whole)


def _whole(number: float) -> float:
    return int(number) if float(number).is_integer() else round(number, 12)


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same numbers in disjoint ascending intervals."""
    joined: list[Interval] = []
    for next_one in sorted(intervals, key=lambda i: (i.low, i.open_low)):
        last = joined[-1] if joined else None
        if last is None or _apart(last, next_one):
            joined.append(next_one)
        elif (next_one.high, not next_one.open_high) > (last.high, not last.open_high):
            joined[-1] = replace(last, high=next_one.high, open_high=next_one.open_high)
    return tuple(joined)


def _apart(left: Interval, right: Interval) -> bool:
    """Whether a gap lies between two intervals in ascending order."""
    return right.low > left.high or (right.low == left.high and right.open_low and left.open_high)


def overlap(one: Interval, other: Interval) -> Interval:
    """The numbers in both; it may be empty."""
    low, high = max(one.low, other.low), min(one.high, other.high)
    ends = (one, other)
    return Interval(
        low,
        high,
        any(end.low == low and end.open_low for end in ends),
        any(end.high == high and end.open_high for end in ends),
    )
