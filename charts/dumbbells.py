"""Dumbbells: a thread from before to after, with the numbers, the name and the reason of each."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import altair as alt

from charts.theme import HIGH_AS_SAID, Look, dressed, look

LINE = 15
"""Pixels for the second line of why that a phone may need."""

_WIDE = 560
"""From this width on, names are whole and why stands in one line."""


@cache
def template(dark: bool) -> dict[str, Any]:
    """The picture without its rows, named `rows`; level is pixels from the top, low and high
    are the ends of the scale."""
    page = look(dark)
    base = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y("level:Q", scale=None, axis=None),
        tooltip=[
            alt.Tooltip("target:N", title="What"),
            alt.Tooltip("said_before:N", title="Points before"),
            alt.Tooltip("said_after:N", title="Points after"),
            alt.Tooltip("happens:N", title="What happens"),
            alt.Tooltip("rule:N", title="What decides"),
        ],
    )
    ends = [alt.param(name="low", value=0), alt.param(name="high", value=1)]
    chart = alt.layer(*_dumbbells(base, page), *_figures(base, page), *_words(base, page))
    chart = chart.properties(width="container", autosize=HIGH_AS_SAID).add_params(*ends)
    made: dict[str, Any] = dressed(chart, page, "", "").to_dict()
    return made


def _across(field: str) -> alt.X:
    """From the fewest to the most points and always with none, with room for the numbers."""
    ends = [alt.ExprRef("low"), alt.ExprRef("high")]
    return alt.X(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(domain=ends, nice=False, padding=52),
        axis=alt.Axis(tickCount=4, grid=False, format="d"),
    )


def _dumbbells(base: alt.Chart, page: Look) -> list[alt.Chart]:
    """A thread from the ring of before to the mark of after; a small line where nothing is."""
    colour = alt.Color("colour:N", scale=None, legend=None)
    return [
        base.mark_tick(
            orient="vertical", size=20, thickness=1, color=page.unknown, aria=False
        ).encode(x=_across("nothing")),
        base.transform_filter("isValid(datum.before) && isValid(datum.after)")
        .mark_rule(strokeWidth=4, opacity=0.7, aria=False)
        .encode(x=_across("before"), x2="after:Q", color=colour),
        base.transform_filter("isValid(datum.before) && datum.moved")
        .mark_point(size=110, strokeWidth=2.5, fill=page.ground, opacity=1, aria=False)
        .encode(x=_across("before"), stroke=alt.Stroke("colour:N", scale=None)),
        base.transform_filter("isValid(datum.after)")
        .mark_point(filled=True, size=170, opacity=1, stroke=page.ground, strokeWidth=1)
        .encode(
            x=_across("after"),
            fill=alt.Fill("colour:N", scale=None),
            shape=alt.Shape("shape:N", scale=None),
            description="spoken:N",
        ),
    ]


def _figures(base: alt.Chart, page: Look) -> list[alt.Chart]:
    """The points on the outer side of each mark; one number where nothing moved."""
    sides: list[tuple[str, Literal["left", "right"], str]] = [
        ("before", "right", "datum.right && datum.moved"),
        ("before", "left", "!datum.right"),
        ("after", "left", "datum.right"),
        ("after", "right", "!datum.right"),
    ]
    return [
        base.transform_filter(f"isValid(datum.{field}) && {where}")
        .mark_text(
            align=align,
            dx=11 if align == "left" else -11,
            baseline="middle",
            fontSize=13,
            fontWeight="bold" if field == "after" else "normal",
            color=page.ink if field == "after" else page.quiet,
            aria=False,
        )
        .encode(x=_across(field), text=f"said_{field}:N")
        for field, align, where in sides
    ]


def _words(base: alt.Chart, page: Look) -> list[alt.Chart]:
    """The name above the dumbbell, and below it the change and what decides."""
    words = base.transform_calculate(
        name=f"width < {_WIDE} ? datum.brief : datum.says",
        told=f"width < {_WIDE} ? datum.folded : datum.why",
    )
    return [
        words.mark_text(
            align="left",
            baseline="middle",
            dy=dy,
            fontSize=size,
            fontWeight="bold" if field == "name" else "normal",
            lineBreak="\n",
            lineHeight=LINE,
            color=colour,
            limit=alt.ExprRef("width"),
            aria=False,
        ).encode(x=alt.value(0), text=f"{field}:N")
        for field, dy, size, colour in (
            ("name", -20, 14, page.ink),
            ("told", 19, 12, page.quiet),
        )
    ]
