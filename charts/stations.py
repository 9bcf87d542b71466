"""The eight stations on the river: discs, names and scores, and what each loop is for."""

from __future__ import annotations

import altair as alt
import pandas as pd

from charts import river
from charts.canvas import X, Y, placed
from charts.theme import Look, level_colour, level_word, words_on

_BESIDE = {  # station: (right, up) of the disc on a wide page, and upright
    1: ((0.0, 1.0), (-1.0, 0.0)),
    2: ((-1.0, 0.0), (-1.0, 0.0)),
    3: ((-1.0, 0.0), (1.0, 0.0)),
    4: ((0.0, -1.0), (1.0, 0.0)),
    5: ((0.0, 1.0), (-1.0, 0.0)),
    6: ((1.0, 0.0), (0.0, -1.0)),
    7: ((0.0, -1.0), (1.0, 0.0)),
    8: ((0.0, -2.2), (1.0, 0.0)),
}


def marked(stations: pd.DataFrame, page: Look) -> pd.DataFrame:
    """Stations with where they lie (x, y), their colours, and the words beside them (says)."""
    places = [river.place(int(number)) for number in stations["number"]]
    scores = [None if pd.isna(score) else float(score) for score in stations["score"]]
    fills = [page.ground if s is None else level_colour(s) for s in scores]
    return stations.assign(
        x=[x for x, _ in places],
        y=[y for _, y in places],
        fill=fills,
        edge=[page.unknown if s is None else page.ground for s in scores],
        figure=[
            page.quiet if s is None else words_on(fill)
            for s, fill in zip(scores, fills, strict=True)
        ],
        says=["not known yet" if s is None else _said(s) for s in scores],
    )


def _said(score: float) -> str:
    """Short enough to stand beside a station: the level's word, or the number between two."""
    return f"{score:g} · {level_word(score)}" if score == int(score) else f"{score:g} of 4"


def disc_layers(marks: pd.DataFrame, page: Look) -> list[alt.Chart]:
    """Numbered discs in the colour of the score, hollow where it is not known; a ring around the
    station that holds the flow back."""
    ring = (
        placed(alt.Chart(marks[marks["held_back"]]))
        .mark_point(
            filled=False,
            size=alt.ExprRef("pow(disc + 17, 2)"),
            strokeWidth=3,
            opacity=1,
            aria=False,
        )
        .encode(x=X, y=Y, color=alt.value(page.ink))
    )
    base = placed(alt.Chart(marks)).transform_calculate(
        spoken="datum.name + ': ' + datum.says + (datum.held_back ? ', holds the flow back' : '')"
    )
    discs = base.mark_circle(size=alt.ExprRef("pow(disc, 2)"), opacity=1, strokeWidth=2.5).encode(
        x=X,
        y=Y,
        fill=alt.Fill("fill:N", scale=None, legend=None),
        stroke=alt.Stroke("edge:N", scale=None, legend=None),
        tooltip=[
            alt.Tooltip("name:N", title="Factor"),
            alt.Tooltip("says:N", title="Score, 0 to 4"),
            alt.Tooltip("note:N", title="Answers"),
        ],
        description="spoken:N",
    )
    numbers = base.mark_text(
        fontSize=alt.ExprRef("max(unit * 0.17, 13)"),
        fontWeight="bold",
        baseline="middle",
        dy=1,
        aria=False,
        tooltip=None,
    ).encode(x=X, y=Y, text="number:N", color=alt.Color("figure:N", scale=None, legend=None))
    return [ring, discs, numbers]


def name_layers(marks: pd.DataFrame, page: Look) -> list[alt.Chart]:
    """Names and scores outside the loops, where the river leaves room; bold, and clear of the ring,
    where the flow is held back."""
    spots = [(*lying, *standing) for lying, standing in (_BESIDE[int(n)] for n in marks["number"])]
    sides = pd.DataFrame(spots, columns=["right", "up", "right_upright", "up_upright"])
    rows = marks[["x", "y", "name", "says", "held_back"]].reset_index(drop=True).join(sides)
    gap = "(datum.held_back ? 20 : 13)"
    base = (
        placed(alt.Chart(rows))
        .transform_calculate(
            sideways="upright ? datum.right_upright : datum.right",
            upwards="upright ? datum.up_upright : datum.up",
        )
        .transform_calculate(
            beside=f"datum.px + datum.sideways * (disc / 2 + {gap})",
            level=f"datum.py - datum.upwards * (disc / 2 + {gap} + 13)",
        )
        .encode(
            x=alt.X("beside:Q", scale=None, axis=None), y=alt.Y("level:Q", scale=None, axis=None)
        )
    )
    return [
        base.mark_text(
            align=alt.ExprRef(
                "datum.sideways < 0 ? 'right' : datum.sideways > 0 ? 'left' : 'center'"
            ),
            baseline="middle",
            fontSize=size,
            fontWeight=alt.ExprRef("datum.held_back ? 'bold' : 'normal'"),
            dy=below,
            aria=False,
        ).encode(text=f"{field}:N", color=alt.value(colour))
        for field, size, colour, below in (
            ("name", 15, page.ink, -8),
            ("says", 13, page.quiet, 9),
        )
    ]


def loop_layer(stations: pd.DataFrame, page: Look) -> alt.Chart:
    """What each loop is for, in its middle, with the mean of its stations once all are known."""
    scores = stations.set_index("number")["score"]
    rows = pd.DataFrame(
        [
            {"x": -river.CENTRE, "y": 0.0, "text": _loop("Choosing", scores, (1, 2, 3, 4))},
            {"x": river.CENTRE, "y": 0.0, "text": _loop("Doing", scores, (5, 6, 7))},
        ]
    )
    words: alt.Chart = (
        placed(alt.Chart(rows))
        .mark_text(lineBreak="\n", lineHeight=20, fontSize=14, fontStyle="italic", aria=False)
        .encode(x=X, y=Y, text="text:N", color=alt.value(page.quiet))
    )
    return words


def _loop(name: str, scores: pd.Series, numbers: tuple[int, ...]) -> str:
    own = scores.reindex(list(numbers)).astype(float)
    return name if own.isna().any() else f"{name}\n{own.mean():.1f}"
