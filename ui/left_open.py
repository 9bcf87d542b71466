"""An earlier quarter that is over and not closed yet: said where one closes, with the way there."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from models.organisation import Quarter
from services import closed, quarters
from ui import frame
from ui.frame import Place


def section(place: Place) -> None:
    """The newest one, and how many others; nothing if all before this one are closed."""
    with reading() as session:
        here = session.get_one(Quarter, place.quarter_id).starts_on
        done = closed.quarters(session, place.organisation_id)
        left = [
            quarters.label(row)
            for row in quarters.listed(session, place.organisation_id)
            if row.starts_on < here and row.ends_on < frame.today() and row.id not in done
        ]
    if not left:
        return
    more = "" if len(left) == 1 else f" So are {len(left) - 1} before it."
    with st.container(border=True):
        st.markdown(f":material/lock_open: **{left[0]}** is over and not closed yet.{more}")
        if st.button(f"Go to {left[0]}", key="go_left_open"):
            frame.turn_to(left[0])
            st.rerun()
