"""What people expect: who says it, how much it matters, and how well it works today."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from services import advice, needs, objectives, rulebook
from ui import asking, expectations, frame, links, mapped
from ui.text import plain

frame.heading("needs")
place = frame.current()
here = (place.organisation_id, place.quarter_id)

st.markdown(
    "Ask three colleagues and two customers, and write down what they say. It takes ten minutes, "
    "and it shows what is worth wanting. You can also skip it and come back."
)
links.page_link("objectives", "Skip this and say what we want")
with st.expander("Six questions to begin with", icon=":material/help:"):
    for entry in rulebook.pack().catalogues["needs_questions"].values():
        if entry.values["first"] == "yes":
            st.markdown(f"- {plain(entry.title)}")

expectations.add(place)

with reading() as session:
    gaps = needs.gap_map(session, *here)
    earlier, before = needs.map_before(session, *here)
    rows = [(n.id, n.version, needs.expectation(n)) for n in needs.listed(session, *here)]
    view = advice.current(session, *here)
expectations.rescued()
if not rows:
    st.info("Nothing is written down yet. The first expectation draws the map.")
    asking.folded(view, "needs")
    st.stop()

mapped.picture(gaps, earlier, before)
st.subheader("What this suggests to want", anchor=False)
expectations.suggestions(view, objectives.suggested(view))
st.subheader("What was said", anchor=False)
for need_id, version, expectation in rows:
    expectations.row(need_id, version, expectation)
asking.folded(view, "needs")
