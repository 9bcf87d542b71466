"""Hours used: what promises, activities and channels take of the hours that may be planned."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from charts import theme
from charts.template import Words, drawn, filled
from charts.theme import BLUE, GREEN, ORANGE, Look, look
from charts.wording import NOT_KNOWN, hours

TITLE = "Hours a week"
NOTHING = "Nobody has given hours yet, and nothing planned takes any."
HOW_TO_READ = "The upright line: what may be planned."

PARTS = {"promised": "Promised work", "activities": "Activities", "channels": "Channels"}
"""The columns of hours and their words, in the order of the bar."""

_COLOURS = {BLUE: "#FFFFFF", GREEN: "#14171D", ORANGE: "#14171D"}
"""Of the parts, from dark to light, and of the numbers on them."""

_ROW, _BAR, _WORDS = 66, 26, 22
"""Pixels for a bar with its words, for the bar, and for the words above it."""

_END = 6
"""Pixels at the right end, so that the line of the limit is whole."""


def hours_bar(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> alt.LayerChart:
    """A bar a plan, one above the other on one scale; see `spec`."""
    return drawn(spec(rows, dark=dark, title=title, description=description))


def spec(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> dict[str, Any]:
    """The chart as a Vega-Lite specification, made at once.

    `rows`: name ("Before", "After", …; each once), promised, activities and channels (hours a week
    that each takes) and limit (hours a week that may be planned; missing where nobody said). Where
    there is nothing to add up, a sentence says so.
    """
    known = _known(rows)
    longest = max([0.0, *known["together"], *known["limit"].dropna()])
    if not longest:
        nothing: dict[str, Any] = theme.said_instead(NOTHING, look(dark), title).to_dict()
        return nothing
    bars = known.assign(
        at=[at * _ROW + 4 for at in range(len(known))], longest=longest, says=_headlines(known)
    )
    how_to_read = HOW_TO_READ if bars["limit"].notna().any() else ""
    words = Words(title, description or told(rows), how_to_read)
    free, limits = bars[bars["limit"] > bars["together"]], bars[bars["limit"].notna()]
    named = {
        "bars": bars,
        "pieces": _pieces(bars),
        "free": free.assign(start=free["together"], end=free["limit"]),
        "limits": limits.assign(start=limits["limit"], end=limits["limit"]),
    }
    return filled(_template(dark), words, _ROW * len(bars) - 6, named)


def told(rows: pd.DataFrame) -> str:
    """The picture in words, for those who do not see it."""
    known = _known(rows)
    parts = [
        f"{says} ({', '.join(f'{word} {hours(row[name])}' for name, word in PARTS.items())})"
        for says, row in zip(_headlines(known), known.to_dict("records"), strict=True)
    ]
    return f"{'; '.join(parts)}." if parts else NOTHING


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """The same numbers; a row a bar."""
    known = _known(rows)
    left = known["limit"] - known["together"]
    words = {"Plan": known["name"]}
    words |= {word: known[name].map(hours) for name, word in PARTS.items()}
    words["Together"] = known["together"].map(hours)
    words["May be planned"] = known["limit"].map(hours)
    words["Left"] = left.map(
        lambda one: (
            NOT_KNOWN if pd.isna(one) else f"{hours(-one)} too many" if one < 0 else hours(one)
        )
    )
    return pd.DataFrame(words)


def _known(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with numbers, and what is taken together in whole hundredths."""
    numbers = rows.assign(**{name: pd.to_numeric(rows[name]) for name in (*PARTS, "limit")})
    together = numbers[list(PARTS)].sum(axis=1).round(2)
    return numbers.assign(together=together).reset_index(drop=True)


def _headlines(known: pd.DataFrame) -> list[str]:
    return [
        f"{name}: {_standing(together, limit)}"
        for name, together, limit in zip(
            known["name"], known["together"], known["limit"], strict=True
        )
    ]


def _standing(together: float, limit: float) -> str:
    """What is taken of what there is, and what that leaves."""
    if pd.isna(limit):
        return f"{hours(together)}; nobody has given hours yet"
    left = round(limit - together, 2)
    after = (
        f"{hours(left)} left" if left > 0 else f"{hours(-left)} too many" if left else "all taken"
    )
    return f"{hours(together)} of {hours(limit)}, {after}"


