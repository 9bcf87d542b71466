"""Organisation: who we are and who takes part, each word of it changed whenever it changes."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from services import organisations
from ui import frame, parts, people, profile, several

frame.heading("organisation")
profile.rescued()
place = frame.current()

with reading() as session:
    row = organisations.get(session, place.organisation_id)
    if row is None:
        st.info("This organisation was taken away meanwhile. Choose another one above.")
        st.stop()
    version, said, is_example = row.version, organisations.profile(row), row.is_example

if is_example:
    st.info(
        "This is a made-up organisation to try things with. Nothing here is about real people, and "
        "nothing you change can break it.",
        icon=":material/theater_comedy:",
    )
we, who, which, all_of_them = st.tabs(
    ["Who we are", "Who takes part", "Parts of us", "All organisations"]
)
with we:
    profile.edit(place.organisation_id, version, said)
with who:
    people.section(place.organisation_id)
with which:
    parts.section(place.organisation_id)
with all_of_them:
    several.section(place.organisation_id)
