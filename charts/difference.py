"""Before and after: how the points of each target move when something is changed, and why."""

from __future__ import annotations

from functools import cache
from textwrap import wrap
from typing import Any, Literal

import altair as alt
import pandas as pd

from charts.template import Words, filled
from charts.theme import BLUE, HIGH_AS_SAID, PHONE, VERMILION, Look, dressed, look, said_instead
from charts.wording import HAPPENS, cut, number, signed

TITLE = "Points before and after"
NOTHING = "Nothing is compared yet. Change something, and what moves is shown here."
HOW_TO_READ = "Ring: before. Filled: after. Triangle: comes in or drops out."

_ROW, _LINE = 64, 15
"""Pixels for a target with one line of why, and for the second line that a phone may need."""

_WIDE, _NAME = 560, 50
"""From this width on, why stands in one line; below it, letters of a name and what happens."""

_SHAPES = {"enters": "triangle-up", "leaves": "triangle-down"}
_NAMED = ("enters", "leaves", "same")
"""What is said beside the name; that others rise or fall is seen."""


def difference(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> alt.LayerChart:
    """A dumbbell a target, the highest after first; see `spec`."""
    chart: alt.LayerChart = alt.LayerChart.from_dict(
        spec(rows, dark=dark, title=title, description=description)
    )
    return chart


def spec(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> dict[str, Any]:
    """The chart as a Vega-Lite specification, made at once.

    `rows`: target (its name), before and after (points; missing where no rule spoke), state (a key
    of `wording.HAPPENS`) and rule (a short sentence: what decides; may be empty). Raises KeyError
    on another state. Where there are no rows, a sentence says so.
    """
    page = look(dark)
    if rows.empty:
        nothing: dict[str, Any] = said_instead(NOTHING, page, title).to_dict()
        return nothing
    shown = _marked(rows, page)
    second = bool(shown["folded"].str.contains("\n").any())
    row = _ROW + _LINE * second
    shown["level"] = shown["at"] * row + (row - _LINE * second) / 2
    words = Words(title, description or told(rows), HOW_TO_READ)
    made = filled(_template(dark), words, row * len(shown), {"rows": shown})
    points = [0.0, *shown["before"].dropna(), *shown["after"].dropna()]
    low, high = min(points), max(points)
    ends = {"low": low, "high": high if high > low else 1.0}
    return made | {"params": [{"name": name, "value": value} for name, value in ends.items()]}


def told(rows: pd.DataFrame) -> str:
    """The picture in words, for those who do not see it."""
    order = _sorted(rows)
    parts = [
        f"{target} {HAPPENS[state]}: {number(before)} before, {number(after)} after"
        for target, state, before, after in zip(
            order["target"], order["state"], order["before"], order["after"], strict=True
        )
    ]
    return f"Points before and after a change. {'; '.join(parts)}." if parts else NOTHING


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """The same numbers in words, in the order of the picture."""
    order = _sorted(rows)
    words = {
        "What": order["target"],
        "Points before": order["before"].map(number),
        "Points after": order["after"].map(number),
        "Change": order["change"].map(signed),
        "What happens": order["state"].map(HAPPENS.__getitem__),
        "What decides": order["rule"],
    }
    return pd.DataFrame(words)


def _sorted(rows: pd.DataFrame) -> pd.DataFrame:
    """The highest after first, what no rule speaks for any more last; with the change in points,
    for which no rule counts as nothing."""
    known = rows.assign(
        before=pd.to_numeric(rows["before"]),
        after=pd.to_numeric(rows["after"]),
        rule=rows["rule"].fillna(""),
    )
    order = known.sort_values(
        ["after", "before", "target"], ascending=[False, False, True], na_position="last"
    ).reset_index(drop=True)
    return order.assign(change=order["after"].fillna(0) - order["before"].fillna(0))


def _marked(rows: pd.DataFrame, page: Look) -> pd.DataFrame:
    """Rows with what is drawn: at (place), colour and shape, whether it goes to the right, and the
    words."""
    order = _sorted(rows)
    states, changes = order["state"], order["change"]
    happens = states.map(HAPPENS.__getitem__)
    also = [f" · {HAPPENS[state]}" if state in _NAMED else "" for state in states]
    by = changes.map(lambda change: signed(change) if round(change, 2) else "no change")
    why = by + order["rule"].map(lambda rule: f" · {rule}" if rule else "")
    return order.assign(
        at=range(len(order)),
        nothing=0,
        happens=happens,
        colour=[_colour(c, state, page) for c, state in zip(changes, states, strict=True)],
        shape=[_SHAPES.get(state, "circle") for state in states],
        right=changes >= 0,
        moved=changes.round(2) != 0,
        said_before=order["before"].map(number),
        said_after=order["after"].map(number),
        says=order["target"] + also,
        brief=[
            cut(name, _NAME - len(more)) + more
            for name, more in zip(order["target"], also, strict=True)
        ],
        why=why,
        folded=[_folded(words) for words in why],
    )


def _folded(words: str) -> str:
    """In two lines for a phone, shortened where they are not enough."""
    return "\n".join(wrap(words, PHONE, max_lines=2, placeholder=" …"))


def _colour(change: float, state: str, page: Look) -> str:
    if state in _SHAPES:
        return BLUE if state == "enters" else VERMILION
    return page.unknown if round(change, 2) == 0 else BLUE if change > 0 else VERMILION


@cache
def _template(dark: bool) -> dict[str, Any]:
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
    made: dict[str, Any] = dressed(chart, page, TITLE, "").to_dict()
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
            lineHeight=_LINE,
            color=colour,
            limit=alt.ExprRef("width"),
            aria=False,
        ).encode(x=alt.value(0), text=f"{field}:N")
        for field, dy, size, colour in (
            ("name", -20, 14, page.ink),
            ("told", 19, 12, page.quiet),
        )
    ]
