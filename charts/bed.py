"""The river itself: its bed, the water in it, and which way it flows."""

from __future__ import annotations

import altair as alt
import pandas as pd

from charts import river
from charts.canvas import COLOUR, SIZE, X, Y, placed
from charts.theme import Look, level_colour, mixed

STEPS = 24  # pieces of a reach; enough for colour to flow without seams

_PALE = 0.52  # how far the bed's colour lies from the water's, towards the page
_OVER = {(4, 8), (8, 5)}  # the course that passes over the other at the crossing


def bed(stations: pd.DataFrame, hand_overs: pd.DataFrame, page: Look) -> pd.DataFrame:
    """The whole course in points: x, y, at, reach, over (0, 1), width and water (loop radii) and
    colour. The width is the score; the water is the share handed over, never more than the bed
    holds, and missing where it is not known."""
    scores = {
        int(number): None if pd.isna(score) else float(score)
        for number, score in zip(stations["number"], stations["score"], strict=True)
    }
    points = pd.concat(
        [_reach(start, end, scores, page) for start, end in river.REACHES], ignore_index=True
    )
    shares = {f"{row.start}-{row.end}": row.share for row in hand_overs.itertuples()}
    share = pd.to_numeric(points["reach"].map(shares), errors="coerce")
    return points.assign(water=(0.03 + 0.25 * share).clip(upper=points["width"]))


def _reach(start: int, end: int, scores: dict[int, float | None], page: Look) -> pd.DataFrame:
    points = river.way(start, end, STEPS)
    first, last = scores.get(start), scores.get(end)
    points["width"] = [river.swell(a, _width(first), _width(last)) for a in points["along"]]
    points["colour"] = [_colour(a, first, last, page) for a in points["along"]]
    points["reach"] = f"{start}-{end}"
    points["over"] = int((start, end) in _OVER)
    points["at"] = range(len(points))
    return points


def _width(score: float | None) -> float:
    return 0.14 if score is None else 0.05 + 0.092 * score


def _colour(along: float, first: float | None, last: float | None, page: Look) -> str:
    if first is not None and last is not None:
        return level_colour(river.swell(along, first, last))
    ends = [page.unknown if score is None else level_colour(score) for score in (first, last)]
    return mixed(ends[0], ends[1], river.swell(along, 0.0, 1.0))


def bed_layers(points: pd.DataFrame, page: Look) -> list[alt.Chart]:
    """Both courses, each with a rim of the page's colour so that one passes over the other."""
    layers = []
    for over in (0, 1):
        course = points[points["over"] == over]
        rim = course[["x", "y", "at", "width"]].assign(piece=course["reach"], colour=page.ground)
        pieces = _pieces(course)[["x", "y", "at", "piece", "width", "colour"]]
        pale = pieces.assign(colour=[mixed(c, page.ground, _PALE) for c in pieces["colour"]])
        layers.append(_trail(rim, "datum.width * unit + 9"))
        layers.append(_trail(pale, "datum.width * unit"))
    return layers


def water_layers(points: pd.DataFrame, page: Look) -> list[alt.Chart]:
    """Water where a hand-over is known; a dotted line where it is not known yet."""
    known = _pieces(points[points["water"].notna()])
    flowing = _trail(known[["x", "y", "at", "piece", "water", "colour"]], "datum.water * unit")
    dotted = (
        placed(alt.Chart(points[points["water"].isna()][["x", "y", "at", "reach"]]))
        .mark_line(strokeDash=[2, 7], strokeWidth=2, strokeCap="round", opacity=0.75, aria=False)
        .encode(x=X, y=Y, order="at:Q", detail="reach:N", color=alt.value(page.quiet))
    )
    return [flowing, dotted]


def _pieces(points: pd.DataFrame) -> pd.DataFrame:
    """Each pair of neighbouring points as a piece of its own, so that the colour can change."""
    firsts = points[points["at"] < STEPS].copy()
    seconds = points[points["at"] > 0].copy()
    firsts["piece"] = firsts["reach"] + "/" + firsts["at"].astype(str).str.zfill(2)
    seconds["piece"] = firsts["piece"].to_numpy()
    seconds["colour"] = firsts["colour"].to_numpy()
    return pd.concat([firsts, seconds]).sort_values(["piece", "at"])


def _trail(rows: pd.DataFrame, wide: str) -> alt.Chart:
    base = placed(alt.Chart(rows)).transform_calculate(wide=wide)
    trail: alt.Chart = base.mark_trail(aria=False).encode(
        x=X, y=Y, size=SIZE, color=COLOUR, order="at:Q", detail="piece:N"
    )
    return trail


def direction_layer(points: pd.DataFrame, page: Look) -> alt.Chart:
    """A small arrowhead half way along each reach: which way the work flows."""
    middle, after = (
        points[points["at"] == at].reset_index(drop=True) for at in (STEPS // 2, STEPS // 2 + 1)
    )
    rows = middle[["x", "y"]].assign(dx=after["x"] - middle["x"], dy=after["y"] - middle["y"])
    heads: alt.Chart = (
        placed(alt.Chart(rows))
        .transform_calculate(
            right="upright ? -datum.dy : datum.dx", down="upright ? datum.dx : -datum.dy"
        )
        .transform_calculate(turn="atan2(tall * datum.down, unit * datum.right) * 180 / PI")
        .mark_point(
            shape="M-0.7,-1L0.5,0L-0.7,1",
            size=alt.ExprRef("pow(max(unit * 0.1, 8), 2)"),
            strokeWidth=2.4,
            strokeCap="round",
            filled=False,
            aria=False,
        )
        .encode(x=X, y=Y, angle=alt.Angle("turn:Q", scale=None), color=alt.value(page.ink))
    )
    return heads
