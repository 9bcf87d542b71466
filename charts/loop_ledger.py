"""The ledger of both loops: above the line what was done better, below it what was questioned."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from charts.quarterly import HEIGHT, across
from charts.template import Words, drawn, filled
from charts.theme import BLUE, HIGH_AS_SAID, ORANGE, dressed, look, said_instead

TITLE = "Lessons in each quarter, single and double loop"
NOTHING = "No lesson is kept yet. The first one draws this picture."
HOW_TO_READ = "Above: we do it better. Below: we question what we want, or a rule."


def loop_ledger(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> alt.LayerChart:
    """Two bars a quarter; see `spec`."""
    return drawn(spec(rows, dark=dark, title=title, description=description))


def spec(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> dict[str, Any]:
    """The chart as a Vega-Lite specification, made at once.

    `rows`, the oldest first: quarter (words), single and double (counts). Without any lesson, a
    sentence says so.
    """
    page = look(dark)
    if not _any(rows):
        nothing: dict[str, Any] = said_instead(NOTHING, page, title).to_dict()
        return nothing
    bars = pd.DataFrame([bar for row in rows.itertuples() for bar in _bars(row)])
    most = max(float(bars["count"].max()), 1.0)
    words = Words(title, description or told(rows), HOW_TO_READ)
    made = filled(_template(dark), words, HEIGHT, {"rows": bars})
    return made | {"params": [{"name": "most", "value": most}]}


def told(rows: pd.DataFrame) -> str:
    """The picture in words, for those who do not see it."""
    if not _any(rows):
        return NOTHING
    parts = [
        f"{row.quarter}: {row.single} done better, {row.double} questioned"
        for row in rows.itertuples()
    ]
    return f"Lessons by quarter. {'; '.join(parts)}."


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """The same counts."""
    return pd.DataFrame(
        {
            "Quarter": rows["quarter"],
            "Done better": rows["single"].map(str),
            "Questioned": rows["double"].map(str),
        }
    )


def _any(rows: pd.DataFrame) -> bool:
    return bool(len(rows)) and bool((rows["single"] + rows["double"]).sum())


def _bars(row: Any) -> list[dict[str, Any]]:
    return [
        {
            "quarter": row.quarter,
            "count": count,
            "height": sign * count,
            "nothing": 0,
            "says": str(count) if count else "",
            "up": sign > 0,
            "colour": colour,
            "what": what,
            "spoken": f"{row.quarter}: {count} {what}",
        }
        for count, sign, colour, what in (
            (row.single, 1, BLUE, "done better"),
            (row.double, -1, ORANGE, "questioned"),
        )
    ]


@cache
def _template(dark: bool) -> dict[str, Any]:
    page = look(dark)
    ends = [alt.ExprRef("-most"), alt.ExprRef("most")]
    scale = alt.Scale(domain=ends, nice=False, padding=20)
    up = alt.Y("height:Q", scale=scale, axis=None)
    base = alt.Chart(alt.NamedData("rows")).encode(x=across())
    bars = base.mark_bar(width=alt.RelativeBandSize(0.6)).encode(
        y=up,
        color=alt.Color("colour:N", scale=None, legend=None),
        description="spoken:N",
        tooltip=[
            alt.Tooltip("quarter:N", title="Quarter"),
            alt.Tooltip("what:N", title="What"),
            alt.Tooltip("count:Q", title="Lessons"),
        ],
    )
    zero = base.mark_rule(color=page.quiet, aria=False).encode(
        y=alt.Y("nothing:Q", scale=scale, axis=None),
        x=alt.value(0),
        x2=alt.value(alt.ExprRef("width")),
    )
    texts = [
        base.transform_filter(f"datum.up === {str(above).lower()}")
        .mark_text(dy=-9 if above else 10, fontSize=12, color=page.ink, aria=False)
        .encode(y=up, text="says:N")
        for above in (True, False)
    ]
    chart = alt.layer(bars, zero, *texts).properties(width="container", autosize=HIGH_AS_SAID)
    chart = chart.add_params(alt.param(name="most", value=1))
    made: dict[str, Any] = dressed(chart, page, "", "").to_dict()
    return made
