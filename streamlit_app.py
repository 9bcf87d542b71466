"""The frame: the navigation, and the one place where errors are shown."""

from __future__ import annotations

import logging

import streamlit as st

st.set_page_config(page_title="Crossroads", page_icon="🧭", layout="wide")
chosen = st.navigation(
    [st.Page("pages/choose/trial.py", title="Try the advice", default=True)], position="top"
)
try:
    chosen.run()
except Exception:  # whatever a page did wrong: the reader gets a sentence, the log the rest
    logging.getLogger("crossroads").exception("a page failed")
    st.error("Something went wrong on this page. What you saved is safe; please reload the page.")
