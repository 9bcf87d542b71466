"""What we hear: who should know it, what they said to it, and what changed because of it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from models.database import reading
from models.organisation import Quarter
from services import heard, insight_kpis, insights, limits, people, rulebook
from ui import closed_here, counted, frame, hearing, links
from ui import heard as shown

frame.heading("listening")
place = frame.current()
today = frame.today()

with reading() as session:
    quarter = session.get_one(Quarter, place.quarter_id)
    first, until = quarter.starts_on, min(quarter.ends_on, today)
    rows = [one for one in insights.listed(session, place.organisation_id) if one.heard_on <= until]
    there = {one.id: one.said.name for one in people.listed(session, place.organisation_id)}
    pack = rulebook.for_organisation(session, place.organisation_id, place.quarter_id)

days = round(limits.figure(pack, "heard_days") or 0)
around = hearing.Around(place.organisation_id, there, today, days)

st.markdown(
    "What people say about you and to you is worth something once it reaches the person who can "
    "act on it. Write it down, pass it on, and note the answer: done or not, and why."
)
over = closed_here.told(place)
if not rows and not over:
    st.info(
        "Nothing is written down yet, and that is no bad mark: nobody has looked. Begin with the "
        "last thing a customer, a colleague or a stranger said that surprised you."
    )
if not there and not over:
    st.info("Nobody takes part yet, so nobody can be named who should hear it.")
    links.page_link("organisation", "Say who takes part")

if over:
    then = [one for one in heard.seen_from(rows, until) if one.heard_on >= first]
    shown.heard_then(then, replace(around, today=until))
else:
    shown.section(rows, around)

if rows:
    st.subheader("What listening brings", anchor=False)
    silent = insight_kpis.without_an_answer(heard.seen_from(rows, until), until, days)
    too_much = 100 * (limits.figure(pack, "dead_end_share") or 0.5)
    shown.silence(silent, days, too_much)
    days_told = (day for one in rows for day in (one.reached_on, one.answered_on) if day)
    months = counted.months_of(day for day in days_told if first <= day <= until)
    when = counted.time("listening_time", counted.Time(first, until), months, today)
    found = insight_kpis.counted(rows, when.first, when.last)
    counted.section(place.organisation_id, found, when, today)

st.divider()
st.markdown("What people expect of you is asked for on a page of its own; what you learn, too.")
links.page_link("needs")
links.page_link("culture")
