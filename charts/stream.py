"""Where we stand: the living figure-of-eight. The river is as wide as the work is strong."""

from __future__ import annotations

import altair as alt
import pandas as pd

from charts.bed import bed, bed_layers, direction_layer, water_layers
from charts.canvas import HEIGHT, room
from charts.stations import disc_layers, loop_layer, marked, name_layers
from charts.theme import LEVELS, Look, dressed, level_colour, look


def stream(
    stations: pd.DataFrame, hand_overs: pd.DataFrame, *, dark: bool, title: str, description: str
) -> alt.LayerChart:
    """The eight factors as a double cycle: an inner one (1-4), an outer one (5-7), and culture (8)
    where they cross.

    `stations`: a row per station with number (1-8), name, score (0-4 or missing), held_back (it
    holds the flow back) and note (for its tooltip). `hand_overs`: a row per reach with start, end
    (stations) and share (0-1 or missing). Width and colour of the bed are the score; the water in
    it is what is handed over, dotted where that is not known yet.
    """
    page = look(dark)
    points = bed(stations, hand_overs, page)
    marks = marked(stations, page)
    chart = alt.layer(
        _legend(page),
        *bed_layers(points, page),
        *water_layers(points, page),
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
