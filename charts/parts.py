"""Points for each rule as a small bar chart; the bars add up to the score."""

from __future__ import annotations

from typing import Literal

import altair as alt
import pandas as pd

from charts.theme import BLUE, VERMILION, Look, dressed, look

ROW, BAR = 40, 9
WORDS_AT, BAR_AT = -8, 7
"""Pixels. A reason has its words above its bar, so that both are readable on a phone; they stand
clearly nearer to their own bar than to the one above."""
TITLE = 28
"""Pixels of the title: on a page the whole picture, title included, is fitted into the height."""


def parts(rows: pd.DataFrame, *, dark: bool, title: str, description: str) -> alt.LayerChart:
    """A bar a reason: to the right what speaks for it, to the left what speaks against.

    `rows`: reason (a sentence, each once), points (positive or negative), in the order shown.
    """
    page = look(dark)
    shown = rows.assign(
        colour=[BLUE if points >= 0 else VERMILION for points in rows["points"]],
        label=[f"{points:+.4g}".replace("-", "−") for points in rows["points"]],
    )
    low, high = min(0.0, float(rows["points"].min())), max(0.0, float(rows["points"].max()))
    room = (high - low or 1.0) * 0.16
    scale = alt.Scale(domain=[low - (room if low < 0 else 0), high + room], nice=False)
    base = alt.Chart(shown).encode(
        y=alt.Y(
            "reason:N",
            sort=None,
            axis=None,
            scale=alt.Scale(domain=shown["reason"].tolist(), paddingInner=0, paddingOuter=0),
        ),
        tooltip=[alt.Tooltip("reason:N", title="Reason"), alt.Tooltip("label:N", title="Points")],
    )
    across = alt.X("points:Q", scale=scale, axis=None)
    bars = base.mark_bar(height=BAR, cornerRadius=2, yOffset=BAR_AT).encode(
        x=across, color=alt.Color("colour:N", scale=None, legend=None)
    )
    right = _sum(base, page, align="left").transform_filter("datum.points >= 0")
    left = _sum(base, page, align="right").transform_filter("datum.points < 0")
    words = base.mark_text(align="left", dy=WORDS_AT, fontSize=12, color=page.quiet).encode(
        x=alt.value(0), text="reason:N"
    )
    chart = alt.layer(bars, right.encode(x=across), left.encode(x=across), words).properties(
        width="container", height=TITLE + ROW * len(rows)
    )
    finished: alt.LayerChart = dressed(chart, page, title, description)
    return finished


def _sum(base: alt.Chart, page: Look, align: Literal["left", "right"]) -> alt.Chart:
    """The points at the end of a bar, on the side to which it points."""
    away = 5 if align == "left" else -5
    sums: alt.Chart = base.mark_text(
        dx=away, dy=BAR_AT + 1, align=align, fontSize=12, fontWeight="bold", color=page.ink
    ).encode(text="label:N")
    return sums
