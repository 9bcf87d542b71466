"""The banks of an earlier river: dashed lines where its bed was narrower or wider than now."""

from __future__ import annotations

import altair as alt
import pandas as pd

from charts.canvas import placed
from charts.theme import Look

_SAME = 0.02
"""Loop radii; what differs by less is drawn by the bed itself."""


def banks_layer(points: pd.DataFrame, before: pd.DataFrame, page: Look) -> alt.Chart:
    """Both banks of the bed as it was. `points` and `before` are two courses as `bed` makes them;
    where they are alike, or one of them is not known, no line is drawn."""
    lines = pd.concat([_banks(reach, before) for _, reach in points.groupby("reach", sort=False)])
    chart: alt.Chart = (
        placed(alt.Chart(lines))
        .transform_calculate(
            right="unit * (upright ? -datum.dy : datum.dx)",
            down="tall * (upright ? datum.dx : -datum.dy)",
        )
        .transform_calculate(
            away="datum.side * datum.was * unit / 2"
            " / max(sqrt(pow(datum.right, 2) + pow(datum.down, 2)), 0.001)"
        )
        .transform_calculate(
            bank_x="datum.px - datum.away * datum.down",
            bank_y="datum.py + datum.away * datum.right",
        )
        .mark_line(strokeDash=[5, 4], strokeWidth=1.6, opacity=0.85, aria=False)
        .encode(
            x=alt.X("bank_x:Q", scale=None, axis=None),
            y=alt.Y("bank_y:Q", scale=None, axis=None),
            order="at:Q",
            detail="line:N",
            color=alt.value(page.ink),
        )
    )
    return chart


def _banks(reach: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The points of one reach at which the bed was otherwise, on both sides; what lies together is
    one line."""
    own = reach.reset_index(drop=True)
    was = before[before["reach"] == own["reach"].iloc[0]].reset_index(drop=True)
    step = own[["x", "y"]].diff().bfill()
    rows = own[["x", "y", "at"]].assign(dx=step["x"], dy=step["y"], was=was["width"])
    other = (own["width"] - was["width"]).abs() > _SAME
    piece = other.ne(other.shift()).cumsum()
    return pd.DataFrame(
        [
            {**row, "side": side, "line": f"{own['reach'].iloc[0]}/{number}/{side}"}
            for row, number in zip(rows[other].to_dict("records"), piece[other], strict=True)
            for side in (1, -1)
        ]
    )
