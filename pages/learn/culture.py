"""How we learn: what came of what we expected, what we try, what we keep, and which rules hold."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from services import (
    advice,
    closed,
    experiments,
    learning,
    ledger,
    lessons,
    over_quarters,
    standing_rows,
    suggested,
    turns,
)
from ui import closed_here, frame, learned, links, promising, scoring, testing, weighing
from ui import lessons as written

frame.heading("culture")
place = frame.current()
today = frame.today()

if closed_here.told(place):
    with reading() as session:
        closed_here.taught(
            place.quarter_id,
            learning.expected(session, place.organisation_id),
            experiments.listed(session, place.organisation_id),
            lessons.listed(session, place.organisation_id),
        )
    links.page_link("review", "Add a correction")
    st.stop()

with reading() as session:
    view = advice.current(session, place.organisation_id, place.quarter_id)
    expected = learning.expected(session, place.organisation_id)
    due = learning.due(expected, today)
    numbers = suggested.suggestions(session, place.organisation_id, due, today)
    proposed = learning.proposals(session, place.organisation_id, place.quarter_id, today)
    answered = learning.answered(session, place.organisation_id)
    cards = experiments.listed(session, place.organisation_id)
    kept = lessons.listed(session, place.organisation_id)
    loops = ledger.loops(session, place.organisation_id)
    done = closed.quarters(session, place.organisation_id)
    ended = turns.turns(session, place.organisation_id, expected, cards)
    stood = over_quarters.standings(session, place.organisation_id, place.quarter_id)

st.markdown(
    "Here the loop closes. You say what came of the advice that you took; the tool proposes which "
    "rules should count more or less, and you decide."
)
promising.ask_who(view)

scoring.section(place, expected, today, done, numbers)
weighing.section(place, proposed, answered, today)
testing.section(place, cards, today)
written.section(place, kept, today, done)
learned.section(
    learned.Learned(
        loops,
        ledger.compared(expected, cards),
        ended,
        standing_rows.balances(stood),
        standing_rows.by_group(stood),
    )
)

if expected or kept or cards:
    links.page_link("rules", "See all rules and your changes to them")
