"""Quarterly review: the meeting, closing the quarter with the way into the next, and what was
closed."""

from __future__ import annotations

import streamlit as st

from ui import closed_quarters, closing, frame, meeting, papers

MEETING, CLOSING, CLOSED = "The meeting", "Close and go on", "Closed quarters"

frame.heading("review")
place = frame.current()

chosen = st.segmented_control(
    "What to do",
    [MEETING, CLOSING, CLOSED],
    default=MEETING,
    required=True,
    key="review",
    bind="query-params",
    label_visibility="collapsed",
)

if chosen == MEETING:
    meeting.section(place)
elif chosen == CLOSED:
    closed_quarters.section(place)
else:
    closing.section(place)
papers.section(place)
