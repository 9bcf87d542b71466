"""The figure-of-eight as a drawing, for pages and for papers alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from charts import stream as streams
from charts.theme import level_word
from documents.sheet import Picture
from services.eight import Eight
from services.flow import FACTORS, Station

NOT_KNOWN = "not known yet"


def spec(eight: Eight, *, dark: bool = False, title: str = "") -> dict[str, Any]:
    """Where the work flows and where it is held back, with the banks of the round before, as a
    Vega-Lite specification."""
    reaches = [{"start": h.start, "end": h.end, "share": h.share} for h in eight.hand_overs]
    before = [(FACTORS.index(factor) + 1, level) for factor, level in eight.before]
    chart = streams.stream(
        _marks(eight.stations),
        pd.DataFrame(reaches),
        dark=dark,
        title=title,
        description=told(eight),
        before=pd.DataFrame(before, columns=["number", "score"]).astype({"score": "float64"}),
    )
    # With the values beside each layer, no data is converted anew at every run of the page.
    with alt.data_transformers.enable(consolidate_datasets=False):
        made: dict[str, Any] = chart.to_dict()
    return made


def picture(eight: Eight, wide: int, high: int, *, beside: bool = False) -> Picture:
    """The same on paper, `wide` × `high` pixels, with a line on what it says; small if that stands
    `beside` it."""
    said = f"{eight.flow.sentence}{banks(eight)}"
    return Picture(spec(eight), told(eight), said, wide, high, beside)


def told(eight: Eight) -> str:
    """The picture in words, for those who do not see it."""
    parts = [f"{one.name}: {score(one)}" for one in eight.stations]
    return f"A figure-of-eight of eight stations. {eight.flow.sentence} {'; '.join(parts)}."


def banks(eight: Eight) -> str:
    """What the dashed banks are; "" if there are none."""
    return f" Dashed banks: where it was otherwise in {eight.then}." if eight.then else ""


def score(one: Station) -> str:
    """`3, agreed`; or that it is not known."""
    return NOT_KNOWN if one.score is None else f"{one.score:g}, {level_word(one.score)}"


def people(count: int) -> str:
    """`7 people`."""
    return "one person" if count == 1 else f"{count} people"


def _marks(stations: Sequence[Station]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "number": one.number,
                "name": one.name,
                "score": one.score,
                "held_back": one.held_back,
                "note": people(one.respondents) if one.respondents else NOT_KNOWN,
            }
            for one in stations
        ]
    ).astype({"score": "float64"})
