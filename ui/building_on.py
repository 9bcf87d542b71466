"""What an activity is, and what it builds on, in plain words."""

from __future__ import annotations

import streamlit as st

from services import costs
from services.advice import AdviceView
from ui.text import plain

_STANDS = {
    "there": ":material/check: It builds on “{title}”, which is in place.",
    "planned": ":material/event_available: It builds on “{title}”, which is in your plan.",
    "missing": ":material/stairs: It builds on “{title}”, which is not in place yet.{cost}",
}


def shown(view: AdviceView, activity: str) -> None:
    """What is done, in a line, and a line for each thing that comes before it."""
    entry = view.entry("activity", activity)
    if entry is not None:
        st.caption(plain(str(entry.values.get("what", ""))))
    for before in costs.builds_on(view, activity):
        title = plain(view.title("activity", before.activity))
        cost = _cost(view, before.activity) if before.state == "missing" else ""
        st.markdown(f":small[{_STANDS[before.state].format(title=title, cost=cost)}]")


def _cost(view: AdviceView, activity: str) -> str:
    entry = view.entry("activity", activity)
    setup = costs.cost(view, "activity", entry).setup if entry else 0
    return f" It takes {setup:g} h once." if setup else ""
