"""The cells of the sensitivity picture: their numbers, their frames, and the words around them."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from charts.theme import HIGH_AS_SAID, Look, dressed, look

CELL, LINE = 26, 14
"""Pixels for a row of cells, and for a line of a header."""

_NARROW = 560
_BESIDE = f"(width < {_NARROW} ? 42 : 100)"
"""Pixels beside the cells, for the step: one word on a phone, all of them beyond."""


@cache
def template(dark: bool) -> dict[str, Any]:
    """The picture without its rows, which are named cells, steps, levers and headers; y is pixels
    from the top, column and count say which of how many columns."""
    page = look(dark)
    chart = alt.layer(*_squares(page), *_words(page), _header(page))
    chart = chart.properties(width="container", autosize=HIGH_AS_SAID)
    made: dict[str, Any] = dressed(chart, page, "", "").to_dict()
    return made


def _squares(page: Look) -> list[alt.Chart]:
    """Cells with their numbers; a frame where something comes in or drops out."""
    base = _placed("cells").encode(
        tooltip=[
            alt.Tooltip("lever:N", title="What is moved"),
            alt.Tooltip("step:N", title="How"),
            alt.Tooltip("target:N", title="What"),
            alt.Tooltip("says:N", title="Points"),
            alt.Tooltip("happens:N", title="What happens"),
        ]
    )
    corners = {"x": _x("left"), "x2": "right:Q", "y": _y("y"), "y2": "bottom:Q"}
    squares = base.mark_rect(cornerRadius=2, stroke=page.line, strokeWidth=0.5).encode(
        **corners, fill=alt.Fill("colour:N", scale=None), description="spoken:N"
    )
    frames = (
        base.transform_filter("datum.mark != ''")
        .mark_rect(cornerRadius=2, filled=False, stroke=page.ink, strokeWidth=2, aria=False)
        .encode(**corners)
    )
    numbers = base.mark_text(
        baseline="middle",
        fontSize=alt.ExprRef(f"width < {_NARROW} ? 11 : 12"),
        fontWeight=alt.ExprRef("datum.mark != '' ? 'bold' : 'normal'"),
        aria=False,
    ).encode(x=_x("middle"), y=_y("level"), text="says:N", color=alt.Color("ink:N", scale=None))
    return [squares, frames, numbers]


def _words(page: Look) -> list[alt.Chart]:
    """A lever's words above its cells, and each step beside them."""
    names = (
        alt.Chart(alt.NamedData("levers"))
        .mark_text(
            align="left",
            baseline="middle",
            dy=-11,
            fontSize=13,
            fontWeight="bold",
            color=page.ink,
            limit=alt.ExprRef("width"),
            aria=False,
        )
        .encode(x=alt.value(0), y=_y("y"), text="lever:N")
    )
    beside = (
        alt.Chart(alt.NamedData("steps"))
        .transform_calculate(says=f"width < {_NARROW} ? datum.short : datum.step")
        .mark_text(
            align="left",
            baseline="middle",
            dy=CELL / 2 - 1,
            fontSize=12,
            color=page.quiet,
            limit=alt.ExprRef(f"{_BESIDE} - 4"),
            aria=False,
        )
        .encode(x=alt.value(0), y=_y("y"), text="says:N")
    )
    return [names, beside]


def _header(page: Look) -> alt.Chart:
    """The targets' names above their columns."""
    names: alt.Chart = (
        _placed("headers")
        .mark_text(
            baseline="top",
            lineBreak="\n",
            fontSize=11,
            lineHeight=LINE,
            color=page.ink,
            aria=False,
        )
        .encode(x=_x("middle"), y=_y("y"), text="name:N")
    )
    return names


def _placed(rows: str) -> alt.Chart:
    """Left, right and middle of each cell in pixels, and its bottom."""
    wide = f"(width - {_BESIDE}) / datum.count"
    return (
        alt.Chart(alt.NamedData(rows))
        .transform_calculate(
            left=f"{_BESIDE} + datum.column * {wide} + 1",
            right=f"{_BESIDE} + (datum.column + 1) * {wide} - 1",
        )
        .transform_calculate(
            middle="(datum.left + datum.right) / 2",
            bottom=f"datum.y + {CELL - 2}",
            level=f"datum.y + {CELL / 2 - 1}",
        )
    )


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=None, axis=None)


def _y(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=None, axis=None)
