"""Who does something here: a name, as nobody signs in."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from services import people
from ui import meeting_who
from ui.frame import Place

REVIEW = "review_by"
"""Who closes, corrects and begins, in this session."""


def ask(place: Place, label: str, key: str = REVIEW) -> str:
    """The name of who takes part, or any other; who speaks in the meeting is proposed. Empty until
    somebody says it."""
    with reading() as session:
        names = [one.said.name for one in people.listed(session, place.organisation_id)]
    if not st.session_state.get(key) and (speaks := meeting_who.me().name):
        st.session_state.setdefault(key, speaks)
    known = str(st.session_state.get(key) or "")
    picked = st.selectbox(
        label,
        [*names, *([known] if known and known not in names else [])],
        index=None,
        accept_new_options=True,
        key=key,
        placeholder="Choose a name, or type it",
        persist_state="session",
        width=400,
        help="Nobody signs in here, so the name is kept as it is said, and not checked.",
    )
    return str(picked or "")
