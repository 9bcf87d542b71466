"""What is typed in the meeting and not kept yet: it comes back when the page is loaded anew.

The address of the page holds a name for this window, from the first draft on; under it the drafts
wait in the database.
"""

from __future__ import annotations

import secrets

import streamlit as st

from models.database import reading, writing
from services import meeting_drafts
from services.meeting_drafts import Draft
from services.meetings import Held
from services.refusals import Refused
from ui import editing, meeting_decide, meeting_notes

WINDOW, KNOWN = "window", "meeting_drafts"
"""In the address, the name of this window; in the session, (meeting, drafts as they wait)."""
LONGEST_NAME = 20
FORMS = ("meeting_", "score_", "test_", "weigh_")
"""How the names of the forms begin that the meeting shows."""


def carry(held: Held) -> None:
    """Before anything is drawn: the first time, what waits for this window; then what is new."""
    meeting, kept = st.session_state.get(KNOWN, (0, {}))
    if meeting != held.id:
        _bring(held)
        return
    waits = editing.waiting()
    now = {form: draft for form, draft in kept.items() if form in waits}
    for form, (version, typed) in editing.unkept().items():
        if form.startswith(FORMS):
            now[form] = Draft(version, typed)
    if now != kept:
        _keep(held, kept, now)


def _bring(held: Held) -> None:
    found: dict[str, Draft] = {}
    if window := _window():
        with reading() as session:
            found = meeting_drafts.found(session, held.id, window)
    st.session_state[KNOWN] = (held.id, found)
    editing.wait({form: (one.version, one.typed) for form, one in found.items()})
    for form in found:
        meeting_notes.reopen(form)
        meeting_decide.reopen(form)
    if found:
        st.toast("What you had typed and not kept yet stands in its field again.")


def _keep(held: Held, kept: dict[str, Draft], now: dict[str, Draft]) -> None:
    window = _window() or secrets.token_urlsafe(6)
    try:
        with writing() as session:
            for form in kept.keys() | now.keys():
                if kept.get(form) != now.get(form):
                    meeting_drafts.keep(session, held.id, window, form, now.get(form))
    except Refused:
        return  # the meeting is gone or its quarter closed; the page says so
    st.session_state[KNOWN] = (held.id, now)
    st.session_state[WINDOW] = window
    if now and st.query_params.get(WINDOW) != window:
        st.query_params[WINDOW] = window


def _window() -> str:
    name = st.session_state.get(WINDOW) or st.query_params.get(WINDOW, "")
    return str(name)[:LONGEST_NAME]
