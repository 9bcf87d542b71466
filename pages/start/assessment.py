"""How we work today: one question a screen, and what all answers say together."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from services import advice, assessments
from ui import asking, figures, frame, joining, last_time, links, papers, question, rounds

frame.heading("assessment")
place = frame.current()
here = (place.organisation_id, place.quarter_id)

with reading() as session:
    running = assessments.running(session, *here)
    round_id, depth = (running.id, running.depth) if running else (0, 0)
    joined, finished = assessments.people(session, round_id)
    found = assessments.results(session, *here)
    view = advice.current(session, *here)

papers.questionnaires(place, depth)
answering, answers = st.tabs(
    ["My answers", "What all answers say"],
    default=None if running or not found.factors else "What all answers say",
)
with answers:
    figures.figures(found)
    if running:
        rounds.ending(round_id, joined, finished)
    asking.folded(view, "assessment")

with answering:
    if not running:
        question.refused()
        rounds.begin(place)
        st.stop()
    respondent_id = joining.respondent(round_id)
    joining.words_to_return(round_id)
    last = last_time.known(round_id)
    if not question.one_by_one(
        respondent_id, rounds.questions(depth), lambda asked: last_time.told(last, asked)
    ):
        last_time.ask(last)
        st.stop()
    question.thanks(respondent_id, rounds.questions(depth))
    with st.container(horizontal=True):
        links.page_link("overview")
        if not joining.alone(round_id):
            st.button("Somebody else answers here", on_click=joining.leave, args=(round_id,))
    if depth < max(assessments.DEPTHS):
        with st.expander("Go deeper", icon=":material/add:"):
            rounds.begin(place, beyond=depth)
