"""What a number says over time: its picture, in words, as a table, and to take away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from charts import xmr
from models.database import reading
from services import drawn, kpis, number_words, rulebook, series, yardsticks
from services.kpis import Kpi
from services.raised import raised
from services.refusals import Refused
from services.series import Series, Shelf
from ui import aiming, pictures
from ui.text import plain

SHOWN = 60
"""Rows of the table."""


def section(
    shelves: Sequence[Shelf], organisation_id: int, first: Sequence[str], until: date
) -> None:
    """One of the series up to a day, chosen here; those of the objectives (`first`) come first."""
    st.subheader("What the numbers say", anchor=False)
    ordered = sorted(shelves, key=lambda one: (one.kpi not in first, -one.weeks, one.kpi))
    known = {f"{one.kpi}/{one.channel}/{one.period}": one for one in ordered}
    picked = st.selectbox(
        "Which number?",
        list(known),
        format_func=lambda one: _label(known[one]),
        key="number_shown",
    )
    shelf = known.get(picked, ordered[0])
    with reading() as session:
        found = series.read(session, organisation_id, shelf, until)
        flags = drawn.flags(session, organisation_id, shelf.kpi)
    _said(found)
    _picture(found, flags)
    _beside_others(found.kpi)


def _said(found: Series) -> None:
    newest = found.newest.said
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{plain(number_words.newest(found))}**", width="content")
        aiming.badge(newest.visibility)
    lines = [
        number_words.says(found),
        number_words.surely(found.kpi, newest),
        number_words.middle(found),
    ]
    st.markdown(plain(" ".join(filter(None, lines))))
    st.caption(
        plain(
            f"{raised(found.kpi.formula)}. {found.kpi.caveat}"
            + (f" Source of the newest value: {newest.source}." if newest.source else "")
        )
    )


def _picture(found: Series, flags: Sequence[dict[str, Any]]) -> None:
    rows = pd.DataFrame(drawn.rows(found))
    flagged = pd.DataFrame(flags or [], columns=["on", "says", "number"])
    unit = kpis.unit_of(found.kpi, found.shelf.period)
    title = ", ".join(filter(None, (found.kpi.title, unit, f"by {found.shelf.period}")))

    def draw(dark: bool) -> dict[str, Any]:
        return xmr.spec(rows, flagged, dark=dark, title=title)

    pictures.show("number", draw)
    shown = xmr.in_sight(flagged, rows) if len(rows) > 1 else flagged.head(0)
    if len(shown):
        st.caption("Decided, in the hope that it moves this number: " + "; ".join(
            f"{one['number']} {plain(str(one['says']))}" for one in flags))  # fmt: skip
    pictures.numbers("number", lambda: _table(found, rows).head(SHOWN))
    if len(rows) > SHOWN:
        st.caption(f"The newest {SHOWN} of {len(rows)} values stand there; the picture has all.")
    if len(rows) > 1:
        pictures.take("number", draw)


def _table(found: Series, rows: pd.DataFrame) -> pd.DataFrame:
    """The values, the newest first, and where each comes from."""
    sources = [_source(one.said) for one in reversed(found.kept)]
    return xmr.table(rows).assign(**{"Where from": sources})


def _beside_others(of: Kpi) -> None:
    """What others report, if somebody wants to see it; refused where it cannot be compared."""
    offered = yardsticks.offered(of)
    if not offered:
        return
    with st.expander("What do others report?"):
        st.markdown("After eight weeks your own middle is the better yardstick.")
        titles = {one.title: one for one in offered}
        picked = st.selectbox(
            "Compare with", list(titles), index=None, placeholder="Choose one", key="compared_with"
        )
        if picked in titles:
            try:
                st.markdown(plain(yardsticks.against(of, titles[picked])))
            except Refused as refusal:
                st.info(plain(str(refusal)))


def _label(one: Shelf) -> str:
    where = f", {rulebook.title('channels', one.channel)}" if one.channel else ""
    return f"{kpis.every()[one.kpi].title}{where}, by {one.period} ({one.count})"


def _source(said: Any) -> str:
    honest = number_words.HONEST[said.visibility][0]
    of = f", out of {said.sample_size}" if said.sample_size else ""
    source = f", {plain(said.source)}" if said.source else ""
    return f"{honest}{of}{source}"
