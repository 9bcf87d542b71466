"""What both pictures by quarter share: their axis of quarters, readable on a phone."""

from __future__ import annotations

import altair as alt

HEIGHT = 220


def across() -> alt.X:
    """Quarters in the order given, months above the year; some names are left out where many
    quarters have little room."""
    return alt.X(
        "quarter:N",
        sort=None,
        title=None,
        axis=alt.Axis(
            labelAngle=0,
            labelExpr="split(datum.label, ' ')",
            labelOverlap="parity",
            labelFontSize=11,
            ticks=False,
            domain=False,
        ),
        scale=alt.Scale(paddingOuter=0.2),
    )
