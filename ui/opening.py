"""Which rule or value is being looked at closely; the page shows it instead of its lists."""

from __future__ import annotations

import streamlit as st

RULE, VALUE = "rule", "value"
_OPEN = "rules_open"


def open_it(what: str, name: str) -> None:
    """Look at one rule or value from the next run on."""
    st.session_state[_OPEN] = (what, name)


def opened() -> tuple[str, str]:
    """What is looked at: RULE or VALUE and its id; two empty words if nothing is."""
    found = st.session_state.get(_OPEN) or ("", "")
    return str(found[0]), str(found[1])


def close() -> None:
    """Back to the lists."""
    st.session_state.pop(_OPEN, None)


def back(label: str) -> None:
    """The way back to the lists."""
    st.button(label, key="rules_back", icon=":material/arrow_back:", on_click=close)
