"""The eight factors over quarters, side by side: median and middle half of each group's answers.

One view holds all eight panels, so that it fits any page: four in a row where there is room, two on
a phone. A group that may not be shown in a quarter leaves a gap there, never a line across it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from charts.spread import GROUPS
from charts.template import Words, drawn, filled
from charts.theme import BLUE, GREEN, HIGH_AS_SAID, ORANGE, Look, dressed, look, said_instead
from charts.wording import NOT_KNOWN, number

TITLE = "Each factor by quarter, from 0 to 4"
NOTHING = (
    "Two quarters with answers that may be shown draw this picture. So far there are fewer; "
    "a round that has come to its end adds one."
)
HOW_TO_READ = (
    "Line: the middle answer. Pale band: the middle half of all answers. A gap in a line: too few "
    "to show."
)
HEIGHT = 500
NARROW = 620

_COLOURS = dict(zip(GROUPS, (GREEN, ORANGE, BLUE), strict=True))
_SHAPES = dict(zip(GROUPS, ("circle", "diamond", "square"), strict=True))
_DASHES = dict(zip(GROUPS, ([1, 0], [6, 3], [1, 0]), strict=True))
_X, _Y = "px:Q", "py:Q"


def multiples(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> alt.LayerChart:
    """A panel a factor; see `spec`."""
    return drawn(spec(rows, dark=dark, title=title, description=description))


def spec(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> dict[str, Any]:
    """The chart as a Vega-Lite specification, made at once.

    `rows`: factor (name), number (1-8), quarter (words), at (0 for the oldest), group (one of
    `spread.GROUPS`), median, low and high (quartiles), all on 0-4; a group that may not be shown in
    a quarter has no row. With fewer than two quarters a sentence says what is missing.
    """
    page = look(dark)
    if rows.empty or rows["at"].nunique() < 2:
        nothing: dict[str, Any] = said_instead(NOTHING, page, title).to_dict()
        return nothing
    last = int(rows["at"].max())
    shown = _in_runs(rows, last)
    words = Words(title, description or told(rows), HOW_TO_READ)
    named = {
        "panels": _panels(rows),
        "grid": _grid(rows),
        "years": _years(rows, last),
        "bands": shown.assign(side=shown["group"].map(GROUPS.index)),
        "dots": shown,
    }
    return filled(_template(dark, tuple(groups(rows))), words, HEIGHT, named)


def groups(rows: pd.DataFrame) -> list[str]:
    """The groups in the picture, in their fixed order."""
    return [group for group in GROUPS if group in set(rows["group"])]


def told(rows: pd.DataFrame) -> str:
    """The picture in words: from where to where each factor went."""
    if rows.empty or rows["at"].nunique() < 2:
        return NOTHING
    parts = []
    for (_, name), own in rows.groupby(["number", "factor"], sort=True):
        for group, line in own.groupby("group", sort=False):
            ends = line.sort_values("at")["median"].iloc[[0, -1]].map(number)
            parts.append(f"{name}, {str(group).lower()}: from {ends.iloc[0]} to {ends.iloc[1]}")
    return f"Middle answers by quarter. {'; '.join(parts)}."


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a factor and group, a column a quarter: the middle answer, and the middle half of all
    answers behind it where that is more than one level."""
    ordered = rows.drop_duplicates("at").sort_values("at")
    quarters = dict(zip(ordered["quarter"], ordered["at"].map(int), strict=True))
    found = []
    for (_, name, group), own in rows.groupby(["number", "factor", "group"], sort=True):
        by = own.set_index("at")
        said = {quarter: _cell(by, at) for quarter, at in quarters.items()}
        found.append({"Factor, and who": f"{name}: {str(group).lower()}", **said})
    return pd.DataFrame(found)


def _cell(by: pd.DataFrame, at: int) -> str:
    if at not in by.index:
        return NOT_KNOWN
    median, low, high = (float(by[name][at]) for name in ("median", "low", "high"))
    return number(median) if low == high else f"{number(median)} ({number(low)}–{number(high)})"


def _in_runs(rows: pd.DataFrame, last: int) -> pd.DataFrame:
    """Rows placed from 0 to 1 along their panel; one run goes on until a round in which the group
    may not be shown."""
    ordered = rows.sort_values(["number", "group", "at"]).reset_index(drop=True)
    round_ = ordered["at"].rank(method="dense")
    gap = round_.diff() != 1
    other = (ordered[["number", "group"]] != ordered[["number", "group"]].shift()).any(axis=1)
    spoken = [
        f"{one['factor']}, {one['group'].lower()}, {one['quarter']}: {number(one['median'])}"
        for one in ordered.to_dict("records")
    ]
    return ordered.assign(along=ordered["at"] / last, run=(gap | other).cumsum(), spoken=spoken)


def _panels(rows: pd.DataFrame) -> pd.DataFrame:
    """The panels with their names, as short as a phone needs it."""
    named = rows.drop_duplicates("number").sort_values("number")[["number", "factor"]]
    return named.assign(
        says=[f"{n} {name}" for n, name in zip(named["number"], named["factor"], strict=True)],
        along=0.0,
        median=4.0,
    )


