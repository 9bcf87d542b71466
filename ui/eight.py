"""The picture of the eight stations, drawn once for the same numbers, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from charts.stream import stream
from charts.theme import level_word
from services.flow import FACTORS, Flow, HandOver, Station
from services.over_quarters import Standing
from ui import pictures

NOT_KNOWN = "not known yet"


def picture(
    stations: Sequence[Station],
    hand_overs: Sequence[HandOver],
    flow: Flow,
    before: Standing | None = None,
) -> None:
    """The figure-of-eight with the banks of the round `before`, how to read it, and its numbers."""
    scores = () if before is None else tuple(sorted(before.levels.items()))

    def draw(dark: bool) -> dict[str, Any]:
        return _drawn(tuple(stations), tuple(hand_overs), flow, scores, dark)

    was = f" Dashed banks: where it was otherwise in {before.quarter}." if before else ""
    pictures.show(
        "where-we-stand",
        draw,
        lambda: _table(stations, before),
        how_to_read="The wider and bluer the river, the stronger the work. The full stream inside "
        f"is what one station hands on to the next; dots mean that nobody knows yet.{was}",
        more=lambda: _handed_on(stations, hand_overs),
    )


@lru_cache(maxsize=128)
def _drawn(
    stations: tuple[Station, ...],
    hand_overs: tuple[HandOver, ...],
    flow: Flow,
    before: tuple[tuple[str, float], ...],
    dark: bool,
) -> dict[str, Any]:
    chart = stream(
        _marks(stations),
        pd.DataFrame([{"start": h.start, "end": h.end, "share": h.share} for h in hand_overs]),
        dark=dark,
        title="How each factor stands, from 0 to 4",
        description=_told(stations, flow),
        before=pd.DataFrame(
            [(FACTORS.index(factor) + 1, score) for factor, score in before],
            columns=["number", "score"],
        ).astype({"score": "float64"}),
    )
    # With the values beside each layer, no data is converted anew at every run of the page.
    with alt.data_transformers.enable(consolidate_datasets=False):
        spec: dict[str, Any] = chart.to_dict()
    return spec


def _marks(stations: Sequence[Station]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "number": one.number,
                "name": one.name,
                "score": one.score,
                "held_back": one.held_back,
                "note": _people(one.respondents) if one.respondents else NOT_KNOWN,
            }
            for one in stations
        ]
    ).astype({"score": "float64"})


def _told(stations: Sequence[Station], flow: Flow) -> str:
    """The picture in words, for those who do not see it."""
    parts = [f"{one.name}: {_score(one)}" for one in stations]
    return f"A figure-of-eight of eight stations. {flow.sentence} {'; '.join(parts)}."


def _table(stations: Sequence[Station], before: Standing | None) -> pd.DataFrame:
    levels = before.levels if before else {}
    return pd.DataFrame(
        [
            {
                "Factor": one.name,
                "Score, 0 to 4": _score(one) + _was(levels.get(one.factor)),
                "Lowest answer": "" if one.lowest is None else str(one.lowest),
                "Spread": "" if one.spread is None else f"{one.spread:g}",
                "With evidence": "" if one.evidence is None else f"{one.evidence:.0%}",
                "Who answered": _people(one.respondents) if one.respondents else "",
            }
            for one in stations
        ]
    )


def _handed_on(stations: Sequence[Station], hand_overs: Sequence[HandOver]) -> pd.DataFrame:
    names = {one.number: one.name for one in stations}
    return pd.DataFrame(
        [
            {
                "From": names[one.start],
                "To": names[one.end],
                "Handed on": NOT_KNOWN if one.share is None else f"{one.share:.0%}",
                "What that rests on": one.source,
            }
            for one in hand_overs
        ]
    )


def _was(score: float | None) -> str:
    return "" if score is None else f" (before: {score:g})"


def _score(one: Station) -> str:
    return NOT_KNOWN if one.score is None else f"{one.score:g}, {level_word(one.score)}"


def _people(count: int) -> str:
    return "one person" if count == 1 else f"{count} people"
