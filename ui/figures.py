"""What a round says: groups side by side, their distance, and notes in people's own words."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts.spread import GROUPS, spread
from charts.theme import level_word
from services import rulebook
from services.results import Distance, Results, distances
from services.showing import LEADERS, STAFF, Score
from ui.text import plain

TOO_FEW = "too few to show"


def figures(found: Results) -> None:
    """The chart, the same as a table, the widest distances, and the notes."""
    rows = table(found)
    st.vega_lite_chart(_picture(rows, st.context.theme.type == "dark"), theme=None, width="stretch")
    st.caption(
        "A mark is the middle answer, the pale band the middle half of all answers, the small "
        f"line the lowest one. An empty lane: {TOO_FEW}."
    )
    with st.expander("The same as a table"):
        st.table(_worded(rows), hide_index=True, border="horizontal")
    _far_apart(distances(found))
    _notes(found)


def table(found: Results) -> pd.DataFrame:
    """A row per factor and group; numbers are missing where a group may not be shown."""
    groups = [g for g in GROUPS if any(g in scores for scores in found.factors.values())]
    columns = ["factor", "number", "group", "median", "low", "high", "lowest", "evidence", "people"]
    rows: list[list[Any]] = []
    for number, factor in enumerate(rulebook.pack().catalogues["factors"], start=1):
        if factor in found.factors:
            for group in groups:
                score = found.factors[factor].get(group)
                rows.append([_name(factor), number, group, *_numbers(score)])
    return pd.DataFrame(rows, columns=columns)


def _name(factor: str) -> str:
    """A factor as the picture calls it."""
    entry = rulebook.pack().catalogues["factors"][factor]
    return str(entry.values.get("short") or entry.title)


def _numbers(score: Score | None) -> list[float | int | None]:
    if score is None:
        return [None] * 6
    return [
        score.level, score.low, score.high, score.lowest, score.evidence, score.respondents
    ]  # fmt: skip


@st.cache_data(max_entries=64, show_spinner=False)
def _picture(rows: pd.DataFrame, dark: bool) -> dict[str, Any]:
    lowest = rows.sort_values("median").iloc[0]
    says = f"Lowest: {lowest['factor']}, {level_word(float(lowest['median']))}."
    chart = spread(
        rows,
        dark=dark,
        title="Answers to each factor, from 0 to 4",
        description=f"Median, middle half and lowest answer of each group. {says}",
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    """The numbers as people read them; what may not be shown says so."""
    shown = rows["median"].notna()
    words = {
        "Factor": rows["factor"],
        "Who": rows["group"],
        "Middle answer": [
            f"{m:g} · {level_word(m)}" if ok else TOO_FEW
            for m, ok in zip(rows["median"], shown, strict=True)
        ],
        "Lowest": [f"{v:.0f}" if ok else "" for v, ok in zip(rows["lowest"], shown, strict=True)],
        "Spread": [
            f"{h - lo:g}" if ok else ""
            for h, lo, ok in zip(rows["high"], rows["low"], shown, strict=True)
        ],
        "With evidence": [
            f"{e:.0%}" if ok else "" for e, ok in zip(rows["evidence"], shown, strict=True)
        ],
        "People": [f"{p:.0f}" if ok else "" for p, ok in zip(rows["people"], shown, strict=True)],
    }
    return pd.DataFrame(words)


def _far_apart(found: dict[str, Distance]) -> None:
    """Leaders and staff who see different things are named, never averaged away."""
    wide = sorted(found.items(), key=lambda item: -abs(item[1].distance))
    told = [
        f"**{plain(_name(factor))}**: leaders say {level_word(gap.leaders)}, "
        f"staff say {level_word(gap.staff)}."
        for factor, gap in wide[:3]
        if abs(gap.distance) >= 1
    ]
    if told:
        st.markdown("##### Where leaders and staff see it differently")
        st.markdown("\n".join(f"- {line}" for line in told))
    elif found:
        st.markdown("Leaders and staff see it much alike.")


def _notes(found: Results) -> None:
    if not found.notes:
        return
    said_by = {LEADERS: "leaders", STAFF: "staff"}
    with st.expander(f"Notes in people's own words ({len(found.notes)})"):
        for note in found.notes:
            st.markdown(f"**{plain(rulebook.title('questions', note.question))}**")
            st.text(f"{note.text} ({said_by.get(note.group, 'people')})")
