"""How many expectations came true, quarter by quarter."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from charts.quarterly import HEIGHT, across
from charts.template import Words, drawn, filled
from charts.theme import BLUE, HIGH_AS_SAID, dressed, look, said_instead
from charts.wording import NOT_KNOWN

TITLE = "Expectations that came true, in %"
NOTHING = "From two quarters with scored expectations on, a line here shows how many came true."
HOW_TO_READ = "Partly counts half. Beside each dot: of how many. Dashed: one half."
LEAST = 2


def hit_rate(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> alt.LayerChart:
    """A dot a quarter; see `spec`."""
    return drawn(spec(rows, dark=dark, title=title, description=description))


def spec(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> dict[str, Any]:
    """The chart as a Vega-Lite specification, made at once.

    `rows`, the oldest first: quarter (words), hits (share 0-1, missing where nothing was scored)
    and scored (how many). With fewer than two quarters known, a sentence says so.
    """
    page = look(dark)
    known = rows[rows["hits"].notna()] if len(rows) else rows
    if len(known) < LEAST:
        nothing: dict[str, Any] = said_instead(NOTHING, page, title).to_dict()
        return nothing
    shown = known.assign(
        percent=[100 * float(hits) for hits in known["hits"]],
        says=[f"of {count}" for count in known["scored"]],
        spoken=_spoken(known),
        half=50,
    )
    words = Words(title, description or told(rows), HOW_TO_READ)
    return filled(_template(dark), words, HEIGHT, {"rows": shown})


def told(rows: pd.DataFrame) -> str:
    """The picture in words, for those who do not see it."""
    known = rows[rows["hits"].notna()] if len(rows) else rows
    if len(known) < LEAST:
        return NOTHING
    return f"Expectations that came true. {'; '.join(_spoken(known))}."


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """Every quarter, also those in which nothing was scored."""
    return pd.DataFrame(
        {
            "Quarter": rows["quarter"],
            "Came true": [NOT_KNOWN if pd.isna(h) else f"{h:.0%}" for h in rows["hits"]],
            "Scored": rows["scored"].map(str),
        }
    )


def _spoken(known: pd.DataFrame) -> list[str]:
    return [
        f"{quarter}: {hits:.0%} of {count}"
        for quarter, hits, count in zip(
            known["quarter"], known["hits"], known["scored"], strict=True
        )
    ]


@cache
def _template(dark: bool) -> dict[str, Any]:
    page = look(dark)
    up = alt.Y(
        "percent:Q",
        title=None,
        scale=alt.Scale(domain=[0, 100], nice=False, padding=10),
        axis=alt.Axis(values=[0, 50, 100], grid=False, domain=False, format="d"),
    )
    base = alt.Chart(alt.NamedData("rows")).encode(x=across())
    half = base.mark_rule(strokeDash=[4, 4], color=page.line, aria=False).encode(
        y=alt.Y("half:Q"), x=alt.value(0), x2=alt.value(alt.ExprRef("width"))
    )
    line = base.mark_line(strokeWidth=2.5, color=BLUE, aria=False).encode(y=up)
    dots = base.mark_point(
        filled=True, size=110, color=BLUE, opacity=1, stroke=page.ground, strokeWidth=1.5
    ).encode(
        y=up,
        description="spoken:N",
        tooltip=[
            alt.Tooltip("quarter:N", title="Quarter"),
            alt.Tooltip("percent:Q", title="Came true, in %", format=".0f"),
            alt.Tooltip("scored:Q", title="Scored"),
        ],
    )
    many = base.mark_text(dy=-15, fontSize=12, color=page.quiet, aria=False).encode(
        y=up, text="says:N"
    )
    chart = alt.layer(half, line, dots, many).properties(width="container", autosize=HIGH_AS_SAID)
    made: dict[str, Any] = dressed(chart, page, "", "").to_dict()
    return made
