"""Turns of the loop: from signal to insight, decision, change and check, and how many days it took.

Every turn begins at the left; so long turns are long, and the median is one line through all.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from charts.loop_waits import STEPS, Wait, longest_wait, pairs, spoken
from charts.template import Words, drawn, filled
from charts.theme import (
    BLUE,
    HIGH_AS_SAID,
    ORANGE,
    PHONE,
    PURPLE,
    SKY,
    VERMILION,
    dressed,
    look,
    said_instead,
)
from charts.wording import cut

TITLE = "Days from the first sign to the check"
NOTHING = "No loop has come round yet: nothing that was decided has been checked."
_COLOURS = dict(zip(STEPS, (PURPLE, SKY, BLUE, ORANGE, VERMILION), strict=True))
_SHAPES = dict(zip(STEPS, ("triangle-up", "diamond", "square", "triangle-right", "circle"),
               strict=True))  # fmt: skip
HOW_TO_READ = (
    "Triangle up: signal. Diamond: insight. Square: decision. Triangle right: change. "
    "Circle: check. Dashed: the median."
)
MOST = 10
"""At most so many are drawn, the newest first; the table holds them all."""

_ROW = 52


def loop_days(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> alt.LayerChart:
    """A row for each turn of the loop; see `spec`."""
    return drawn(spec(rows, dark=dark, title=title, description=description))


def spec(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> dict[str, Any]:
    """The chart as a Vega-Lite specification, made at once.

    `rows`, the newest first: what (its name) and the dates signal, insight, decision, change and
    check; those that are not known are missing. Turns with fewer than two dates are not drawn;
    where none is left, a sentence says so.
    """
    page = look(dark)
    whole = _whole(rows)
    if whole.empty:
        nothing: dict[str, Any] = said_instead(NOTHING, page, title).to_dict()
        return nothing
    shown = whole.head(MOST).reset_index(drop=True)
    level = [_ROW * at + _ROW / 2 + 4 for at in range(len(shown))]
    bars = shown.assign(
        level=level,
        brief=[
            f"{cut(name, PHONE - len(said) - 10)} · {said}"
            for name, said in zip(shown["what"], shown["said"], strict=True)
        ],
    )
    longest = longest_wait(whole)
    stuck = f"{longest.said} " if longest else ""
    words = Words(title, description or told(rows), stuck + HOW_TO_READ)
    most = max(float(shown["days"].max()), 1.0)
    made = filled(
        _template(dark),
        words,
        _ROW * len(shown),
        {"rows": bars[["what", "brief", "level", "days", "said", "nothing", "middle"]],
         "waits": _waits(bars, longest), "steps": _steps(bars)},
    )  # fmt: skip
    return made | {"params": [{"name": "most", "value": most}]}


def told(rows: pd.DataFrame) -> str:
    """The picture in words, for those who do not see it."""
    whole = _whole(rows)
    if whole.empty:
        return NOTHING
    parts = [f"{row.what}: {row.said}" for row in whole.itertuples()]
    longest = longest_wait(whole)
    stuck = f"{longest.said} " if longest else ""
    middle = spoken(whole["middle"].iloc[0])
    return f"A turn of the loop takes {middle} (median). {stuck}{'; '.join(parts)}."


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """The same days, with the date of each step."""
    whole = _whole(rows)
    steps = [
        ", ".join(f"{word} {_date(turn[step])}" for step, word in STEPS.items() if turn[step])
        for turn in whole[list(STEPS)].astype(object).where(whole[list(STEPS)].notna(), None)
        .to_dict("records")
    ]  # fmt: skip
    return pd.DataFrame({"What": whole["what"], "Steps": steps, "Days": whole["days"].map(str)})


def _whole(rows: pd.DataFrame) -> pd.DataFrame:
    """Turns with two dates or more, their days from the first to the last, and the median."""
    moments = rows.assign(**{step: pd.to_datetime(rows[step]) for step in STEPS})
    steps = moments[list(STEPS)]
    kept = moments[steps.notna().sum(axis=1) >= 2].reset_index(drop=True)
    steps = kept[list(STEPS)]
    first, last = steps.min(axis=1), steps.max(axis=1)
    days = (last - first).dt.days
    middle = float(days.median()) if len(days) else 0.0
    return kept.assign(first=first, days=days, said=days.map(spoken), nothing=0, middle=middle)


def _waits(bars: pd.DataFrame, longest: Wait | None) -> pd.DataFrame:
    """Where each turn waited longest of all, in days from its first step."""
    return pd.DataFrame(
        [
            {"level": turn["level"], "start": (turn[start] - turn["first"]).days,
             "end": (turn[end] - turn["first"]).days}
            for turn in bars.to_dict("records")
            for start, end in pairs(turn)
            if longest and (start, end) == (longest.start, longest.end)
        ],
        columns=["level", "start", "end"],
    )  # fmt: skip


def _steps(bars: pd.DataFrame) -> pd.DataFrame:
    """A mark for each step that is known, by its days from the first one; steps of one day stand
    side by side."""
    marks = [
        {
            "level": turn["level"],
            "at": (turn[step] - turn["first"]).days,
            "colour": _COLOURS[step],
            "shape": _SHAPES[step],
            "step": word,
            "date": _date(turn[step]),
            "spoken": f"{turn['what']}: {word} on {_date(turn[step])}",
        }
        for turn in bars.to_dict("records")
        for step, word in STEPS.items()
        if not pd.isna(turn[step])
    ]
    made = pd.DataFrame(marks)
    return made.assign(aside=made.groupby(["level", "at"]).cumcount())


def _date(moment: Any) -> str:
    return f"{moment.day} {moment:%b %Y}"


@cache
def _template(dark: bool) -> dict[str, Any]:
    page = look(dark)
    scale = alt.Scale(domain=[0, alt.ExprRef("most")], nice=False, padding=12)
    axis = alt.Axis(tickCount=5, grid=False, format="d", title="days")
    base = alt.Chart(alt.NamedData("rows")).encode(y=alt.Y("level:Q", scale=None, axis=None))
    bar = base.mark_bar(height=7, cornerRadius=3, color=page.line, aria=False).encode(
        x=alt.X("nothing:Q", scale=scale, axis=axis), x2="days:Q"
    )
    waits = (
        alt.Chart(alt.NamedData("waits"))
        .mark_bar(height=7, cornerRadius=3, color=page.quiet, aria=False)
        .encode(x=alt.X("start:Q", scale=scale, axis=axis), x2="end:Q",
                y=alt.Y("level:Q", scale=None, axis=None))
    )  # fmt: skip
    middle = (
        alt.Chart(alt.NamedData("rows"))
        .mark_rule(strokeDash=[4, 4], color=page.quiet, aria=False)
        .encode(x=alt.X("middle:Q", scale=scale, axis=axis))
    )
    steps = (
        alt.Chart(alt.NamedData("steps"))
        .mark_point(
            filled=True,
            size=120,
            opacity=1,
            stroke=page.ground,
            strokeWidth=1,
            xOffset=alt.ExprRef("datum.aside * 11"),
        )
        .encode(
            x=alt.X("at:Q", scale=scale, axis=axis),
            y=alt.Y("level:Q", scale=None, axis=None),
            fill=alt.Fill("colour:N", scale=None),
            shape=alt.Shape("shape:N", scale=None),
            tooltip=[alt.Tooltip("step:N", title="Step"), alt.Tooltip("date:N", title="On")],
            description="spoken:N",
        )
    )
    words: dict[str, Any] = {
        "align": "left", "baseline": "middle", "dy": -20, "fontSize": 13, "aria": False,
        "limit": alt.ExprRef("width"),
    }  # fmt: skip
    under, name = (
        base.mark_text(**words, **ink).encode(x=alt.value(0), text="brief:N")
        for ink in ({"stroke": page.ground, "strokeWidth": 4}, {"color": page.ink})
    )
    chart = alt.layer(middle, bar, waits, steps, under, name).properties(
        width="container", autosize=HIGH_AS_SAID
    )
    chart = chart.add_params(alt.param(name="most", value=1))
    made: dict[str, Any] = dressed(chart, page, "", "").to_dict()
    return made
