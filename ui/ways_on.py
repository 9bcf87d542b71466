"""What just missed the plan and what would bring it in; and where each limit can be eased."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from rules.advice import Target
from services import plan_words, planning
from services.advice import AdviceView
from services.plan_problem import OF_OWNERS
from services.plan_ways import WayIn
from ui import links
from ui.text import plain

PAGES = {
    "hours": ("organisation", "Say who has more hours"),
    "own_hours": ("organisation", "Say who has more hours"),
    "setup": ("rules", "See how much is set up at first"),
    "channels": ("rules", "See how many channels are enough"),
    "channel_hours": ("rules", "See what channels may take"),
    "accountable": ("ownership", "Share out who answers for what"),
    "share": ("organisation", "Say who else takes part"),
    "skills": ("ownership", "Write down who can do what"),
    "volunteers": ("organisation", "Say who likes to be seen"),
    "held_back": ("ownership", "See what holds somebody back"),
    "roles": ("ownership", "Say who holds which role"),
    "order": ("activities", "Take first what comes first"),
    "places": ("channels", "Choose where to be"),
    "doors": ("channels", "Say who answers messages"),
    "promised": ("plan", "Look at what is promised"),
}
"""Where a limit can be eased: page and words; every limit of a plan has a place."""


def link(limit: str, here: str) -> None:
    """Where to ease a limit; no link to the page on which one is."""
    page, words = PAGES[limit]
    if page != here:
        links.page_link(page, words)


def nobody(view: AdviceView, away: Collection[Target]) -> None:
    """Activities for which nobody can answer as things are, and what would change that; shown
    where skills and roles are written down."""
    left = [one for one in planning.plan(view, away).left_out if one.limit in OF_OWNERS]
    if not left:
        return
    with st.expander(f"Nobody for it yet: {len(left)}", icon=":material/person_off:"):
        for one in left:
            st.markdown(f"**{plain(view.title(one.kind, one.name))}**")
            said = [plan_words.why(view, one)]
            if one.limit != "skills":
                said.append(plan_words.way_in(view, WayIn(one, one.limit)))
            st.markdown(plain(" ".join(said)))
        st.markdown(":material/door_open: Write down below who can do what, or who else there is.")
        links.page_link("organisation", "Say who else takes part")


def just_missed(view: AdviceView, kind: str, away: Collection[Target], here: str) -> None:
    """The next two that just missed, behind a fold: finding what brings them in takes a moment."""
    plan = planning.plan(view, away)
    if not any(one.kind == kind for one in plan.left_out):
        return
    title = "Just missed, and what would bring it in"
    fold = st.expander(
        title, icon=":material/arrow_upward:", key=f"missed_{kind}", on_change="rerun"
    )
    if not fold.open:
        return
    with fold:
        with st.spinner("Trying what would bring more in …"):
            ways = planning.just_missed(view, kind, away)
        for way in ways:
            st.markdown(f"**{plain(view.title(kind, way.left.name))}**")
            st.markdown(plain(plan_words.why(view, way.left)))
            with st.container(horizontal=True, vertical_alignment="center"):
                brings = plain(plan_words.way_in(view, way))
                st.markdown(f":material/door_open: What brings it in: {brings}", width="content")
                link(way.limit, here)
        if not ways:
            st.markdown(
                "More of one thing alone would bring nothing in. What is missing stands below, "
                "beside each of those that are not in the plan."
            )
