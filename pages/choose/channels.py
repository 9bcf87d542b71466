"""Where to be: the channels that fit what we want, whom we want to reach, and our hours."""

from __future__ import annotations

import streamlit as st

from ui import accounts, asking, fits, frame, links, ways_on, why_not
from ui import advice as advised

frame.heading("channels")
view, decided = advised.now(frame.current())

if not view.recommended("channel") and not decided.taken("channel"):
    st.info("Say first what you want; where to be for it follows from that.")
    links.page_link("objectives")
    accounts.section(view)
    st.stop()

for kind, missing in (
    ("objective", "You have not said yet what you want. The advice gets sharper with it."),
    ("group", "You have not said yet whom you want to reach. The advice gets sharper with it."),
):
    if not any(fact.kind == kind for fact in view.facts):
        st.info(missing)
        links.page_link("objectives", "Say it under “What we want”")
        break

fits.above(view, "channel", decided.away(), "channels")
advice_side, open_side = st.columns([2.4, 1], gap="medium")
with advice_side:
    advised.in_plan(view, "channel", decided)
    ways_on.just_missed(view, "channel", decided.away(), "channels")
    advised.blocked(view, "channel")
    advised.others(view, "channel", decided)
    why_not.ask(view, "channel")
with open_side:
    asking.beside(view, "channels")

accounts.section(view)

st.divider()
if decided.taken("channel"):
    st.markdown("What to do there comes next.")
    links.page_link("activities")
else:
    st.markdown("Take one or two to begin with: a few channels done well beat many done by chance.")
