"""Colours and type for every chart: Okabe-Ito without its black, on a light or a dark page."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

ORANGE, SKY, GREEN, YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, VERMILION, PURPLE = "#0072B2", "#D55E00", "#CC79A7"

LEVEL_COLOURS = (VERMILION, ORANGE, YELLOW, SKY, BLUE)
"""Levels 0-4, warm to water: the bluer, the better it flows. Told apart with any colour vision."""

LEVELS = ("not there", "by chance", "agreed", "lived", "learning")
"""The one set of level words, for 0-4."""

PHONE = 64
"""Letters of small words (12 pixels) in one line on a phone."""

FONT = "Source Sans, Source Sans Pro, sans-serif"


HIGH_AS_SAID = alt.AutoSizeParams(type="fit-x", contains="padding")
"""Only the width adapts to the page; title and axis come on top of the height."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a chart takes from the page: ground, words, quiet words, lines, the unknown."""

    ground: str
    ink: str
    quiet: str
    line: str
    unknown: str


LIGHT = Look(ground="#FFFFFF", ink="#262A33", quiet="#5B6270", line="#D5D9E0", unknown="#8A919E")
DARK = Look(ground="#171614", ink="#F2F4F8", quiet="#A9B1BF", line="#363C48", unknown="#7D8593")


def look(dark: bool) -> Look:
    """The page's colours in light or dark."""
    return DARK if dark else LIGHT


def mixed(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0-1) of `other` in it, both `#rrggbb`."""
    ours, theirs = _channels(colour), _channels(other)
    return "#" + "".join(
        f"{round(a + (b - a) * share):02X}" for a, b in zip(ours, theirs, strict=True)
    )


def level_colour(score: float) -> str:
    """The colour of a score 0-4; halves lie between their neighbours."""
    clamped = min(max(score, 0.0), 4.0)
    lower = min(int(clamped), 3)
    return mixed(LEVEL_COLOURS[lower], LEVEL_COLOURS[lower + 1], clamped - lower)


def level_word(score: float) -> str:
    """A score in words: `agreed`, or `agreed to lived` half way between two levels."""
    lower = int(score)
    if abs(score - lower) < 0.25:
        return LEVELS[lower]
    if score - lower > 0.75:
        return LEVELS[lower + 1]
    return f"{LEVELS[lower]} to {LEVELS[lower + 1]}"


def words_on(colour: str) -> str:
    """Dark or white words, whichever can be read on this colour."""
    shares = zip(_channels(colour), (0.299, 0.587, 0.114), strict=True)
    return "#14171D" if sum(value * share for value, share in shares) > 120 else "#FFFFFF"


def dressed(chart: Any, page: Look, title: str, description: str) -> Any:
    """A finished chart: its title with the unit, its description, the page's colours and type."""
    return (
        chart.properties(
            title=alt.TitleParams(
                title,
                anchor="start",
                fontSize=15,
                color=page.ink,
                subtitleColor=page.quiet,
                subtitleFontSize=12,
            ),
            description=description,
            background="transparent",
        )
        .configure(font=FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=page.quiet,
            titleColor=page.quiet,
            gridColor=page.line,
            domainColor=page.line,
            tickColor=page.line,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
        )
        .configure_legend(
            labelColor=page.quiet, titleColor=page.quiet, labelFontSize=12, titleFontSize=12
        )
    )


def said_instead(says: str, page: Look, title: str) -> alt.LayerChart:
    """A sentence where there is too little for a picture."""
    lines = wrap(says, PHONE)
    words = alt.Chart(pd.DataFrame([{"says": "\n".join(lines)}])).mark_text(
        align="left", baseline="top", lineBreak="\n", lineHeight=18, fontSize=13, color=page.quiet
    )
    placed = words.encode(x=alt.value(0), y=alt.value(4), text="says:N")
    chart = alt.layer(placed).properties(
        width="container", height=18 * len(lines) + 8, autosize=HIGH_AS_SAID
    )
    finished: alt.LayerChart = dressed(chart, page, title, says)
    return finished


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
