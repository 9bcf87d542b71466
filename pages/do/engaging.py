"""Whom we answer: messages, how fast they got an answer, and what that tells."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from models.organisation import Quarter
from services import case_kpis, cases, limits, office_hours, people, rulebook
from ui import answering, closed_here, counted, frame, links, pasting
from ui import cases as shown
from ui.text import plain

frame.heading("engaging")
place = frame.current()
today = frame.today()

with reading() as session:
    quarter = session.get_one(Quarter, place.quarter_id)
    first, until = quarter.starts_on, min(quarter.ends_on, today)
    rows = cases.listed(session, place.organisation_id, first, until)
    waiting = cases.waiting(session, place.organisation_id, until)
    there = {one.id: one.said.name for one in people.listed(session, place.organisation_id)}
    pack = rulebook.for_organisation(session, place.organisation_id, place.quarter_id)

office = office_hours.of(pack)
around = answering.Around(place.organisation_id, there, today)

st.markdown(
    "Whoever writes to you has taken a step towards you. Note when a message came in and when it "
    "got its first answer; one line a message is enough, and the numbers count themselves."
)
over = closed_here.told(place)
if not rows and over:
    st.caption("No message was written down in this quarter.")
elif not rows and not waiting:
    st.info(
        "No message of this quarter is written down yet. Begin with those of this week: one line "
        "each, or paste the table that you keep anyway."
    )

if not over:
    shown.waiting(waiting, around)
    answering.new(around, first=not rows)
    pasting.section(around)

if office is None:
    st.info("Your office hours end before they begin. Put them right among your own rules.")
    links.page_link("rules")
elif rows:
    st.subheader("What the answers say", anchor=False)
    months = counted.months_of(one.said.received_on for one in rows)
    when = counted.time("engaging_time", counted.Time(first, until), months, today)
    within = [one.said for one in rows if when.first <= one.said.received_on <= when.last]
    ratings = round(limits.figure(pack, "count_ratings") or 0)
    found = case_kpis.counted(within, today, office, ratings)
    counted.section(place.organisation_id, found, when, today)
    st.caption(plain(f"Office hours here: {office.words}. That is a starter value unless you "
                     "changed it; you can, among the rules."))  # fmt: skip
    links.page_link("rules", "Change your office hours")
    shown.everything(rows, office, around, read_only=over)

st.divider()
st.markdown("What people tell you beyond their question is worth more than the answer.")
links.page_link("listening", "Write down what you heard")
links.page_link("plan")
