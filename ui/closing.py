"""Closing the quarter: what it means, what it would keep, and doing it."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from models.database import reading, writing
from services import milestones
from services.refusals import Refused
from ui import frame
from ui.frame import Place
from ui.text import plain


def section(place: Place) -> None:
    """What closing means, and the button; or that it is closed already."""
    with reading() as session:
        done = milestones.of_quarter(session, place.quarter_id)
    if done is not None:
        st.success(f"Closed on {done.closed_at:%d %B %Y} by {plain(done.by)}.")
        return
    st.markdown(
        "Closing keeps this quarter as it is: what you knew, answered, decided and promised, the "
        "advice, and the rules behind it. Nothing in it can be changed afterwards; a correction is "
        "added with its date."
    )
    by = st.text_input("Who closes it?", key="closing_by")
    if st.button("Close the quarter", key="close_quarter", type="primary"):
        _close(place, by)


def _close(place: Place, by: str) -> None:
    moment = datetime.now().astimezone()
    try:
        with writing() as session:
            milestones.close(
                session, place.organisation_id, place.quarter_id, by, on=frame.today(), at=moment
            )
    except Refused as refusal:
        st.warning(plain(str(refusal)))
    else:
        st.rerun()
