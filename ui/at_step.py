"""Which step into the next quarter is open: what was taken is kept, so it survives the browser."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from services.next_quarter import STEPS, Way

_AT = "next_step"
"""In the session: a step that was taken and is looked at again, as (quarter, step)."""


def at(way: Way, taken: Collection[str]) -> str:
    """The step that is looked at again, else the first that is not taken yet; "" after the last."""
    quarter, step = st.session_state.get(_AT, (0, ""))
    if quarter == way.id:
        return str(step)
    return next((one for one in STEPS if one not in taken), "")


def to(way: Way, step: str) -> None:
    """Look at a step again."""
    st.session_state[_AT] = (way.id, step)


def leave() -> None:
    """The step is taken; the next one that is open comes."""
    st.session_state.pop(_AT, None)
