"""The frame of every page: navigation, the organisation and quarter, and one place for errors."""

from __future__ import annotations

import streamlit as st

from ui import errors, frame, links

st.set_page_config(page_title="Crossroads", page_icon="🧭", layout="wide")
page = st.navigation(links.navigation(), position="hidden")
try:
    frame.prepare()
    frame.show(page.url_path or "overview")
    page.run()
except Exception as error:  # the one place where every error ends
    errors.show(error)
