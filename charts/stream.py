"""Where we stand: the living figure-of-eight. The river is as wide as the work is strong."""

from __future__ import annotations

import altair as alt
import pandas as pd

from charts.banks import banks_layer
from charts.bed import bed, bed_layers, direction_layer, water_layers
from charts.canvas import HEIGHT, room
from charts.stations import disc_layers, loop_layer, marked, name_layers
from charts.theme import LEVELS, Look, dressed, level_colour, look


def stream(
    stations: pd.DataFrame,
    hand_overs: pd.DataFrame,
    *,
    dark: bool,
    title: str,
    description: str,
    before: pd.DataFrame | None = None,
) -> alt.LayerChart:
    """The eight factors as a double cycle: an inner one (1-4), an outer one (5-7), and culture (8)
    where they cross.

    `stations`: a row per station with number (1-8), name, score (0-4 or missing), held_back (it
    holds the flow back) and note (for its tooltip). `hand_overs`: a row per reach with start, end
    (stations) and share (0-1 or missing). Width and colour of the bed are the score; the water in
    it is what is handed over, dotted where that is not known yet. `before`: number and score of
    the stations as they were; dashed banks show where the river was narrower or wider then.
    """
    page = look(dark)
    points = bed(stations, hand_overs, page)
    marks = marked(stations, page)
    chart = alt.layer(
        _legend(page),
        *bed_layers(points, page),
        *water_layers(points, page),
        *_ghost(points, stations, hand_overs, before, page),
        direction_layer(points, page),
        *disc_layers(marks, page),
        *name_layers(marks, page),
        loop_layer(stations, page),
    )
    chart = chart.properties(width="container", height=HEIGHT).add_params(*room())
    finished: alt.LayerChart = dressed(
        chart.resolve_scale(color="independent"), page, title, description
    )
    return finished


def _ghost(
    points: pd.DataFrame,
    stations: pd.DataFrame,
    hand_overs: pd.DataFrame,
    before: pd.DataFrame | None,
    page: Look,
) -> list[alt.Chart]:
    """The banks of the river as it was. Where one of both scores is not known, there are none: a
    width that stands for "not known" is not compared with one that is known."""
    if before is None:
        return []
    then = stations["number"].map(before.set_index("number")["score"])
    was = then.where(then.notna() & stations["score"].notna(), stations["score"])
    if was.equals(stations["score"]):
        return []
    return [banks_layer(points, bed(stations.assign(score=was), hand_overs, page), page)]


def _legend(page: Look) -> alt.Chart:
    """The five levels and the unknown, in words; the marks themselves are not drawn."""
    words = [*LEVELS, "not known yet"]
    colours = [*(level_colour(level) for level in range(5)), page.unknown]
    legend = alt.Legend(
        title=None,
        orient="bottom",
        direction="horizontal",
        symbolOpacity=1,
        symbolSize=110,
        columns=alt.ExprRef("upright ? 3 : 6"),
    )
    drawn: alt.Chart = (
        alt.Chart(pd.DataFrame({"level": words}))
        .mark_circle(opacity=0, size=1, aria=False)
        .encode(
            x=alt.value(0),
            y=alt.value(0),
            color=alt.Color("level:N", scale=alt.Scale(domain=words, range=colours), legend=legend),
        )
    )
    return drawn
