"""The two ways in, as long as there is no organisation."""

from __future__ import annotations

import streamlit as st

from ui import links


def ways_in() -> None:
    """See an example, or start with us."""
    st.markdown(
        "Say what you want and how you work today. You get advice on where to be, what to do and "
        "who does it, with its reasons, and it fits the hours you have."
    )
    example, own = st.columns(2, gap="medium")
    with own, st.container(border=True, height="stretch"):
        st.subheader("Start with us (10 min)", anchor=False)
        st.markdown("Who you are, eight questions, what you want: then the first advice is there.")
        links.page_link("begin", "Start with us")
    with example, st.container(border=True, height="stretch"):
        st.subheader("See an example (2 min)", anchor=False)
        st.markdown(
            "A made-up organisation with two years of history. Nothing you do can break it."
        )
