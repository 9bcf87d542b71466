"""The picture of the eight stations, drawn once for the same numbers, and the same as a table."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from documents import stream
from documents.stream import NOT_KNOWN, people, score
from services.eight import Eight
from ui import pictures


def picture(eight: Eight) -> None:
    """The figure-of-eight with the banks of the round before, how to read it, and its numbers."""
    pictures.show(
        "where-we-stand",
        lambda dark: _drawn(eight, dark),
        lambda: _table(eight),
        how_to_read="The wider and bluer the river, the stronger the work. The full stream inside "
        "is what one station hands on to the next; dots mean that nobody knows yet."
        f"{stream.banks(eight)}",
        more=lambda: _handed_on(eight),
    )


@lru_cache(maxsize=128)
def _drawn(eight: Eight, dark: bool) -> dict[str, Any]:
    return stream.spec(eight, dark=dark, title="How each factor stands, from 0 to 4")


def _table(eight: Eight) -> pd.DataFrame:
    levels = dict(eight.before)
    return pd.DataFrame(
        [
            {
                "Factor": one.name,
                "Score, 0 to 4": score(one) + _was(levels.get(one.factor)),
                "Lowest answer": "" if one.lowest is None else str(one.lowest),
                "Spread": "" if one.spread is None else f"{one.spread:g}",
                "With evidence": "" if one.evidence is None else f"{one.evidence:.0%}",
                "Who answered": people(one.respondents) if one.respondents else "",
            }
            for one in eight.stations
        ]
    )


def _handed_on(eight: Eight) -> pd.DataFrame:
    names = {one.number: one.name for one in eight.stations}
    return pd.DataFrame(
        [
            {
                "From": names[one.start],
                "To": names[one.end],
                "Handed on": NOT_KNOWN if one.share is None else f"{one.share:.0%}",
                "What that rests on": one.source,
            }
            for one in eight.hand_overs
        ]
    )


def _was(score: float | None) -> str:
    return "" if score is None else f" (before: {score:g})"
