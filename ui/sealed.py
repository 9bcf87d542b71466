"""The mark of a closed quarter, beside the quarter on every page."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from services import milestones
from services.days import said as day
from ui import links
from ui.text import plain


def mark(quarter_id: int) -> None:
    """That the quarter is closed, since when, and what can still be done; nothing if it is not."""
    with reading() as session:
        done = milestones.of_quarter(session, quarter_id)
    if done is None:
        return
    with st.popover("Closed", icon=":material/lock:", key=f"sealed_{quarter_id}"):
        st.markdown(
            f"**{done.quarter}** was closed on {day(done.closed_at)} by {plain(done.by)} and stays "
            "as it was. Corrections are added on “Quarterly review”."
        )
        links.page_link("review", "Add a correction, or go on")
