"""How we learn: what came of what we expected, what we try, what we keep, and which rules hold."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from services import advice, closed, experiments, learning, ledger, lessons
from ui import frame, learned, links, promising, scoring, testing, weighing
from ui import lessons as written

frame.heading("culture")
place = frame.current()
today = frame.today()

with reading() as session:
    view = advice.current(session, place.organisation_id, place.quarter_id)
    expected = learning.expected(session, place.organisation_id)
    proposed = learning.proposals(session, place.organisation_id, place.quarter_id, today)
    answered = learning.answered(session, place.organisation_id)
    cards = experiments.listed(session, place.organisation_id)
    kept = lessons.listed(session, place.organisation_id)
    loops = ledger.loops(session, place.organisation_id)
    done = closed.quarters(session, place.organisation_id)
    turns = ledger.turns(session, expected, cards)

st.markdown(
    "Here the loop closes. You say what came of the advice that you took; the tool proposes which "
    "rules should count more or less, and you decide."
)
promising.ask_who(view)

scoring.section(place, expected, today, done)
weighing.section(place, proposed, answered, today)
testing.section(place, cards, today)
written.section(place, kept, today, done)
learned.section(loops, ledger.compared(expected, cards), turns)

if expected or kept or cards:
    links.page_link("rules", "See all rules and your changes to them")
