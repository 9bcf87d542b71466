"""What a click does before the page is drawn, so that a refusal of it is said, and not an error."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from services.refusals import Changed, Refused
from ui import errors

log = logging.getLogger("crossroads")

P = ParamSpec("P")
REFUSED = "act_refused"


def act(work: Callable[P, None]) -> Callable[P, None]:
    """For `on_click` and `on_change`: what is refused, or fails, is said above the page; nothing of
    it was kept."""

    @wraps(work)
    def said(*args: P.args, **more: P.kwargs) -> None:
        try:
            work(*args, **more)
        except Exception as error:
            if not isinstance(error, Refused | Changed):
                log.exception("An act failed")
            st.session_state[REFUSED] = errors.sentence(error)

    return said


def refused() -> None:
    """Why the last click could not be kept, once."""
    words = st.session_state.pop(REFUSED, "")
    if words:
        st.warning(words)
