"""What draws itself again every second or so: what is done when the database does not answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st
from sqlalchemy.exc import OperationalError

LOOK = 1.5
"""Seconds after which a list looks whether there is something new."""
P = ParamSpec("P")


def live(draw: Callable[P, None], every: float = LOOK) -> Callable[P, None]:
    """A piece of the page that looks by itself whether there is something new. While the database
    does not answer it says so, and looks again."""

    @wraps(draw)
    def looked(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            draw(*args, **kwargs)
        except OperationalError:
            st.caption("The database does not answer just now; this looks again by itself.")

    return st.fragment(looked, run_every=every)
