"""Hours a week by person: given, planned and, where somebody wrote them down, really spent."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from charts.template import Words, drawn, filled
from charts.theme import BLUE, HIGH_AS_SAID, VERMILION, dressed, look, said_instead
from charts.wording import cut, hours

TITLE = "Hours a week, by person"
NOTHING = "Nobody has given hours yet, and nothing is promised that takes any."
HOW_TO_READ = "Pale: hours given. Narrow bar: planned, red where it is more than that."
LOGGED = "Dot: what it really took."
NOT_LOGGED = "What it really took is not known: nobody writes hours down here."
MOST = 14
"""At most so many people are drawn, the fullest first; the table holds them all."""

_ROW = 46


def hours_people(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> alt.LayerChart:
    """A row a person; see `spec`."""
    return drawn(spec(rows, dark=dark, title=title, description=description))


def spec(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> dict[str, Any]:
    """The chart as a Vega-Lite specification, made at once; whose hours are fullest comes first.

    `rows`: name, given (hours a week; missing where nobody said), planned, and logged (what it
    really took; missing where nobody wrote it down). Without any hours, a sentence says so.
    """
    page = look(dark)
    known = _known(rows)
    if known.empty:
        nothing: dict[str, Any] = said_instead(NOTHING, page, title).to_dict()
        return nothing
    shown = known.head(MOST).reset_index(drop=True)
    shown["level"] = [_ROW * at + _ROW / 2 + 8 for at in range(len(shown))]
    shown["brief"] = [
        f"{cut(name, 30)} · {said}" for name, said in zip(shown["name"], shown["said"], strict=True)
    ]
    most = max(float(shown[["given", "planned", "logged"]].max().max()), 1.0)
    dots = shown[shown["logged"].notna()]
    how = f"{HOW_TO_READ} {LOGGED if len(dots) else NOT_LOGGED}"
    words = Words(title, description or told(rows), how)
    over = shown[shown["over"] > 0]
    made = filled(
        _template(dark),
        words,
        _ROW * len(shown),
        {
            "rows": shown.fillna({"given": 0.0}),
            "over": over.assign(start=over["given"].fillna(0)),
            "logged": dots,
        },
    )
    return made | {"params": [{"name": "most", "value": most}]}


def told(rows: pd.DataFrame) -> str:
    """The picture in words, for those who do not see it."""
    known = _known(rows)
    if known.empty:
        return NOTHING
    parts = [f"{name}: {said}" for name, said in zip(known["name"], known["said"], strict=True)]
    return f"Hours a week. {'; '.join(parts)}."


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """The same numbers; a row a person."""
    known = _known(rows)
    return pd.DataFrame(
        {
            "Who": known["name"],
            "Given": known["given"].map(hours),
            "Planned": known["planned"].map(hours),
            "Really took": known["logged"].map(hours),
        }
    )


def _known(rows: pd.DataFrame) -> pd.DataFrame:
    """People with any hours, the fullest first, and how they stand in words."""
    numbers = {one: pd.to_numeric(rows[one]).astype("float64")
               for one in ("given", "planned", "logged")}  # fmt: skip
    known = rows.assign(**numbers)
    known = known[(known["given"].fillna(0) > 0) | (known["planned"] > 0)]
    over = (known["planned"] - known["given"].fillna(0)).round(2)
    known = known.assign(
        over=over, nothing=0, said=[_said(*row) for row in zip(known["given"], known["planned"],
                                                             strict=True)]
    )  # fmt: skip
    return known.sort_values("over", ascending=False, kind="stable").reset_index(drop=True)


def _said(given: float, planned: float) -> str:
    if pd.isna(given):
        return f"{hours(planned)} planned; hours not said"
    left = round(given - planned, 2)
    if left < 0:
        return f"{hours(-left)} more than there are"
    return f"{hours(planned)} of {hours(given)}"


@cache
def _template(dark: bool) -> dict[str, Any]:
    page = look(dark)
    scale = alt.Scale(domain=[0, alt.ExprRef("most")], nice=False)
    axis = alt.Axis(tickCount=5, grid=False, title="hours a week")

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    y = alt.Y("level:Q", scale=None, axis=None)
    base = alt.Chart(alt.NamedData("rows")).encode(
        y=y,
        tooltip=[
            alt.Tooltip("name:N", title="Who"),
            alt.Tooltip("said:N", title="Hours a week"),
        ],
    )
    given = base.mark_bar(height=18, cornerRadius=3, color=page.line, aria=False).encode(
        x=x("nothing"), x2="given:Q"
    )
    planned = base.mark_bar(height=8, cornerRadius=2, color=BLUE).encode(
        x=x("nothing"), x2="planned:Q", description="brief:N"
    )
    over = (
        alt.Chart(alt.NamedData("over"))
        .mark_bar(height=8, cornerRadius=2, color=VERMILION, aria=False)
        .encode(x=x("start"), x2="planned:Q", y=y)
    )
    logged = (
        alt.Chart(alt.NamedData("logged"))
        .mark_circle(size=80, opacity=1, color=page.ink, stroke=page.ground, aria=False)
        .encode(x=x("logged"), y=y)
    )
    name = base.mark_text(
        align="left", baseline="middle", dy=-19, fontSize=13, color=page.ink, aria=False,
        limit=alt.ExprRef("width"),
    ).encode(x=alt.value(0), text="brief:N")  # fmt: skip
    chart = alt.layer(given, planned, over, logged, name).properties(
        width="container", autosize=HIGH_AS_SAID
    )
    chart = chart.add_params(alt.param(name="most", value=1))
    made: dict[str, Any] = dressed(chart, page, TITLE, "").to_dict()
    return made
