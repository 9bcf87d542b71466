"""What to do: the activities that fit what we want, where we are, and the hours we have."""

from __future__ import annotations

import streamlit as st

from ui import advice as advised
from ui import asking, fits, frame, links, promising, ways_on, why_not

frame.heading("activities")
view, decided = advised.now(frame.current())

if not view.recommended("activity") and not decided.taken("activity"):
    st.info("Say first what you want; what to do for it follows from that.")
    links.page_link("objectives")
    st.stop()

fits.above(view, "activity", decided.away(), "activities")
advice_side, open_side = st.columns([2.4, 1], gap="medium")
with advice_side:
    promising.ask_who(view)
    advised.in_plan(view, "activity", decided)
    ways_on.just_missed(view, "activity", decided.away(), "activities")
    advised.blocked(view, "activity")
    advised.others(view, "activity", decided)
    why_not.ask(view, "activity")
with open_side:
    asking.beside(view, "activities")

st.divider()
if decided.taken("activity"):
    st.markdown("What you take stands in your plan.")
    with st.container(horizontal=True):
        links.page_link("ownership")
        links.page_link("plan")
else:
    st.markdown("Take one or two to begin with, and say who does them.")
