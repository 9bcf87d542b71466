"""Start with us: who we are, how we work today, what we want; ten minutes to the first advice."""

from __future__ import annotations

import streamlit as st

from ui import beginning, describing, first_advice, frame, links, welcome

frame.heading("begin")
place = beginning.own()
step = beginning.at(place)
beginning.path(place, step)

if place is None or step == 0:
    describing.who_we_are(place)
elif step == 1:
    beginning.who_has_hours(place)
elif step == 2:
    beginning.how_we_work(place)
elif step == 3:
    first_advice.what_we_want(place)
else:
    first_advice.first_advice(place)

st.space("medium")
with st.expander("Look at an example first", icon=":material/visibility:"):
    welcome.examples()
if place:
    done = step == len(beginning.STEPS) - 1
    with st.expander("Begin with another organisation", icon=":material/add:", expanded=done):
        st.markdown("What you said here stays. You find it again in the list at the top.")
        st.button("Begin another one", key="begin_new", on_click=beginning.begin_another)
elif frame.found():
    links.page_link("overview", "Back to where we stand")