def _grid(rows: pd.DataFrame) -> pd.DataFrame:
    """The five levels of each panel."""
    return pd.DataFrame(
        [
            {"number": int(n), "median": float(level), "along": 0.0, "right": 1.0,
             "says": str(level) if level % 2 == 0 else ""}
            for n in sorted(rows["number"].unique()) for level in range(5)
        ]
    )  # fmt: skip


def _years(rows: pd.DataFrame, last: int) -> pd.DataFrame:
    """The first quarter of each year in the picture, under each panel."""
    first: dict[str, int] = {}
    for row in rows.sort_values("at").to_dict("records"):
        first.setdefault(row["quarter"].split(" ")[-1], int(row["at"]))
    return pd.DataFrame(
        [
            {"number": int(n), "median": 0.0, "along": at / last, "says": year}
            for n in sorted(rows["number"].unique())
            for year, at in first.items()
        ]
    )


def _room() -> list[alt.Parameter]:
    """How many panels stand in a row, and how large one is, in pixels."""
    return [
        alt.param(name="across", expr=f"width < {NARROW} ? 2 : 4"),
        alt.param(name="wide", expr="width / across"),
        alt.param(name="high", expr="height / (8 / across)"),
        alt.param(name="inside", expr="wide - 42"),
        alt.param(name="deep", expr="high - 58"),
    ]


def _placed(name: str) -> alt.Chart:
    """Pixels px, py (and up, down for the band) within the panel of each row."""
    left, deep = "((datum.number - 1) % across) * wide + 18", "deep / 4"
    top = "floor((datum.number - 1) / across) * high + 26"
    return alt.Chart(alt.NamedData(name)).transform_calculate(
        px=f"{left} + datum.along * inside",
        py=f"{top} + {deep} * (4 - datum.median)",
        up=f"{top} + {deep} * (4 - datum.high) - 1",
        down=f"{top} + {deep} * (4 - datum.low) + 1",
    )  # fmt: skip


def _x(field: str = _X) -> alt.X:
    return alt.X(field, scale=None, axis=None)


def _y(field: str = _Y) -> alt.Y:
    return alt.Y(field, scale=None, axis=None)


@cache
def _template(dark: bool, present: tuple[str, ...]) -> dict[str, Any]:
    page = look(dark)
    chart = alt.layer(*_frames(page), *_lines(page, present)).properties(
        width="container", autosize=HIGH_AS_SAID
    )
    made: dict[str, Any] = dressed(chart.add_params(*_room()), page, TITLE, "").to_dict()
    return made


def _frames(page: Look) -> list[alt.Chart]:
    """Levels, their numbers, the names above and the years below."""
    levels = (
        _placed("grid")
        .transform_calculate(end="datum.px + inside")
        .mark_rule(color=page.line, aria=False)
        .encode(x=_x(), x2="end:Q", y=_y())
    )
    small: dict[str, Any] = {"fontSize": 11, "color": page.quiet, "aria": False}
    numbers = _placed("grid").mark_text(align="right", dx=-5, **small)
    years = _placed("years").mark_text(align="left", baseline="top", dy=8, dx=-3, **small)
    names = _placed("panels").mark_text(
        align="left", baseline="bottom", dy=-9, dx=-13, fontSize=13, color=page.ink, aria=False,
        limit=alt.ExprRef("wide - 8"),
    )  # fmt: skip
    return [levels, *(one.encode(x=_x(), y=_y(), text="says:N") for one in (numbers, years, names))]


def _lines(page: Look, present: tuple[str, ...]) -> list[alt.Chart]:
    """Bands below, lines and marks above, each group in its colour, shape and kind of line."""

    def scale(words: dict[str, Any]) -> alt.Scale:
        return alt.Scale(domain=list(present), range=[words[one] for one in present])

    legend = alt.Legend(title=None, orient="bottom", symbolOpacity=1) if len(present) > 1 else None
    colour = alt.Color("group:N", scale=scale(_COLOURS), legend=legend)
    bands = (
        _placed("bands")
        .mark_area(opacity=0.22, interpolate="linear", aria=False)
        .encode(x=_x(), y=_y("up:Q"), y2="down:Q", detail="run:N", color=colour)
    )
    lines = (
        _placed("dots")
        .mark_line(strokeWidth=2, aria=False)
        .encode(
            x=_x(), y=_y(), detail="run:N", order="at:Q", color=colour,
            strokeDash=alt.StrokeDash("group:N", scale=scale(_DASHES), legend=None),
        )
    )  # fmt: skip
    dots = (
        _placed("dots")
        .mark_point(filled=True, size=38, opacity=1, stroke=page.ground, strokeWidth=0.8)
        .encode(
            x=_x(), y=_y(), color=colour,
            shape=alt.Shape("group:N", scale=scale(_SHAPES), legend=legend),
            tooltip=[
                alt.Tooltip("factor:N", title="Factor"), alt.Tooltip("quarter:N", title="Quarter"),
                alt.Tooltip("group:N", title="Who"),
                alt.Tooltip("median:Q", title="Middle answer, 0 to 4"),
            ],
            description="spoken:N",
        )
    )  # fmt: skip
    return [bands, lines, dots]
