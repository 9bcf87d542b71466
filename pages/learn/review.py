"""Quarterly review: the meeting, closing the quarter with the way into the next, and what was
closed."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import streamlit as st

from ui import closed_quarters, closing, frame, papers

MEETING, CLOSING, CLOSED = "The meeting", "Close and go on", "Closed quarters"

frame.heading("review")
place = frame.current()

parts = [CLOSING, CLOSED]
if find_spec("ui.meeting"):
    parts.insert(0, MEETING)
chosen = st.segmented_control(
    "What to do",
    parts,
    default=parts[0],
    required=True,
    key="review",
    bind="query-params",
    label_visibility="collapsed",
)

if chosen == MEETING:
    import_module("ui.meeting").section(place)
elif chosen == CLOSED:
    closed_quarters.section(place)
else:
    closing.section(place)
papers.section(place)
