"""Only what is more than the usual up and down: each number with its picture, real or noise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from charts import xmr
from models.database import reading, writing
from services import (
    drawn,
    kpis,
    meeting_capture,
    meeting_numbers,
    meeting_ready,
    number_words,
)
from services.meeting_capture import SIGNALS, Note, Said
from services.meetings import Held
from services.series import Series
from ui import editing, links, meeting_who
from ui.frame import Place
from ui.text import plain

AT_ONCE = 3


def ready(place: Place, held: Held, today: date) -> None:
    """The signals, each to be accepted or told to be noise; the others are only counted."""
    with reading() as session:
        day = meeting_ready.until(session, place.quarter_id, today)
        said = meeting_numbers.told(session, place.organisation_id, day)
        found = said.signals
        flags = {
            one.kpi.id: drawn.flags(session, place.organisation_id, one.kpi.id) for one in found
        }
        noted = meeting_capture.notes(session, held.id)
    judged = {one.said.about: one for one in noted if one.said.kind == "signal"}
    for one in found[:AT_ONCE]:
        _signal(held, one, flags[one.kpi.id], judged.get(one.kpi.id))
    rest = found[AT_ONCE:]
    if rest:
        fold = st.expander(f"More signals: {len(rest)}", key="meeting_signals", on_change="rerun")
        if fold.open:
            with fold:
                for one in rest:
                    _signal(held, one, flags[one.kpi.id], judged.get(one.kpi.id))
    if not found:
        st.markdown("No number shows more than its usual up and down.")
    if said.quiet:
        numbers = (
            "One other number moves" if said.quiet == 1 else f"{said.quiet} other numbers move"
        )
        st.caption(f"{numbers} within the usual range, or are too few yet; nobody has to explain.")
    links.page_link("measuring", "Look at all numbers")


def _signal(held: Held, one: Series, flags: Sequence[dict[str, Any]], kept: Note | None) -> None:
    rows = pd.DataFrame(drawn.rows(one))
    flagged = pd.DataFrame(flags or [], columns=["on", "says", "number"])
    unit = kpis.unit_of(one.kpi, one.shelf.period)
    title = ", ".join(filter(None, (one.kpi.title, unit, f"by {one.shelf.period}")))
    with st.container(border=True):
        st.markdown(f"**{plain(one.kpi.title)}:** {plain(number_words.newest(one))}")
        said = (number_words.says(one), number_words.surely(one.kpi, one.newest.said))
        st.markdown(plain(" ".join(filter(None, said))))
        dark = st.context.theme.type == "dark"
        st.vega_lite_chart(
            xmr.spec(rows, flagged, dark=dark, title=title), theme=None, width="stretch",
            key=f"meeting_signal_{one.kpi.id}",
        )  # fmt: skip
        shown = xmr.in_sight(flagged, rows) if len(rows) > 1 else flagged.head(0)
        if len(shown):
            st.caption("Decided, in the hope that it moves this number: " + "; ".join(
                f"{flag['number']} {plain(str(flag['says']))}" for flag in flags))  # fmt: skip
        _judge(held, one.kpi.id, kept)


def _judge(held: Held, kpi: str, kept: Note | None) -> None:
    form = f"meeting_judged_{held.id}_{kpi}"
    shown = meeting_capture.told(kept) if kept else {"said": None, "text": ""}
    seen = editing.fill(form, shown, kept.version if kept else 0)
    editing.conflict(form, _words)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            "Real or noise?", list(SIGNALS), format_func=SIGNALS.__getitem__, key=f"{form}_said",
            label_visibility="collapsed", width="content",
        )  # fmt: skip
        st.text_input(
            "Why?", key=f"{form}_text", placeholder="What was different, in a word",
            label_visibility="collapsed", width=280,
        )  # fmt: skip
        if st.button("Keep", key=f"{form}_keep", type="primary"):
            typed = editing.typed(form)
            word, text = str(typed["said"] or ""), str(typed["text"])
            said = Said("signals", "signal", text, about=kpi, said=word)
            with editing.saving(form, seen), writing() as session:
                meeting_capture.put(session, held.id, said, meeting_who.me(), seen=seen)


def _words(theirs: editing.Values) -> list[str]:
    return [f"{SIGNALS.get(str(theirs['said']), 'Nothing said')}: {theirs['text']}"]
