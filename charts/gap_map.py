"""What people expect against how well it works today: the wider the gap, the more it weighs."""

from __future__ import annotations

from textwrap import wrap
from typing import Literal

import altair as alt
import pandas as pd

from charts.theme import BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION, Look, dressed, look, mixed

_VOICES = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION)

_LINE = 22
"""Letters of a name in one line: what fits between two dots of the same importance."""

_HIGH = 15
"""Pixels from line to line."""

_ACROSS, _UP = (-0.35, 4.35), (0.7, 5.9)
"""The ends of both axes."""

_X = alt.X(
    "current:Q",
    title="How well it works today (0 to 4)",
    scale=alt.Scale(domain=list(_ACROSS)),
    axis=alt.Axis(values=[0, 1, 2, 3, 4], format="d"),
)
_Y = alt.Y(
    "importance:Q",
    title="How important it is (1 to 5)",
    scale=alt.Scale(domain=list(_UP)),
    axis=alt.Axis(values=[1, 2, 3, 4, 5], format="d"),
)


def gap_map(
    topics: pd.DataFrame,
    voices: pd.DataFrame,
    *,
    dark: bool,
    title: str,
    description: str,
    before: pd.DataFrame | None = None,
) -> alt.LayerChart:
    """Topics by importance (1-5) and how well they work today (0-4).

    `topics`: topic, importance, current (medians of all who named it) and voices (how many).
    `voices`: topic, voice (a function, leadership or customers), importance, current. A cross is
    one voice, joined to its topic by a thread: long threads mean people see it differently.
    `before`: topic, importance and current of an earlier map; an arrow leads from where a topic was
    to where it is now.
    """
    page = look(dark)
    chart = alt.layer(
        *_field(page),
        *_threads(topics, voices, page),
        *_arrows(topics, before, page),
        _dots(topics, page),
        *_names(topics, page),
    ).properties(width="container", height=430)
    finished: alt.LayerChart = dressed(
        chart.resolve_scale(color="independent"), page, title, description
    )
    return finished


def _field(page: Look) -> list[alt.Chart]:
    """The corner where something matters and does not work yet."""
    corner = pd.DataFrame([{"current": -0.35, "right": 2.0, "importance": 3.0, "top": 5.9}])
    words = pd.DataFrame([{"current": -0.27, "importance": 5.86, "says": "Matters, not there yet"}])
    ground = (
        alt.Chart(corner)
        .mark_rect(color=mixed(ORANGE, page.ground, 0.85), aria=False)
        .encode(x=_X, x2="right:Q", y=_Y, y2="top:Q")
    )
    says = (
        alt.Chart(words)
        .mark_text(align="left", baseline="top", fontStyle="italic", fontSize=12, aria=False)
        .encode(x=_X, y=_Y, text="says:N", color=alt.value(page.quiet))
    )
    return [ground, says]


def _threads(topics: pd.DataFrame, voices: pd.DataFrame, page: Look) -> list[alt.Chart]:
    """A cross for each voice, with a thread to the middle of its topic."""
    middles = topics.rename(columns={"importance": "y2", "current": "x2"})[["topic", "x2", "y2"]]
    rows = voices.merge(middles, on="topic")
    names = sorted(voices["voice"].unique())
    colours = [_VOICES[i % len(_VOICES)] for i in range(len(names))]
    threads = (
        alt.Chart(rows)
        .mark_rule(color=page.unknown, strokeWidth=1, opacity=0.7, aria=False)
        .encode(x=_X, y=_Y, x2="x2:Q", y2="y2:Q")
    )
    crosses = (
        alt.Chart(rows)
        .mark_point(shape="cross", size=70, filled=True, opacity=1)
        .encode(
            x=_X,
            y=_Y,
            color=alt.Color(
                "voice:N",
                scale=alt.Scale(domain=names, range=colours),
                legend=alt.Legend(title=None, orient="bottom", columns=3, symbolType="cross"),
            ),
            tooltip=[
                alt.Tooltip("topic:N", title="Topic"),
                alt.Tooltip("voice:N", title="Said by"),
                alt.Tooltip("importance:Q", title="Importance, 1 to 5"),
                alt.Tooltip("current:Q", title="Works today, 0 to 4"),
            ],
        )
    )
    return [threads, crosses]


