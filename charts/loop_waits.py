"""Where a turn of the loop waits longest: between which two steps most days pass."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import pandas as pd

STEPS = {
    "signal": "signal",
    "insight": "insight",
    "decision": "decision",
    "change": "change",
    "check": "check",
}


@dataclass(frozen=True, slots=True)
class Wait:
    """Between which two steps most days pass, by the median of at least two turns."""

    start: str
    end: str
    days: float

    @property
    def said(self) -> str:
        """In words, for the head of the picture."""
        return (
            f"The longest wait, marked: between {STEPS[self.start]} and {STEPS[self.end]}, "
            f"{spoken(self.days)} (median)."
        )


def longest_wait(whole: pd.DataFrame) -> Wait | None:
    """Where the flow is held up; None if no wait is seen twice, or none takes a day."""
    waits: dict[tuple[str, str], list[int]] = {}
    for turn in whole.to_dict("records"):
        for start, end in pairs(turn):
            waits.setdefault((start, end), []).append((turn[end] - turn[start]).days)
    found = [Wait(*pair, median(days)) for pair, days in waits.items() if len(days) > 1]
    longest = max(found, key=lambda one: one.days, default=None)
    return longest if longest and longest.days else None


def pairs(turn: dict[Any, Any]) -> list[tuple[str, str]]:
    """Steps that follow each other in a turn, as far as known."""
    return list(pairwise(step for step in STEPS if not pd.isna(turn[step])))


def spoken(count: float) -> str:
    """Days in words."""
    return f"{count:g} day" if count == 1 else f"{count:g} days"
