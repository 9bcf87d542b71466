"""Each step of the meeting: what lies ready for it on the left, what is captured on the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from services.meetings import Held
from ui import (
    meeting_close,
    meeting_decide,
    meeting_learning,
    meeting_notes,
    meeting_outside,
    meeting_people,
    meeting_promises,
    meeting_signals,
    meeting_views,
)
from ui.frame import Place

Ready = Callable[[Place, Held, date], None]

_READY: dict[str, Ready] = {
    "check_in": meeting_outside.ready,
    "promises": meeting_promises.ready,
    "aims": meeting_outside.aims,
    "signals": meeting_signals.ready,
    "people": meeting_people.ready,
    "tests": meeting_learning.tests,
    "disagreements": meeting_views.ready,
    "assumptions": meeting_learning.assumptions,
    "what_if": meeting_learning.what_if,
    "decide": meeting_decide.ready,
    "close": meeting_close.ready,
}
_FIELDS = {
    "check_in": "What did you learn?",
    "promises": "Which expectation was wrong, and why?",
    "aims": "What do you want, and how would you notice?",
    "signals": "What do you make of it?",
    "people": "What do you change about the load?",
    "tests": "What did the tests teach?",
    "assumptions": "What is contradicted, and what should be otherwise?",
    "what_if": "What would it change?",
}


def prepared(place: Place, held: Held, step: str, today: date) -> None:
    """What lies ready for a step."""
    if step in _READY:
        _READY[step](place, held, today)


def capture(place: Place, held: Held, step: str) -> None:
    """Where a step is captured, and what was captured in it."""
    if step in ("decide", "close"):
        meeting_notes.change(held, step)
    if step == "decide":
        meeting_decide.form(place, held)
    elif step == "close":
        meeting_close.form(place, held)
    elif step == "disagreements":
        meeting_views.form(place, held)
        meeting_notes.noted(held, step)
    else:
        meeting_notes.field(held, step, _FIELDS.get(step, "What was said?"))
        st.markdown("**Noted in this step**")
        meeting_notes.noted(held, step)
