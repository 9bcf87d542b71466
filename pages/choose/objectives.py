"""What we want: up to three objectives, in the order in which they matter, and whom to reach."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from services import advice, objectives
from ui import asking, frame, groups, links, moved, why_not, wishes

frame.heading("objectives")
place = frame.current()

with reading() as session:
    wanted = objectives.listed(session, place.quarter_id)
    view = advice.current(session, place.organisation_id, place.quarter_id)
suggested = objectives.suggested(view)

wish_side, open_side = st.columns([2.4, 1], gap="medium")
with wish_side:
    if not wanted:
        st.info("Nothing is wanted yet. Begin with the one thing that matters most.")
        wishes.suggested(view, suggested)
    wishes.section(place, wanted)
    moved.shown(view)
    if wanted and len(wanted) < objectives.MOST:
        wishes.suggested(view, suggested)
    groups.section(view)
    why_not.ask(view, "objective")
with open_side:
    asking.beside(view, "objectives")

st.divider()
if wanted:
    st.markdown("Where to be follows from this.")
    links.page_link("channels")
else:
    st.markdown("Not sure what to want? Begin with what people expect from you.")
    links.page_link("needs")
