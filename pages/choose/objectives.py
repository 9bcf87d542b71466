"""What we want: up to three objectives, in the order in which they matter."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from services import advice, objectives
from ui import asking, expectations, frame, links, wishes

frame.heading("objectives")
place = frame.current()

with reading() as session:
    wanted = objectives.listed(session, place.quarter_id)
    view = advice.current(session, place.organisation_id, place.quarter_id)

wish_side, open_side = st.columns([2.4, 1], gap="medium")
with wish_side:
    if not wanted:
        st.info("Nothing is wanted yet. Begin with the one thing that matters most.")
    for one in wanted:
        wishes.row(place, wanted, one)
    wishes.add(place, wanted)
    suggested = objectives.suggested(view)
    if suggested and len(wanted) < objectives.MOST:
        st.subheader("What the rules would want", anchor=False)
        expectations.suggestions(view, suggested)
with open_side:
    asking.beside(view, "objectives")

st.divider()
links.page_link("channels" if wanted else "needs")
