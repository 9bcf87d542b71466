"""The map of gaps: what matters, how well it works, and from where it came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts.gap_map import gap_map
from services.needs import Gap
from ui import pictures

_COLUMNS = ["topic", "voice", "importance", "current", "voices"]


def picture(gaps: Sequence[Gap], earlier: str = "", before: Sequence[Gap] = ()) -> None:
    """The map, with arrows from the one of an `earlier` quarter, and the same as a table."""
    rows, was = _rows(gaps), _rows(before)
    moved = _moved(rows, was)
    arrows = f" Arrows: from where it was in {earlier}." if moved else ""
    pictures.show(
        "what-matters",
        lambda dark: _drawn(rows, was, dark),
        lambda: _table(rows, moved),
        how_to_read="A dot is a topic, a cross is one voice on it. Top left matters and does not "
        f"work yet.{arrows}",
    )


def _rows(gaps: Sequence[Gap]) -> pd.DataFrame:
    return pd.DataFrame(
        [(g.topic, g.voice, g.importance, g.current, g.count) for g in gaps], columns=_COLUMNS
    )


def _moved(rows: pd.DataFrame, was: pd.DataFrame) -> dict[str, str]:
    """Topics that are elsewhere than they were, and where that was, in words."""
    now, then = (_places(one) for one in (rows, was))
    return {
        topic: f"{then[topic][0]:g} and {then[topic][1]:g}"
        for topic, place in now.items()
        if topic in then and then[topic] != place
    }


def _places(rows: pd.DataFrame) -> dict[str, tuple[float, float]]:
    whole = rows[rows["voice"] == ""]
    said = whole[["topic", "importance", "current"]].to_dict("records")
    return {str(one["topic"]): (one["importance"], one["current"]) for one in said}


def _table(rows: pd.DataFrame, moved: dict[str, str]) -> pd.DataFrame:
    titles = ["Topic", "Said by", "Importance, 1 to 5", "Works today, 0 to 4", "How many"]
    shown = rows.assign(voice=rows["voice"].replace("", "Everyone")).set_axis(titles, axis=1)
    if moved:
        everyone = rows["voice"] == ""
        shown["Before"] = rows["topic"].map(moved).where(everyone).fillna("")
    return shown


@st.cache_data(max_entries=64, show_spinner=False)
def _drawn(rows: pd.DataFrame, was: pd.DataFrame, dark: bool) -> dict[str, Any]:
    topics = rows[rows["voice"] == ""]
    moved = _moved(rows, was)
    told = "; ".join(
        f"{row.topic}: importance {row.importance:g} of 5, works {row.current:g} of 4"
        + (f" (before: {moved[str(row.topic)]})" if row.topic in moved else "")
        for row in topics.itertuples()
    )
    spec: dict[str, Any] = gap_map(
        topics,
        rows[rows["voice"] != ""],
        dark=dark,
        title="What matters, and how well it works",
        description=f"Topics by importance and by how well they work today. {told}.",
        before=was[was["voice"] == ""],
    ).to_dict()
    return spec
