"""Who does it: one person who answers for each activity, of their own free will, with the hours."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from services import owners, people, planning, taking_on
from ui import advice as advised
from ui import asking, earlier, fits, frame, links, owning, promising, proposed, roles_held, ways_on
from ui.text import plain

frame.heading("ownership")
place = frame.current()

view, decided = advised.now(place)
with reading() as session:
    everybody = people.listed(session, place.organisation_id)
    loads = owners.loads(session, view)
    promised = taking_on.in_hand(session, place.quarter_id)

plan = planning.plan(view, decided.away())
new = [one for one in plan.activities if not one.stands]

roles_held.rescued()
if not any(one.hours for one in loads):
    st.info("Nobody has hours for this yet. Say who takes part, and how many hours they have.")
    links.page_link("organisation", "Say who has hours")
    if not promised:
        st.stop()
elif len(loads) == 1:
    st.markdown(
        f"#### You do it, {plain(loads[0].name)}.\n\nFor one person that is fine: a few things, "
        "done regularly. The hours below are the limit, not the list of wishes."
    )
else:
    proposed.ask_next(view, new)
    st.markdown(
        "Each activity has one person who answers for it. The tool recommends; you agree with "
        "each other, and nobody is put down for something without having said yes."
    )
if loads:
    owning.load(loads)
if plan.have:
    fits.bar(view, plan)

if promised:
    st.subheader("In your plan", anchor=False)
    promising.ask_who(view)
for one in promised:
    owning.promise(view, one)
    earlier.owners(view, decided.earlier, one.activity)

proposed.cards(view, new, decided.now)
fits.nothing_fits(view, "activity", decided.away(), "ownership")
ways_on.just_missed(view, "activity", decided.away(), "ownership")
ways_on.nobody(view, decided.away())
if not promised and not new:
    st.info("There is nothing to share out yet. Say what you want, and what to do for it follows.")
    links.page_link("objectives")
links.page_link("activities")

roles_held.section(everybody)
asking.beside(view, "ownership")
