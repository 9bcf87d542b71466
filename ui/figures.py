"""What a round says: groups side by side, their distance, and notes in people's own words."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

import pandas as pd
import streamlit as st

from charts.spread import spread
from charts.theme import level_word
from services import rulebook
from services.results import Distance, Results, distances
from services.showing import ENOUGH, EVERYONE, LEADERS, STAFF, Score
from ui import pictures
from ui.text import plain

TOO_FEW = "too few to show"
_COLUMNS = ["factor", "number", "group", "median", "low", "high", "lowest", "evidence", "people"]


def figures(found: Results) -> None:
    """What is known of the round, the chart, the same as a table, the distances, and the notes."""
    st.markdown(_standing(found))
    if not found.factors:
        return
    rows = table(found)
    pictures.show("answers", lambda dark: _picture(rows, dark))
    everyone = " “Everyone” are all who may be shown." if EVERYONE in set(rows["group"]) else ""
    st.caption(
        "A mark is the middle answer, the pale band the middle half of all answers, the small "
        f"line the lowest one. An empty lane: {TOO_FEW}.{everyone}"
    )
    with st.expander("The same as a table, with the number of people"):
        st.table(_worded(rows), hide_index=True, border="horizontal")
    pictures.take("answers", lambda dark: _picture(rows, dark))
    if len(found.groups) > 1:
        _apart(distances(found), list(found.factors))
    _parts(found)
    _notes(found)


def table(found: Results) -> pd.DataFrame:
    """A row per factor and group; numbers are missing where a group may not be shown."""
    rows = [
        [_name(factor), number, group, *_numbers(scores.get(group))]
        for number, (factor, scores) in enumerate(found.factors.items(), start=1)
        for group in _lanes(found)
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def _standing(found: Results) -> str:
    """Which round this is, and why there is nothing to see if there is nothing."""
    people = "One person" if found.joined == 1 else f"{found.joined} people"
    if not found.joined:
        return "Nobody has answered yet."
    if found.closed_at is None:
        shown = "Here is what leaders who agreed say. " if found.factors else ""
        return f"The round is open. {shown}Figures of a group appear when it is closed."
    when = f"{people} took part in the round that was closed on {_day(found.closed_at)}."
    if found.factors:
        return when
    return (
        f"{when} The answers are {TOO_FEW}: figures of a group appear from {ENOUGH} people on. "
        "Begin a new round when more can take part."
    )


def _day(when: datetime) -> str:
    return f"{when.day} {when:%B %Y}"


def _lanes(found: Results) -> list[str]:
    """The groups of the round, be they shown or not; everyone, if that is more than one of them."""
    more = any(
        everyone not in (groups.get(LEADERS), groups.get(STAFF))
        for groups in found.factors.values()
        if (everyone := groups.get(EVERYONE))
    )
    return [*([EVERYONE] if more else []), *found.groups]


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
    """The numbers as people read them; what may not be shown says so. Few columns, so that nothing
    scrolls sideways on a phone: how many people it is stands beside who they are."""
    shown = rows["median"].notna()
    words = {
        "Factor, and who": [
            f"{factor}: {who} ({people:.0f})" if ok else f"{factor}: {who}"
            for factor, who, people, ok in zip(
                rows["factor"], rows["group"], rows["people"], shown, strict=True
            )
        ],
        "Middle answer": [
            f"{m:g} · {level_word(m)}" if ok else TOO_FEW
            for m, ok in zip(rows["median"], shown, strict=True)
        ],
        "Lowest": [f"{v:.0f}" if ok else "" for v, ok in zip(rows["lowest"], shown, strict=True)],
        "Spread": [
            f"{h - lo:g}" if ok else ""
            for h, lo, ok in zip(rows["high"], rows["low"], shown, strict=True)
        ],
        "Evidence": [
            f"{e:.0%}" if ok else "" for e, ok in zip(rows["evidence"], shown, strict=True)
        ],
    }
    return pd.DataFrame(words)


def _apart(found: dict[str, Distance], factors: list[str]) -> None:
    """Leaders and staff who see different things are named, never averaged away."""
    st.header("Where leaders and staff see it differently", anchor=False)
    if not found:
        st.markdown(f"How far they are apart: {TOO_FEW}.")
        return
    wide = sorted(found.items(), key=lambda item: -abs(item[1].distance))
    told = [
        f"- **{plain(_name(factor))}**: leaders say {level_word(gap.leaders)}, "
        f"staff say {level_word(gap.staff)}."
        for factor, gap in wide[:3]
        if abs(gap.distance) >= 1
    ]
    st.markdown("\n".join(told) or "Leaders and staff see it much alike.")
    with st.expander("How far apart, factor by factor"):
        st.table(_distances(found, factors), hide_index=True, border="horizontal")


def _distances(found: dict[str, Distance], factors: list[str]) -> pd.DataFrame:
    """A row per factor: what each side says on 0-4, and how many levels lie between."""
    rows = [
        (_name(factor), f"{gap.leaders:g}", f"{gap.staff:g}", f"{abs(gap.distance):g}")
        if (gap := found.get(factor))
        else (_name(factor), "", "", TOO_FEW)
        for factor in factors
    ]
    return pd.DataFrame(rows, columns=["Factor", "Leaders", "Staff", "Levels apart"])


def _parts(found: Results) -> None:
    """Staff by their part of the organisation, where none among few can be found out."""
    if STAFF not in found.groups:
        return
    with st.expander("Staff by part of the organisation"):
        rows = [
            [_name(factor), number, rulebook.title("functions", part), *_numbers(score)]
            for number, factor in enumerate(found.factors, start=1)
            for part, score in found.parts.get(factor, {}).items()
        ]
        if rows:
            worded = _worded(pd.DataFrame(rows, columns=_COLUMNS))
            st.table(worded, hide_index=True, border="horizontal")
        st.caption(
            f"A part with fewer than {ENOUGH} answers is {TOO_FEW}; so is one that would let "
            "others who are few be worked out."
        )


def _notes(found: Results) -> None:
    if not found.notes:
        return
    said_by = {LEADERS: "leaders", STAFF: "staff"}
    with st.expander(f"Notes in people's own words ({len(found.notes)})"):
        for question, notes in groupby(found.notes, key=lambda note: note.question):
            st.markdown(f"**{plain(rulebook.title('questions', question))}**")
            for note in notes:
                st.text(f"{note.text} ({said_by.get(note.group, 'people')})")
