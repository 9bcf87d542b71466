"""Which rule or value is looked at closely; it opens where it stands in its list."""

from __future__ import annotations

import streamlit as st

RULE, VALUE = "rule", "value"
_OPEN = "rules_open"


def is_open(what: str, name: str) -> bool:
    """Whether this rule or value is the one that is looked at."""
    return st.session_state.get(_OPEN) == (what, name)


def button(what: str, name: str) -> None:
    """Opens a rule or value where it stands, or folds it again."""
    opened = is_open(what, name)
    st.button(
        "Fold it again" if opened else "Look closer or change it",
        key=f"open_{name}",
        type="tertiary",
        icon=":material/unfold_less:" if opened else ":material/tune:",
        on_click=_toggle,
        args=(what, name),
    )


def _toggle(what: str, name: str) -> None:
    st.session_state[_OPEN] = None if is_open(what, name) else (what, name)
