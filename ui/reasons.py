"""The reasons for a piece of advice, folded: points, facts, what speaks against, what blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts.parts import parts as drawn
from rules.advice import Part, Scored
from services.advice import AdviceView, for_and_against
from services.honesty import basis
from ui.text import plain


def folded(view: AdviceView, scored: Scored) -> None:
    """Why, behind a fold whose contents are made when it is opened."""
    fold = st.expander("Why", key=f"why_{'_'.join(scored.target)}", on_change="rerun")
    if fold.open:
        with fold:
            shown(view, scored)


def shown(view: AdviceView, scored: Scored) -> None:
    """The points of each rule, which add up to the whole, and the facts that each rests on."""
    speaks_for, against = for_and_against(view, scored)
    if scored.parts:
        points(view, scored)
    _told(view, "What speaks for it", speaks_for)
    _told(view, "What speaks against it", against)
    for block in scored.blocks:
        st.markdown(f":material/block: {plain(block.sentence)}")
        st.markdown(f":material/door_open: {plain(block.way_out)}")


def points(view: AdviceView, scored: Scored) -> None:
    """The small bar chart: a bar a rule, the longest first."""
    sums: dict[str, int] = defaultdict(int)
    for part in scored.parts:
        sums[part.rule.title] += part.hundredths
    whole = f"{scored.hundredths / 100:g}"
    heaviest_first = sorted(sums.items(), key=lambda row: (-row[1], row[0]))
    rows = tuple((reason, hundredths / 100) for reason, hundredths in heaviest_first)
    st.vega_lite_chart(
        _spec(rows, whole, view.title(*scored.target[:2]), st.context.theme.type == "dark"),
        theme=None,
        width="stretch",
        key=f"points_{'_'.join(scored.target)}",
    )


def _told(view: AdviceView, title: str, told: Sequence[Part]) -> None:
    if not told:
        return
    st.markdown(f"**{title}**")
    for part in told:
        weight = f"{part.hundredths / 100:+g}".replace("-", "−")
        st.markdown(f"{plain(part.sentence)} :small[({weight})]")
        rests_on = " · ".join(plain(said) for said in basis(view, part))
        if rests_on:
            st.caption(f"Rests on: {rests_on}")


@st.cache_data(max_entries=256, show_spinner=False)
def _spec(rows: tuple[tuple[str, float], ...], whole: str, name: str, dark: bool) -> dict[str, Any]:
    said = "; ".join(f"{reason} {points:g}" for reason, points in rows)
    spec: dict[str, Any] = drawn(
        pd.DataFrame(rows, columns=["reason", "points"]),
        dark=dark,
        title=f"Points for each reason; together {whole}",
        description=f"Why {name}: {said}. Together {whole} points.",
    ).to_dict()
    return spec