def _arrows(topics: pd.DataFrame, before: pd.DataFrame | None, page: Look) -> list[alt.Chart]:
    """From where a topic was to where it is now, if it moved; the head ends at the dot's edge."""
    if before is None:
        return []
    was = before.rename(columns={"importance": "y2", "current": "x2"})[["topic", "x2", "y2"]]
    rows = topics.merge(was, on="topic")
    moved = rows[(rows["x2"] != rows["current"]) | (rows["y2"] != rows["importance"])]
    if moved.empty:
        return []
    base = alt.Chart(moved).transform_calculate(
        turn=f"atan2((datum.y2 - datum.importance) / {_UP[1] - _UP[0]:g} * height,"
        f" (datum.current - datum.x2) / {_ACROSS[1] - _ACROSS[0]:g} * width)"
    )
    shafts = base.mark_rule(color=page.ink, strokeWidth=1.6, strokeDash=[5, 4], aria=False).encode(
        x=_X, y=_Y, x2="x2:Q", y2="y2:Q"
    )
    heads = (
        base.transform_calculate(degrees="datum.turn * 180 / PI")
        .mark_point(
            shape="M-1,-0.8L0.4,0L-1,0.8Z",
            size=120,
            filled=True,
            opacity=1,
            color=page.ink,
            xOffset=alt.ExprRef("-12 * cos(datum.turn)"),
            yOffset=alt.ExprRef("-12 * sin(datum.turn)"),
            aria=False,
        )
        .encode(x=_X, y=_Y, angle=alt.Angle("degrees:Q", scale=None))
    )
    return [shafts, heads]


def _dots(topics: pd.DataFrame, page: Look) -> alt.Chart:
    dots: alt.Chart = (
        alt.Chart(topics)
        .mark_circle(size=230, opacity=1, stroke=page.ground, strokeWidth=2, color=page.ink)
        .encode(
            x=_X,
            y=_Y,
            tooltip=[
                alt.Tooltip("topic:N", title="Topic"),
                alt.Tooltip("importance:Q", title="Importance, 1 to 5"),
                alt.Tooltip("current:Q", title="Works today, 0 to 4"),
                alt.Tooltip("voices:Q", title="Voices"),
            ],
        )
    )
    return dots


def _names(topics: pd.DataFrame, page: Look) -> list[alt.Chart]:
    """Names beside the dots, turned towards the middle; topics on one spot share a name. Where
    several dots stand in a row, their names go above and below it in turn."""
    lines = topics.assign(topic=["\n".join(wrap(topic, _LINE)) for topic in topics["topic"]])
    spots = (
        lines.groupby(["importance", "current"], as_index=False)
        .agg(name=("topic", "\n".join))
        .assign(
            right=lambda spot: spot["current"] > 2,
            dy=lambda spot: _lifts(spot["importance"], spot["name"]),
        )
    )
    kinds = dict.fromkeys(zip(spots["right"], spots["dy"], strict=True))
    return [
        _name(
            spots[(spots["right"] == right) & (spots["dy"] == dy)],
            "right" if right else "left",
            dy,
            page,
        )
        for right, dy in kinds
    ]


def _lifts(importance: pd.Series[float], names: pd.Series[str]) -> list[float]:
    """How far each name's first line is from its dot: centred if it is alone in its row, else above
    and below in turn."""
    rows = importance.map(importance.value_counts())
    turns = importance.groupby(importance).cumcount()
    return [
        -9 - (name.count("\n") * _HIGH) if many > 1 and turn % 2 == 0
        else 9 if many > 1
        else -name.count("\n") * _HIGH / 2
        for many, turn, name in zip(rows, turns, names, strict=True)
    ]  # fmt: skip


def _name(rows: pd.DataFrame, align: Literal["left", "right"], dy: float, page: Look) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(rows[["importance", "current", "name"]])
        .mark_text(
            align=align,
            dx=13 if align == "left" else -13,
            dy=dy,
            baseline="middle",
            fontSize=13,
            lineHeight=_HIGH,
            lineBreak="\n",
            limit=alt.ExprRef("width < 500 ? 150 : 420"),
            aria=False,
        )
        .encode(x=_X, y=_Y, text="name:N", color=alt.value(page.ink))
    )
    return chart
