"""How the factors stood over quarters, as the rows of pictures: both cycles, and each group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services import rulebook
from services.flow import FACTORS, means
from services.over_quarters import Standing
from services.showing import EVERYONE, LEADERS, STAFF


@dataclass(frozen=True, slots=True)
class Balance:
    """A quarter's double cycle: means of the inner (1-4) and the outer factors (5-7), and how we
    learn (8), all 0-4; the last one None while it is not known."""

    quarter: str
    inner: float
    outer: float
    centre: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """What one group said of one factor in one quarter, 0-4: median and quartiles; `at` is the
    place of the quarter, 0 for the oldest."""

    factor: str
    number: int
    quarter: str
    at: int
    group: str
    median: float
    low: float
    high: float


def balances(found: Iterable[Standing]) -> list[Balance]:
    """Quarters of which both cycles are known."""
    parts = [(one.quarter, means(one.levels)) for one in found]
    return [
        Balance(quarter, inner, outer, centre)
        for quarter, (inner, outer, centre) in parts
        if inner is not None and outer is not None
    ]


def by_group(found: Sequence[Standing]) -> list[Line]:
    """Leaders and staff side by side, and everyone where one of them is never seen alone; quarters
    of a year without a round keep their place."""
    present = {group for one in found for groups in one.factors.values() for group in groups}
    groups = [LEADERS, STAFF] if {LEADERS, STAFF} <= present else [EVERYONE]
    titles = rulebook.pack().catalogues["factors"]
    return [
        Line(
            factor=str(titles[factor].values.get("short") or titles[factor].title),
            number=number,
            quarter=one.quarter,
            at=_place(found[0].starts_on, one.starts_on),
            group=group,
            median=score.level,
            low=score.low,
            high=score.high,
        )
        for one in found
        for number, factor in enumerate(FACTORS, start=1)
        for group in groups
        if (score := one.factors.get(factor, {}).get(group))
    ]


def _place(first: date, day: date) -> int:
    """How many quarters lie between two first days of quarters."""
    return (day.year - first.year) * 4 + (day.month - first.month) // 3
