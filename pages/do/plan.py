"""Our plan: what was promised, by person and week; how it went takes two taps."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from services import advice, left_over, objectives, people, plan
from ui import asking, frame, links, own_promises, planned, saying, taking_home

frame.heading("plan")
place = frame.current()
today = frame.today()

with reading() as session:
    view = advice.current(session, place.organisation_id, place.quarter_id)
    everybody = people.listed(session, place.organisation_id)
    promised = plan.listed(session, place.quarter_id)
    wanted = objectives.listed(session, place.quarter_id)
    left = left_over.left_over(session, place.organisation_id, place.quarter_id)
    home = taking_home.read(session, view, promised, wanted, today)

if not promised:
    st.info("Nothing is promised yet. Take advice on what to do, and say who does it until when.")
    links.page_link("activities")

if promised or wanted:
    taking_home.offer(home)
saying.said_last([*promised, *left])
own_promises.rescued()
planned.by_person(promised, everybody, today)
if promised:
    planned.hours(promised, everybody, today)
own_promises.add(today)
planned.from_before(left, place.quarter_id, today)
planned.checks(view, wanted, today)
planned.settled(promised, today)
asking.beside(view, "plan")
