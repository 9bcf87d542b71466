"""Before and after: how the points of each target move when something is changed, and why."""

from __future__ import annotations

from textwrap import wrap
from typing import Literal

import altair as alt
import pandas as pd

from charts.theme import BLUE, HIGH_AS_SAID, PHONE, VERMILION, Look, dressed, look, said_instead
from charts.wording import HAPPENS, number, signed

TITLE = "Points before and after"
NOTHING = "Nothing is compared yet. Change something, and what moves is shown here."
HOW_TO_READ = "Ring: before. Filled: after. Triangle: comes in or drops out."

_ROW, _LINE = 64, 15
"""Pixels for a target with one line of why, and for the second line that a phone may need."""

_WIDE = 560
"""From this width on, why stands in one line."""

_SHAPES = {"enters": "triangle-up", "leaves": "triangle-down"}
_NAMED = ("enters", "leaves", "same")
"""What is said beside the name; that others rise or fall is seen."""


def difference(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> alt.LayerChart:
    """A dumbbell a target, the highest after first.

    `rows`: target (its name), before and after (points; missing where no rule spoke), state (a key
    of `wording.HAPPENS`) and rule (a short sentence: what decides; may be empty). Raises KeyError
    on another state. Where there are no rows, a sentence says so.
    """
    page = look(dark)
    if rows.empty:
        return said_instead(NOTHING, page, title)
    shown = _marked(rows, page)
    second = bool(shown["folded"].str.contains("\n").any())
    places = alt.Scale(domain=shown["at"].tolist(), paddingInner=0, paddingOuter=0)
    base = alt.Chart(shown).encode(
        y=alt.Y("at:O", axis=None, scale=places),
        tooltip=[
            alt.Tooltip("target:N", title="What"),
            alt.Tooltip("said_before:N", title="Points before"),
            alt.Tooltip("said_after:N", title="Points after"),
            alt.Tooltip("happens:N", title="What happens"),
            alt.Tooltip("rule:N", title="What decides"),
        ],
    )
    across, up = _scale(shown), -_LINE / 2 if second else 0
    layers = [*_dumbbells(base, page, across, up), *_figures(base, page, across, up)]
    height = (_ROW + _LINE * second) * len(shown)
    chart = alt.layer(*layers, *_words(base, page, up)).properties(
        width="container", height=height, autosize=HIGH_AS_SAID
    )
    finished: alt.LayerChart = dressed(chart, page, title, description or told(rows), HOW_TO_READ)
    return finished


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
    says = order["target"].where(~states.isin(_NAMED), order["target"] + " · " + happens)
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
        says=says,
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


def _scale(shown: pd.DataFrame) -> alt.Scale:
    """From the fewest to the most points and always with none, with room for the numbers."""
    points = [0.0, *shown["before"].dropna(), *shown["after"].dropna()]
    low, high = min(points), max(points)
    return alt.Scale(domain=[low, high if high > low else 1.0], nice=False, padding=52)


def _across(field: str, scale: alt.Scale) -> alt.X:
    return alt.X(
        f"{field}:Q", title=None, scale=scale, axis=alt.Axis(tickCount=4, grid=False, format="d")
    )


def _dumbbells(base: alt.Chart, page: Look, across: alt.Scale, up: float) -> list[alt.Chart]:
    """A thread from the ring of before to the mark of after; a small line where nothing is."""
    colour = alt.Color("colour:N", scale=None, legend=None)
    known = base.transform_filter("isValid(datum.before) && isValid(datum.after)")
    return [
        base.mark_tick(height=20, thickness=1, yOffset=up, color=page.unknown, aria=False).encode(
            x=_across("nothing", across)
        ),
        known.mark_rule(strokeWidth=4, opacity=0.7, yOffset=up, y2Offset=up, aria=False).encode(
            x=_across("before", across), x2="after:Q", color=colour
        ),
        base.transform_filter("isValid(datum.before) && datum.moved")
        .mark_point(size=110, strokeWidth=2.5, fill=page.ground, opacity=1, yOffset=up, aria=False)
        .encode(x=_across("before", across), stroke=alt.Stroke("colour:N", scale=None)),
        base.transform_filter("isValid(datum.after)")
        .mark_point(filled=True, size=170, opacity=1, stroke=page.ground, strokeWidth=1, yOffset=up)
        .encode(
            x=_across("after", across),
            fill=alt.Fill("colour:N", scale=None),
            shape=alt.Shape("shape:N", scale=None),
        ),
    ]


def _figures(base: alt.Chart, page: Look, across: alt.Scale, up: float) -> list[alt.Chart]:
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
            dy=up,
            baseline="middle",
            fontSize=13,
            fontWeight="bold" if field == "after" else "normal",
            color=page.ink if field == "after" else page.quiet,
            aria=False,
        )
        .encode(x=_across(field, across), text=f"said_{field}:N")
        for field, align, where in sides
    ]


def _words(base: alt.Chart, page: Look, up: float) -> list[alt.Chart]:
    """The name above the dumbbell, and below it the change and what decides."""
    name = base.mark_text(
        align="left",
        baseline="middle",
        dy=up - 20,
        fontSize=14,
        fontWeight="bold",
        color=page.ink,
        limit=alt.ExprRef("width"),
        aria=False,
    ).encode(x=alt.value(0), text="says:N")
    why = (
        base.transform_calculate(told=f"width < {_WIDE} ? datum.folded : datum.why")
        .mark_text(
            align="left",
            baseline="middle",
            dy=up + 19,
            fontSize=12,
            lineBreak="\n",
            lineHeight=_LINE,
            color=page.quiet,
            limit=alt.ExprRef("width"),
            aria=False,
        )
        .encode(x=alt.value(0), text="told:N")
    )
    return [name, why]
