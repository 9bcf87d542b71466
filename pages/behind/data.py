"""Backup and data: everything in one file, out and back in."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from services import backup
from ui import backups, frame

frame.heading("data")
backups.outcome()
with reading() as session:
    here = backup.here(session)

st.subheader("Take everything with you", anchor=False)
backups.taking_home(here)
st.subheader("Put a backup back", anchor=False)
backups.putting_back(here)
