"""How far apart the answers lie: median, middle half and lowest answer of each group and factor."""

from __future__ import annotations

import altair as alt
import pandas as pd

from charts.theme import BLUE, GREEN, LEVELS, ORANGE, Look, dressed, look, mixed

GROUPS = ("Everyone", "Leaders", "Staff")
_COLOURS = (GREEN, ORANGE, BLUE)
_SHAPES = ("circle", "diamond", "square")


def spread(rows: pd.DataFrame, *, dark: bool, title: str, description: str) -> alt.LayerChart:
    """Groups side by side, never averaged into one.

    `rows`: factor (name), number (order), group (one of GROUPS), median, low, high (quartiles) and
    lowest, all on 0-4; where a group may not be shown, its numbers are missing and its lane
    stays empty.
    """
    page = look(dark)
    present = [group for group in GROUPS if group in set(rows["group"])]
    order = rows.sort_values("number")["factor"].unique().tolist()
    shown = rows.dropna(subset=["median"]).assign(
        pale=lambda r: [_pale(group, page) for group in r["group"]],
        full=lambda r: [_COLOURS[GROUPS.index(group)] for group in r["group"]],
    )
    base = alt.Chart(shown).encode(
        y=alt.Y("factor:N", sort=order, title=None, scale=alt.Scale(domain=order)),
        yOffset=alt.YOffset("group:N", scale=alt.Scale(domain=present)),
        tooltip=[
            alt.Tooltip("factor:N", title="Factor"),
            alt.Tooltip("group:N", title="Who"),
            alt.Tooltip("median:Q", title="Middle answer, 0 to 4"),
            alt.Tooltip("lowest:Q", title="Lowest answer"),
        ],
    )
    chart = alt.layer(_bands(base), _lowest(base), _medians(base, present))
    chart = chart.resolve_scale(color="independent", shape="independent")
    chart = chart.properties(width="container", height=len(order) * (16 + 13 * len(present)))
    finished: alt.LayerChart = dressed(chart, page, title, description)
    return finished


def _pale(group: str, page: Look) -> str:
    return mixed(_COLOURS[GROUPS.index(group)], page.ground, 0.6)


def _across(field: str) -> alt.X:
    """The levels in words where there is room, with their numbers."""
    words = " : ".join(f"datum.value == {n} ? '{n} {word}'" for n, word in enumerate(LEVELS))
    return alt.X(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(domain=[-0.1, 4.1]),
        axis=alt.Axis(
            values=[0, 1, 2, 3, 4],
            labelExpr=f"width < 420 ? format(datum.value, 'd') : ({words} : '')",
        ),
    )


def _bands(base: alt.Chart) -> alt.Chart:
    """The middle half of the answers."""
    bands: alt.Chart = base.mark_rule(strokeWidth=9, strokeCap="round", opacity=1).encode(
        x=_across("low"), x2="high:Q", color=alt.Color("pale:N", scale=None, legend=None)
    )
    return bands


def _lowest(base: alt.Chart) -> alt.Chart:
    lowest: alt.Chart = base.mark_tick(thickness=2, size=12, opacity=1).encode(
        x=_across("lowest"), color=alt.Color("full:N", scale=None, legend=None)
    )
    return lowest


def _medians(base: alt.Chart, present: list[str]) -> alt.Chart:
    colours = [_COLOURS[GROUPS.index(group)] for group in present]
    shapes = [_SHAPES[GROUPS.index(group)] for group in present]
    legend = alt.Legend(title=None, orient="bottom") if len(present) > 1 else None
    medians: alt.Chart = base.mark_point(filled=True, size=95, opacity=1).encode(
        x=_across("median"),
        color=alt.Color("group:N", scale=alt.Scale(domain=present, range=colours), legend=legend),
        shape=alt.Shape("group:N", scale=alt.Scale(domain=present, range=shapes), legend=legend),
    )
    return medians
