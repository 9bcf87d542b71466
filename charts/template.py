"""Charts that answer at once: built with Altair a single time, filled with rows every time.

Building a chart of many layers takes Altair longer than a page may take to answer; filling takes
no longer than the rows. A template names its rows, their values come with each filling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from charts.theme import PHONE


@dataclass(frozen=True, slots=True)
class Words:
    """What a chart says of itself: its title with the unit, for those who do not see it, and under
    the title how to read it."""

    title: str
    description: str
    how_to_read: str = ""


def filled(
    template: Mapping[str, Any], words: Words, height: float, rows: Mapping[str, pd.DataFrame]
) -> dict[str, Any]:
    """The specification with its words, its height in pixels and the rows of each name; the
    template stays as it is."""
    title = {**template["title"], "text": words.title}
    if words.how_to_read:
        title["subtitle"] = wrap(words.how_to_read, PHONE)
    return {
        **template,
        "title": title,
        "description": words.description,
        "height": height,
        "datasets": {name: _records(frame) for name, frame in rows.items()},
    }


def drawn(made: Mapping[str, Any]) -> alt.LayerChart:
    """A specification as an Altair chart, for those who go on with it; slower than filling."""
    chart: alt.LayerChart = alt.LayerChart.from_dict(dict(made))
    return chart


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON knows them: what is missing is nothing, not a number."""
    columns = [
        [None if missing else value for value, missing in zip(said.tolist(), gone, strict=True)]
        for said, gone in ((frame[name], frame[name].isna()) for name in frame)
    ]
    names = [str(name) for name in frame]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
