"""Choosing against doing: a path by quarter; on the diagonal both cycles are in balance."""

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
    Look,
    dressed,
    level_word,
    look,
    mixed,
    said_instead,
)
from charts.wording import NOT_KNOWN

TITLE = "Choosing and doing, each from 0 to 4"
NOTHING = (
    "No quarter has answers to all of factors 1 to 7 yet. One round of the eight questions that "
    "has come to its end draws the first point."
)
HOW_TO_READ = (
    "Along: choosing (factors 1 to 4). Up: doing (5 to 7). The larger the dot, the better we learn "
    "(8). On the dashed line both keep pace."
)
HEIGHT = 340
APART = 1.0
"""Levels between both cycles from which they are out of balance."""

_EMPTY = 70
"""Square pixels of a dot whose learning is not known; others begin above it."""

_FIELD = {
    "corners": pd.DataFrame(
        [(APART, 0.0, "below", 0), (4.25, 4.25 - APART, "below", 1), (4.25, 0.0, "below", 2),
         (0.0, APART, "above", 0), (4.25 - APART, 4.25, "above", 1), (0.0, 4.25, "above", 2)],
        columns=["inner", "outer", "corner", "at"],
    ),
    "diagonal": pd.DataFrame([(0.0, 0.0), (4.25, 4.25)], columns=["inner", "outer"]),
    "corner_words": pd.DataFrame(
        [(4.15, 0.14, "More is chosen than done", "right"),
         (0.06, 4.08, "More is done than chosen", "left")],
        columns=["inner", "outer", "says", "side"],
    ),
}  # fmt: skip


def balance(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> alt.LayerChart:
    """A dot a quarter, joined in their order; see `spec`."""
    return drawn(spec(rows, dark=dark, title=title, description=description))


def spec(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> dict[str, Any]:
    """The chart as a Vega-Lite specification, made at once.

    `rows`, the oldest first: quarter (words), inner and outer (means of factors 1-4 and 5-7, 0-4)
    and centre (factor 8, 0-4, missing while not known). Without any, a sentence says what is
    missing.
    """
    page = look(dark)
    if rows.empty:
        nothing: dict[str, Any] = said_instead(NOTHING, page, title).to_dict()
        return nothing
    dots = _dots(rows, page)
    named = dots[dots["named"] != ""]
    words = Words(title, description or told(rows), f"{stands(rows)} {HOW_TO_READ}")
    return filled(_template(dark), words, HEIGHT, {"dots": dots, "named": named, **_FIELD})


def told(rows: pd.DataFrame) -> str:
    """The picture in words: where it stands now, and how it came there."""
    if rows.empty:
        return NOTHING
    parts = [f"{r.quarter}: choosing {r.inner:.1f}, doing {r.outer:.1f}" for r in rows.itertuples()]
    return f"{stands(rows)} {'; '.join(parts)}."


def stands(rows: pd.DataFrame) -> str:
    """What the newest quarter says of the balance, in a sentence."""
    apart = float(rows["inner"].iloc[-1] - rows["outer"].iloc[-1])
    if abs(apart) < APART:
        return "Choosing and doing keep pace."
    ahead, behind = ("Choosing", "doing") if apart > 0 else ("Doing", "choosing")
    return f"{ahead} is {abs(apart):.1f} of 4 ahead of {behind}."


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """The same numbers."""
    return pd.DataFrame(
        {
            "Quarter": rows["quarter"],
            "Choosing, 1 to 4": rows["inner"].map(_said),
            "Doing, 5 to 7": rows["outer"].map(_said),
            "How we learn": rows["centre"].map(_said),
        }
    )


def _said(score: float | None) -> str:
    return NOT_KNOWN if score is None or pd.isna(score) else f"{score:.1f}, {level_word(score)}"


def _dots(rows: pd.DataFrame, page: Look) -> pd.DataFrame:
    """Dots with their size; the older, the paler; the first and the last one by name. Quarters on
    the same spot are one dot, with the newest on top."""
    centre = pd.to_numeric(rows["centre"]).astype("float64")
    last = len(rows) - 1
    names = rows["quarter"].tolist()
    same = last > 0 and rows[["inner", "outer"]].iloc[[0, last]].nunique().max() == 1
    ends = {last: names[-1]} if same or not last else {0: names[0], last: names[-1]}
    return rows.reset_index(drop=True).assign(
        at=range(len(rows)),
        size=(_EMPTY + 110 * centre).fillna(_EMPTY),
        fill=[mixed(BLUE, page.ground, 0.62 * (last - n) / max(last, 1)) for n in range(last + 1)],
        learns=centre.map(_said),
        named=[ends.get(n, "") for n in range(last + 1)],
        spoken=[
            f"{r.quarter}: choosing {r.inner:.1f}, doing {r.outer:.1f}" for r in rows.itertuples()
        ],
    )


def _axis(field: str, title: str) -> dict[str, Any]:
    return {
        "field": field,
        "type": "quantitative",
        "scale": alt.Scale(domain=[-0.15, 4.25], nice=False),
        "axis": alt.Axis(values=[0, 1, 2, 3, 4], format="d", title=title),
    }


@cache
def _template(dark: bool) -> dict[str, Any]:
    page = look(dark)
    x = alt.X(**_axis("inner", "Choosing: what we want, where, what, who"))
    y = alt.Y(**_axis("outer", "Doing: hearing, answering, counting"))
    base = alt.Chart(alt.NamedData("dots"))
    path = base.mark_line(strokeWidth=2, color=page.quiet, opacity=0.7, aria=False).encode(
        x=x, y=y, order="at:Q"
    )
    dots = base.mark_circle(opacity=1, stroke=page.ground, strokeWidth=1.5).encode(
        x=x,
        y=y,
        order="at:Q",
        size=alt.Size("size:Q", scale=None),
        fill=alt.Fill("fill:N", scale=None),
        tooltip=[
            alt.Tooltip("quarter:N", title="Quarter"),
            alt.Tooltip("inner:Q", title="Choosing, 0 to 4", format=".1f"),
            alt.Tooltip("outer:Q", title="Doing, 0 to 4", format=".1f"),
            alt.Tooltip("learns:N", title="How we learn"),
        ],
        description="spoken:N",
    )
    names = (
        alt.Chart(alt.NamedData("named"))
        .mark_text(
            fontSize=12,
            dy=alt.ExprRef("datum.at ? -19 : 19"),
            align=alt.ExprRef("datum.inner > 3 ? 'right' : 'left'"),
            color=page.ink,
            aria=False,
        )
        .encode(x=x, y=y, text="named:N")
    )
    chart = alt.layer(*_field(page, x, y), path, dots, names).properties(
        width="container", autosize=HIGH_AS_SAID
    )
    made: dict[str, Any] = dressed(chart, page, TITLE, "").to_dict()
    return made


def _field(page: Look, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The diagonal, the two corners in which one cycle leaves the other behind, and their names."""
    corners, line, words = (alt.Chart(alt.NamedData(name)) for name in _FIELD)
    ground = corners.mark_line(
        filled=True, strokeWidth=0, color=mixed(ORANGE, page.ground, 0.85), aria=False
    ).encode(x=x, y=y, detail="corner:N", order="at:Q")
    diagonal = line.mark_line(strokeDash=[4, 4], color=page.unknown, aria=False).encode(x=x, y=y)
    says = words.mark_text(
        align=alt.ExprRef("datum.side"),
        fontStyle="italic",
        fontSize=12,
        color=page.quiet,
        aria=False,
    ).encode(x=x, y=y, text="says:N")
    return [ground, diagonal, says]
