"""First step into the next quarter: which open promises go on."""

from __future__ import annotations

import streamlit as st

from models.database import reading, writing
from services import next_quarter
from services.days import said as day
from services.next_quarter import Promise, Way
from services.refusals import Refused
from ui import at_step
from ui.frame import Place
from ui.text import label, plain

_STANDS = {"open": "not begun", "doing": "being done", "stuck": "stuck, begins anew"}


def section(place: Place, way: Way, by: str) -> None:
    """Every promise that is neither done nor let go, ticked unless it was left out before."""
    with reading() as session:
        found = next_quarter.promises(session, place.quarter_id, way.id or 0)
        first = "carry_over" not in next_quarter.steps(session, way.id or 0)
    if found:
        st.markdown(
            f"These promises are open. What is ticked goes on in {way.label}; the rest ends here, "
            "and that is fine too."
        )
    else:
        st.markdown("No promise is open, so none has to carry over.")
    with st.container(gap="xsmall"):
        ticked = [one for one in found if _tick(one, way, first=first)]
    if found:
        week = sum(one.kept.said.hours_week for one in ticked)
        st.caption(f"{len(ticked)} of {len(found)} go on, with {week:g} hours a week.")
    words = "Carry over what is ticked" if found else "Go on"
    if st.button(words, key="carry_keep", type="primary"):
        try:
            with writing() as session:
                numbers = [one.kept.id for one in ticked]
                next_quarter.carry_over(session, place.quarter_id, way.id or 0, numbers, by)
        except Refused as refusal:
            st.warning(plain(str(refusal)))
        else:
            at_step.leave()
            st.rerun()


def _tick(one: Promise, way: Way, *, first: bool) -> bool:
    said = one.kept.said
    ticked = st.checkbox(
        label(said.title),
        value=first or one.ticked,
        key=f"carry_{one.kept.id}_{way.id}",
        disabled=one.begun,
    )
    told = [plain(one.kept.owner) or "nobody yet", f"{said.hours_week:g} hours a week"]
    told.append(_STANDS[one.kept.standing.state])
    if said.due_on:
        past = said.due_on < way.starts_on
        told.append(f"by {day(said.due_on)}{', a day that falls away' if past else ''}")
    if one.begun:
        told.append(f"somebody has changed it in {way.label} already, so it stays there")
    st.caption(" · ".join(told))
    return ticked
