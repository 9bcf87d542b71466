"""What if: try a change before it is decided, and read what would be different, and why."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from services import moves, scenarios, tried
from ui import answered, compared, drafts, frame, links, shelf, shelving, turning, wondering

frame.heading("what_if")
place = frame.current()

entered = wondering.BEGINS not in st.session_state

with reading() as session:
    drafts.from_address(session, place)
    draft = drafts.current(place)
    kept = drafts.kept(session, draft)
    trial = tried.tried(session, place.organisation_id, draft.quarter_id, draft.moves)
    older = scenarios.stale(session, kept) if kept else None

drafts.to_address(place, kept, entered=entered)
drafts.refused()
if not moves.wanted(trial.before, trial.moves) and not trial.moves:
    st.info("Say first what you want; then you can try what would be different.")
    links.page_link("objectives")
    shelf.section(place, draft)
    st.stop()

if kept:
    shelving.opened(kept)
    shelf.stale(place, kept, older)
wondering.replace(place, trial)
wondering.changed(place, trial)
wondering.audience(place, trial)
if trial.moves:
    answered.summary(trial)  # above the levers, which come first on a telephone

lever_side, answer_side = st.columns([1, 2.2], gap="medium")
with lever_side:
    turning.section(place, trial)
with answer_side:
    if not trial.moves:
        st.info(answered.NOTHING_YET)
        st.subheader("Where a change would matter most", anchor=False)
        compared.hangs(trial)
    else:
        if not trial.difference.nothing:
            answered.board(trial, draft)
        shelving.keep(place, trial, draft, kept)
        compared.section(place, trial)

shelf.section(place, draft)
