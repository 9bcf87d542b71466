"""The review meeting: before it begins, while it runs, and after it ended."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from models.database import reading
from services import agenda, closed, meetings
from services.meetings import Held
from ui import (
    frame,
    meeting_begin,
    meeting_clock,
    meeting_drafts,
    meeting_ended,
    meeting_notes,
    meeting_steps,
)
from ui.frame import Place
from ui.text import plain

STYLE = Path(__file__).parent / "assets" / "meeting.css"


def section(place: Place) -> None:
    """The meeting of this quarter, as far as it has come."""
    st.html(STYLE)
    with reading() as session:
        held = meetings.find(session, place.quarter_id)
        over = closed.is_closed(session, place.quarter_id)
    if held is None:
        meeting_begin.section(place, over)
    elif held.ended_at or over:
        meeting_ended.section(place, held, over)
    else:
        _running(place, held)


def _running(place: Place, held: Held) -> None:
    """One question a step: what lies ready on the left, what is said on the right."""
    meeting_drafts.carry(held)
    name = meeting_clock.shown(held)
    step = agenda.step(name, first=held.first)
    meeting_clock.bar(place, held, name)
    number = [one for one, _ in held.plan].index(name) + 1
    with st.container(key="meeting_question", gap="xsmall"):
        st.caption(f"{plain(step.title)} · step {number} of {len(held.plan)}")
        st.markdown(plain(step.question))
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="meeting_left"):
        meeting_steps.prepared(place, held, name, frame.today())
    with right, st.container(key="meeting_right"):
        meeting_steps.capture(place, held, name)
        meeting_notes.parked(held)
