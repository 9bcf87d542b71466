"""Our numbers: what they should become, what they were, and what of it is more than up and down."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from models.organisation import Quarter
from services import series, targets
from ui import aiming, entering, frame, links, measured, papers

frame.heading("measuring")
place = frame.current()
today = frame.today()

with reading() as session:
    until = min(session.get_one(Quarter, place.quarter_id).ends_on, today)
    aimed = targets.listed(session, place.quarter_id)
    shelves = series.shelves(session, place.organisation_id, until)
    numbers = list(dict.fromkeys(target.kpi.id for one in aimed for target in one.targets))
    main = series.main([one for one in shelves if one.kpi in numbers])
    found = {
        name: series.read(session, place.organisation_id, shelf, until)
        for name, shelf in main.items()
    }

if not aimed:
    st.info("Nothing is wanted yet, so no number has a meaning yet. Begin with what you want.")
    links.page_link("objectives")

aiming.section(aimed, found)
if shelves:
    measured.section(shelves, place.organisation_id, numbers, until)
elif aimed:
    st.info(
        "There are no numbers yet. Nobody has to know them: four weeks of marks on a tally sheet "
        "are your first ones."
    )
unknown = not shelves and any(one.stated.wish.numbers_unknown for one in aimed)
entering.section(place.organisation_id, numbers, today, unknown=unknown)
papers.marks(place, numbers)

st.divider()
st.markdown("What is done so that the numbers move stands in the plan.")
links.page_link("plan")