def _pieces(bars: pd.DataFrame) -> pd.DataFrame:
    """A row a piece that takes hours: name, part, start and end (hours), and its words."""
    rows = []
    for bar in bars.to_dict("records"):
        start = 0.0
        for (column, word), ink in zip(PARTS.items(), _COLOURS.values(), strict=True):
            end = start + float(bar[column])
            said = hours(bar[column])
            if end > start:
                rows.append(
                    {
                        "name": bar["name"], "part": word, "start": start, "end": end,
                        "at": bar["at"], "longest": bar["longest"], "said": said,
                        "spoken": f"{bar['name']}, {word}: {said}", "ink": ink,
                    }
                )  # fmt: skip
            start = end
    columns = ["name", "part", "start", "end", "at", "longest", "said", "spoken", "ink"]
    return pd.DataFrame(rows, columns=columns)


@cache
def _template(dark: bool) -> dict[str, Any]:
    page = look(dark)
    chart = alt.layer(_free(page), *_parts(page), _limit(page), _words(page)).properties(
        width="container", autosize=theme.HIGH_AS_SAID
    )
    made: dict[str, Any] = theme.dressed(chart, page, TITLE, "").to_dict()
    return made


def _placed(rows: str) -> alt.Chart:
    """Pixels from hours: where a piece starts, ends and has its middle; top and bottom."""
    unit = f"(width - {_END}) / datum.longest"
    return (
        alt.Chart(alt.NamedData(rows))
        .transform_calculate(
            left=f"datum.start * {unit}",
            right=f"datum.end * {unit}",
            top=f"datum.at + {_WORDS}",
            bottom=f"datum.at + {_WORDS + _BAR}",
        )
        .transform_calculate(
            middle="(datum.left + datum.right) / 2", level="(datum.top + datum.bottom) / 2"
        )
    )


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=None, axis=None)


def _y(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def _free(page: Look) -> alt.Chart:
    """The place that is left up to the limit."""
    free: alt.Chart = (
        _placed("free")
        .mark_rect(filled=False, stroke=page.unknown, strokeDash=[3, 3], aria=False)
        .encode(x=_x("left"), x2="right:Q", y=_y("top"), y2="bottom:Q")
    )
    return free


def _parts(page: Look) -> list[alt.Chart]:
    """The pieces of each bar, with their hours where there is room for them."""
    scale = alt.Scale(domain=list(PARTS.values()), range=list(_COLOURS))
    legend = alt.Legend(title=None, orient="bottom", symbolType="square")
    base = _placed("pieces").encode(
        tooltip=[
            alt.Tooltip("name:N", title="Plan"),
            alt.Tooltip("part:N", title="What"),
            alt.Tooltip("said:N", title="Hours a week"),
        ]
    )
    drawn = base.mark_rect(stroke=page.ground, strokeWidth=1.5).encode(
        x=_x("left"),
        x2="right:Q",
        y=_y("top"),
        y2="bottom:Q",
        fill=alt.Fill("part:N", scale=scale, legend=legend),
        description="spoken:N",
    )
    numbers = (
        base.transform_filter("datum.right - datum.left >= 34")
        .mark_text(baseline="middle", fontSize=12, fontWeight="bold", aria=False)
        .encode(x=_x("middle"), y=_y("level"), text="said:N", color=alt.Color("ink:N", scale=None))
    )
    return [drawn, numbers]


def _limit(page: Look) -> alt.Chart:
    """The line of what may be planned, a little longer than the bar is high."""
    line: alt.Chart = (
        _placed("limits")
        .transform_calculate(above="datum.top - 4", below="datum.bottom + 4")
        .mark_rule(strokeWidth=3, color=page.ink, aria=False)
        .encode(x=_x("left"), y=_y("above"), y2="below:Q")
    )
    return line


def _words(page: Look) -> alt.Chart:
    """Whose bar it is, and what is taken of what there is."""
    words: alt.Chart = (
        alt.Chart(alt.NamedData("bars"))
        .mark_text(
            align="left",
            baseline="top",
            fontSize=13,
            color=page.ink,
            limit=alt.ExprRef("width"),
            aria=False,
        )
        .encode(x=alt.value(0), y=_y("at"), text="says:N")
    )
    return words
