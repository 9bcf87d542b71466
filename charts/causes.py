"""A difference split by what brought it about: a bar for each piece of advice, a colour a cause."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from charts.theme import (
    BLUE,
    GREEN,
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
from charts.wording import cut, number, signed

TITLE = "What moved the advice, in points"
NOTHING = "No advice moved between these two quarters."
COLOURS = (PURPLE, GREEN, BLUE, SKY, ORANGE, VERMILION)
"""Of the causes, in their order."""

_ROW, _BAR = 46, 14
_LEAST = 5.0
"""Points that the whole width stands for, at least."""


def spec(rows: pd.DataFrame, *, dark: bool, title: str = TITLE) -> dict[str, Any]:
    """The chart as a Vega-Lite specification.

    `rows`, the farthest moved first: what (its name), before and after (points), and a column for
    each cause with the points that it gives or takes; the columns add up to after less before.
    Where there are no rows, a sentence says so.
    """
    page = look(dark)
    if rows.empty:
        nothing: dict[str, Any] = said_instead(NOTHING, page, title).to_dict()
        return nothing
    causes = _causes(rows)
    across = alt.X(
        "points:Q",
        title="points lost or gained",
        axis=alt.Axis(tickCount=5),
        scale=alt.Scale(domain=_ends(rows, causes)),
    )
    down = alt.Y("what:N", sort=None, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    bars = (
        alt.Chart(_pieces(rows, causes))
        .mark_bar(height=_BAR, yOffset=9)
        .encode(
            x=across,
            y=down,
            color=alt.Color(
                "cause:N",
                sort=causes,
                scale=alt.Scale(domain=causes, range=list(COLOURS[: len(causes)])),
                legend=alt.Legend(orient="top", columns=2, title=None, labelLimit=300),
            ),
            order="at:Q",
            tooltip=[alt.Tooltip("spoken:N", title="What")],
        )
    )
    words = (
        alt.Chart(_headlines(rows))
        .mark_text(align="left", dy=-9, fontSize=12, color=page.quiet)
        .encode(x=alt.value(0), y=down, text="says:N")
    )
    chart = alt.layer(bars, words).properties(
        width="container", height=_ROW * len(rows), autosize=HIGH_AS_SAID
    )
    with alt.data_transformers.enable(consolidate_datasets=False):
        made: dict[str, Any] = dressed(chart, page, title, told(rows)).to_dict()
    return made


def told(rows: pd.DataFrame) -> str:
    """The picture in words, for those who do not see it."""
    causes = _causes(rows)
    parts = [f"{row['what']}: {_moved(row)}, {_why(row, causes)}" for row in _each(rows)]
    return f"What moved the advice. {'; '.join(parts)}." if parts else NOTHING


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """The same numbers; a row a piece of advice."""
    causes = _causes(rows)
    return pd.DataFrame(
        [
            {
                "What": row["what"],
                "Before": number(row["before"]),
                "After": number(row["after"]),
                "Why": _why(row, causes),
            }
            for row in _each(rows)
        ]
    )


def _each(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): one for name, one in row.items()} for row in rows.to_dict("records")]


def _causes(rows: pd.DataFrame) -> list[str]:
    return [str(name) for name in rows.columns if name not in {"what", "before", "after"}]


def _ends(rows: pd.DataFrame, causes: list[str]) -> list[float]:
    """From the most that one lost to the most that one gained; little looks little."""
    parts = rows[causes]
    low = min(0.0, float(parts.clip(upper=0).sum(axis=1).min()))
    high = max(0.0, float(parts.clip(lower=0).sum(axis=1).max()))
    return [low, max(high, low + _LEAST)]


def _moved(row: dict[str, Any]) -> str:
    return f"{number(row['before'])} before, {number(row['after'])} after"


def _why(row: dict[str, Any], causes: list[str]) -> str:
    parts = [f"{cause} {signed(row[cause])}" for cause in causes if round(row[cause], 2)]
    return ", ".join(parts) or "the same points, in another place"


def _pieces(rows: pd.DataFrame, causes: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "what": row["what"], "cause": cause, "points": row[cause], "at": at,
                "spoken": f"{row['what']}: {cause} {signed(row[cause])}",
            }
            for row in _each(rows)
            for at, cause in enumerate(causes)
        ]
    )  # fmt: skip


def _headlines(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "what": row["what"],
                "says": f"{cut(row['what'], PHONE - 22)} · "
                f"{number(row['before'])} → {number(row['after'])}",
            }
            for row in _each(rows)
        ]
    )
