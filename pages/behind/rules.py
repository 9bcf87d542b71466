"""Rules: what the advice rests on, in sentences; each can be changed, and none can be broken."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from models.organisation import Quarter
from services import advice, amendments, rulebook
from ui import frame, own_changes, rule_values, trying
from ui import rulebook as shelf

LISTS = ("All rules", "Values", "Our changes", "Try a case")

frame.heading("rules")
place = frame.current()

with reading() as session:
    view = advice.current(session, place.organisation_id, place.quarter_id)
    own = amendments.standing(session, place.organisation_id, place.quarter_id)
    past = amendments.history(session, place.organisation_id)
    over = amendments.over(session.get_one(Quarter, place.quarter_id), frame.today())
values = [kept.change for kept in own.values() if kept.change.parameter]
book = shelf.book(view, rulebook.with_own(values), own, over=over)

if over:
    st.info("This quarter is over, so its rules stay as they were. Choose the running one above.")

st.markdown(
    "The tool recommends, people decide, and these sentences are why it recommends what it does. "
    "Change what does not fit you: you see first what it does, and one click takes it back."
)
chosen = st.radio(
    "What to look at",
    LISTS,
    key="rules_list",
    horizontal=True,
    persist_state="page",
    label_visibility="collapsed",
)
if chosen == "Values":
    rule_values.listed(view, own, frame.today(), over=over)
elif chosen == "Our changes":
    own_changes.listed(view, own, past, over=over)
elif chosen == "Try a case":
    trying.section(view)
else:
    shelf.browse(book)
