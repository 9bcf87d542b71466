"""What our own numbers suggest to a form that people fill in; they decide."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from services.suggested import Suggestion
from ui.text import plain


def shown(form: str, said: Suggestion, word: str) -> None:
    """The suggestion and what it rests on; one tap puts it into the form, and nothing is kept."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f":material/lightbulb: :small[A proposal from our numbers: **{word}**. "
            f"{plain(said.words)}.]"
        )
        st.button(
            "Use the proposal", key=f"{form}_use", type="tertiary", on_click=_use, args=(form, said)
        )


def _use(form: str, said: Suggestion) -> None:
    for name, value in asdict(said).items():
        if name != "words":
            st.session_state[f"{form}_{name}"] = value
