"""Expected against actual: the range that was expected as a band, what came of it as a mark."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from charts.template import Words, drawn, filled
from charts.theme import (
    BLUE,
    HIGH_AS_SAID,
    ORANGE,
    PHONE,
    VERMILION,
    Look,
    dressed,
    look,
    said_instead,
)
from charts.wording import NOT_KNOWN, cut, number

TITLE = "What was expected, and what came"
NOTHING = "Nothing is scored yet. When advice or a test has run its time, say what came of it."
HOW_TO_READ = "Band: expected, each on its own scale. Mark: what came; hollow where nobody counted."
MOST = 12
"""At most so many are drawn, the newest first; the table holds them all."""

RESULTS = {"met": "came true", "partly": "came true in part", "not_met": "did not come true"}
_COLOURS = {"met": BLUE, "partly": ORANGE, "not_met": VERMILION}
_SHAPES = {"met": "circle", "partly": "diamond", "not_met": "triangle-down"}
_BY_WORD = {"met": 0.5, "partly": 1 / 3, "not_met": 0.14}
"""Where a result stands that nobody counted: inside, at the edge of, or outside the band."""

_ROW, _EDGE = 58, 0.04


def expected(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> alt.LayerChart:
    """A row for each expectation; see `spec`."""
    return drawn(spec(rows, dark=dark, title=title, description=description))


def spec(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> dict[str, Any]:
    """The chart as a Vega-Lite specification, made at once.

    `rows`, the newest first: what (its name), low, high and actual (numbers in `unit`, missing
    where nobody counted), unit, result (a key of RESULTS) and quarter. Raises KeyError on another
    result. Where there are no rows, a sentence says so.
    """
    page = look(dark)
    if rows.empty:
        nothing: dict[str, Any] = said_instead(NOTHING, page, title).to_dict()
        return nothing
    shown = _marked(rows.head(MOST).reset_index(drop=True), page)
    hidden = len(rows) - len(shown)
    how = HOW_TO_READ + (f" In the table: {hidden} more." if hidden > 0 else "")
    words = Words(title, description or told(rows), how)
    return filled(_template(dark), words, _ROW * len(shown), {"rows": shown})


def told(rows: pd.DataFrame) -> str:
    """The picture in words, for those who do not see it."""
    if rows.empty:
        return NOTHING
    parts = [f"{row.what}: {_came(row)}" for row in _each(rows)]
    return f"Expected and what came of it. {'; '.join(parts)}."


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """All of it in words, in the order of the picture."""
    return pd.DataFrame(
        {
            "What": [f"{row.what}, {row.quarter}" for row in _each(rows)],
            "Expected": [_range(row) or "in words only" for row in _each(rows)],
            "What came": [_with_unit(row.actual, row.unit) for row in _each(rows)],
            "Result": rows["result"].map(RESULTS.__getitem__),
        }
    )


def _each(rows: pd.DataFrame) -> list[Any]:
    return list(rows.itertuples())


def _marked(rows: pd.DataFrame, page: Look) -> pd.DataFrame:
    """Rows with where they stand (level in pixels; from, to and place from 0 to 1), colour, shape
    and words."""
    every = _each(rows)
    results = rows["result"]
    counted = [not pd.isna(row.actual) and bool(_range(row)) for row in every]
    colours = results.map(_COLOURS.__getitem__)
    return rows.assign(
        level=[_ROW * at + _ROW / 2 for at in range(len(rows))],
        begin=[0.0 if _only(row, "high") else 1 / 3 for row in every],
        end=[1.0 if _only(row, "low") else 2 / 3 for row in every],
        place=[_place(row) if ok else _BY_WORD[row.result] for row, ok in zip(every, counted,
               strict=True)],
        colour=colours,
        fill=[c if ok else page.ground for c, ok in zip(colours, counted, strict=True)],
        shape=results.map(_SHAPES.__getitem__),
        brief=[cut(name, PHONE - 14) for name in rows["what"]],
        came=[_came(row) for row in every],
        spoken=[f"{row.what}: {_came(row)}" for row in every],
    )  # fmt: skip


def _place(row: Any) -> float:
    """Where a number stands: the expected range is the middle third."""
    if _only(row, "low"):
        at = 1 / 3 + (row.actual - row.low) / max(abs(row.low), 1e-9) / 3
    elif _only(row, "high"):
        at = 2 / 3 + (row.actual - row.high) / max(abs(row.high), 1e-9) / 3
    else:
        span = row.high - row.low or max(abs(row.high), 1e-9) / 2
        at = 1 / 3 + (row.actual - row.low) / span / 3
    return float(min(1 - _EDGE, max(_EDGE, at)))


def _only(row: Any, end: str) -> bool:
    other = "high" if end == "low" else "low"
    return not pd.isna(getattr(row, end)) and pd.isna(getattr(row, other))


def _range(row: Any) -> str:
    """`3 to 5 shares`, `at least 3 shares`; '' where no number was expected."""
    unit = f" {row.unit}" if row.unit else ""
    if pd.isna(row.low) and pd.isna(row.high):
        return ""
    if _only(row, "low"):
        return f"at least {number(row.low)}{unit}"
    if _only(row, "high"):
        return f"at most {number(row.high)}{unit}"
    return f"{number(row.low)} to {number(row.high)}{unit}"


def _with_unit(value: float, unit: str) -> str:
    return NOT_KNOWN if pd.isna(value) else f"{number(value)} {unit}".strip()


def _came(row: Any) -> str:
    said = [f"expected {_range(row)}"] if _range(row) else []
    said += [] if pd.isna(row.actual) else [f"came {_with_unit(row.actual, row.unit)}"]
    return ", ".join([*said, RESULTS[row.result]])


@cache
def _template(dark: bool) -> dict[str, Any]:
    page = look(dark)
    base = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y("level:Q", scale=None, axis=None),
        tooltip=[
            alt.Tooltip("what:N", title="What"),
            alt.Tooltip("came:N", title="What came of it"),
            alt.Tooltip("quarter:N", title="From"),
        ],
    )
    across = alt.Scale(domain=[0, 1], nice=False)
    band = base.mark_bar(height=13, cornerRadius=3, color=page.line, aria=False).encode(
        x=alt.X("begin:Q", scale=across, axis=None), x2="end:Q"
    )
    mark = base.mark_point(size=150, strokeWidth=2.5, opacity=1).encode(
        x=alt.X("place:Q", scale=across, axis=None),
        stroke=alt.Stroke("colour:N", scale=None),
        fill=alt.Fill("fill:N", scale=None),
        shape=alt.Shape("shape:N", scale=None),
        description="spoken:N",
    )
    chart = alt.layer(
        band, mark, _text(base, "brief", -19, 13, page.ink), _text(base, "came", 17, 12, page.quiet)
    ).properties(width="container", autosize=HIGH_AS_SAID)
    made: dict[str, Any] = dressed(chart, page, "", "").to_dict()
    return made


def _text(base: alt.Chart, field: str, dy: int, size: int, colour: str) -> alt.Chart:
    words: alt.Chart = base.mark_text(
        align="left",
        baseline="middle",
        dy=dy,
        fontSize=size,
        color=colour,
        limit=alt.ExprRef("width"),
        aria=False,
    ).encode(x=alt.value(0), text=f"{field}:N")
    return words
