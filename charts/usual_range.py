"""A line of values over a band: the usual range, its middle, signals, breaks and flags."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import altair as alt

from charts.theme import BLUE, HIGH_AS_SAID, Look, dressed, look

HIGH = 300
"""Pixels."""


@cache
def template(dark: bool) -> dict[str, Any]:
    """The picture without its rows: `rows`, `flags`, `breaks` and `ends`."""
    page = look(dark)
    chart = alt.layer(
        *_usual(page), *_breaks_shown(page), *_series(page), *_names(page), *_flags(page)
    )
    chart = chart.properties(width="container", autosize=HIGH_AS_SAID)
    made: dict[str, Any] = dressed(chart, page, "", "").to_dict()
    return made


def _across() -> alt.X:
    return alt.X(
        "on:T",
        title=None,
        scale=alt.Scale(type="utc", padding=14),
        axis=alt.Axis(
            format="%b %Y",
            grid=False,
            labelOverlap=True,
            tickCount={"interval": "month", "step": 1},
        ),
    )


def _up(field: str) -> alt.Y:
    return alt.Y(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(zero=False, nice=True, padding=16),
        axis=alt.Axis(tickCount=5, grid=False),
    )


def _usual(page: Look) -> list[alt.Chart]:
    """The band, its dashed edges and the middle, apart for each way of counting and each level."""
    base = alt.Chart(alt.NamedData("rows")).transform_filter("isValid(datum.mean)")
    stretch = alt.Detail("stretch:N")
    band = base.mark_area(color=BLUE, opacity=0.13, aria=False).encode(
        x=_across(), y=_up("low"), y2="high:Q", detail=stretch
    )
    edges = [
        base.mark_line(color=page.quiet, strokeDash=[4, 4], strokeWidth=1, aria=False).encode(
            x=_across(), y=_up(field), detail=stretch
        )
        for field in ("low", "high")
    ]
    middle = base.mark_line(color=page.quiet, strokeWidth=1.5, aria=False).encode(
        x=_across(), y=_up("mean"), detail=stretch
    )
    return [band, *edges, middle]


def _series(page: Look) -> list[alt.Chart]:
    base = alt.Chart(alt.NamedData("rows"))
    line = base.mark_line(color=page.ink, strokeWidth=1.5, aria=False).encode(
        x=_across(), y=_up("value"), detail=alt.Detail("way:N")
    )
    points = base.mark_point(filled=True, opacity=1, stroke=page.ground, strokeWidth=1).encode(
        x=_across(),
        y=_up("value"),
        fill=alt.Fill("colour:N", scale=None),
        shape=alt.Shape("shape:N", scale=None),
        size=alt.Size("size:Q", scale=None),
        description="spoken:N",
        tooltip=[
            alt.Tooltip("label:N", title="When"),
            alt.Tooltip("said:N", title="Value"),
            alt.Tooltip("means:N", title="Signal"),
        ],
    )
    return [line, points]


def _names(page: Look) -> list[alt.Chart]:
    """The ends of the usual range, on the outer side of its edges."""
    base = alt.Chart(alt.NamedData("ends")).encode(x=_across(), y=_up("at"), text="says:N")
    return [
        base.transform_filter(where).mark_text(
            align="right", dy=dy, dx=12, fontSize=11, color=page.quiet, aria=False
        )
        for where, dy in (("datum.above", -8), ("!datum.above", 9))
    ]


def _breaks_shown(page: Look) -> list[alt.Chart]:
    """Where something is counted in another way or a change began: a dashed line, and which."""
    base = alt.Chart(alt.NamedData("breaks"))
    rule = base.mark_rule(color=page.ink, strokeDash=[2, 3], aria=False).encode(x=_across())
    sides: list[tuple[Literal["left", "right"], str]] = [
        ("left", "!datum.late"), ("right", "datum.late"),
    ]  # fmt: skip
    words = [
        base.transform_filter(where)
        .mark_text(
            align=align,
            baseline="bottom",
            dx=4 if align == "left" else -4,
            dy=-4,
            fontSize=11,
            color=page.ink,
        )
        .encode(x=_across(), y=alt.value("height"), text="says:N")
        for align, where in sides
    ]
    return [rule, *words]


def _flags(page: Look) -> list[alt.Chart]:
    """Decisions as numbered flags along the top; what they say stands under the picture."""
    base = alt.Chart(alt.NamedData("flags"))
    says = [alt.Tooltip("says:N", title="Decided")]
    pole = base.mark_rule(color=page.unknown, strokeWidth=1, opacity=0.6, aria=False).encode(
        x=_across()
    )
    cloth = base.mark_point(
        shape="triangle-right", filled=True, size=130, color=page.quiet, opacity=1, xOffset=5
    ).encode(x=_across(), y=alt.value(2), tooltip=says, description="says:N")
    figure = base.mark_text(
        align="left", dx=12, fontSize=11, fontWeight="bold", color=page.ink, aria=False
    ).encode(x=_across(), y=alt.value(2), text="number:N")
    return [pole, cloth, figure]
