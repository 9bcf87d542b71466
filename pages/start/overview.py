"""Where we stand: one glance at the flow, and what to do next."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from services import advice, eight, next_steps
from ui import eight as drawing
from ui import frame, links, welcome
from ui.text import plain

frame.heading("overview")
place = frame.found()
if place is None:
    welcome.ways_in()
    st.stop()

with reading() as session:
    whole = eight.of(session, place.organisation_id, place.quarter_id)
    view = advice.current(session, place.organisation_id, place.quarter_id)

st.markdown(f"#### {plain(whole.flow.sentence)}")
left, right = st.columns([2.4, 1], gap="medium")
with left:
    drawing.picture(whole)

with right:
    st.subheader("What to do next", anchor=False)
    if not whole.known:
        links.page_link("begin", "Go on with “Start with us”")
    steps = next_steps.first(view)
    for step in steps:
        with st.container(border=True):
            st.markdown(f"**{plain(step.title)}**")
            st.markdown(plain(step.text))
            st.caption(plain(step.because))
            links.page_link(step.page)
    if not steps:
        st.markdown("Nothing presses. Look at the plan, or ask what people expect.")
        links.page_link("plan")
        links.page_link("needs")
