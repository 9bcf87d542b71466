"""What was closed: every milestone, sealed, with what was added to it since."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from services import milestones
from ui.frame import Place
from ui.text import plain


def section(place: Place) -> None:
    """All closed quarters, the newest first."""
    with reading() as session:
        rows = milestones.listed(session, place.organisation_id)
    if not rows:
        st.info("No quarter is closed yet. Closing one keeps it as it was, for good.")
        return
    for row in rows:
        with st.container(border=True):
            st.markdown(f"##### {row.quarter}")
            st.caption(f"Closed on {row.closed_at:%d %B %Y} by {plain(row.by)}")
