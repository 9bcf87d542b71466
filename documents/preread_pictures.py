"""The pictures of the pre-read: numbers with a signal, and the figure-of-eight."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from charts import stream as streams
from charts import xmr
from documents.letters import fit
from documents.sheet import LINE, Picture, Pictures
from services import drawn, kpis, number_words
from services.flow import FACTORS
from services.preread import Preread, Signal

WIDE, HALF = 760, 400
"""Pixels of a picture as wide as the page, and of one of two."""
NO_FLAGS = pd.DataFrame({"on": [], "says": [], "number": []})


def numbers(signals: Sequence[Signal]) -> Pictures:
    """Each number with its usual range, beside each other."""
    return Pictures(tuple(_number(one, HALF if len(signals) > 1 else WIDE) for one in signals))


def stream(read: Preread) -> Pictures:
    """Where the work flows and where it is held back, with the banks of the round before."""
    levels = read.before.levels if read.before else {}
    before = pd.DataFrame(
        [(FACTORS.index(factor) + 1, level) for factor, level in levels.items()],
        columns=["number", "score"],
    ).astype({"score": "float64"})
    stations = pd.DataFrame(
        [
            {"number": s.number, "name": s.name, "score": s.score, "held_back": s.held_back,
             "note": ""}
            for s in read.stations
        ]
    ).astype({"score": "float64"})  # fmt: skip
    reaches = pd.DataFrame(
        [{"start": one.start, "end": one.end, "share": one.share} for one in read.hand_overs]
    )
    chart = streams.stream(
        stations, reaches, dark=False, title="", description="", before=before if levels else None
    )
    with alt.data_transformers.enable(consolidate_datasets=False):
        spec = chart.to_dict()
    was = f" Dashed banks: where it was otherwise in {read.before.quarter}." if read.before else ""
    said = f"{read.flow.sentence}{was}"
    return Pictures(
        (Picture(spec, f"A figure-of-eight of eight stations. {said}", said, WIDE, 340),)
    )


def _number(one: Signal, wide: int) -> Picture:
    found = one.found
    said = [{**row, "counted": fit(row["counted"], LINE)} for row in drawn.rows(found)]
    rows = pd.DataFrame(said)
    unit = kpis.unit_of(found.kpi, found.shelf.period)
    title = ", ".join(filter(None, (found.kpi.title, one.where, unit, f"by {found.shelf.period}")))
    spec = xmr.spec(rows, NO_FLAGS, dark=False, title=title)
    spec["title"]["subtitle"] = ""
    says = f"{number_words.newest(found)}. {number_words.says(found)}"
    return Picture(spec, f"{title}. {xmr.told(rows)}", fit(says, LINE), wide, 190)
