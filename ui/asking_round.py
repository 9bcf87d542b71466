"""Third step into the next quarter: asking again how we work, beside what was said before."""

from __future__ import annotations

import streamlit as st

from models.database import reading, writing
from services import assessments, next_quarter, rulebook
from services.next_quarter import Way
from services.refusals import Refused
from services.showing import EVERYONE
from ui import at_step, rounds
from ui.frame import Place
from ui.text import plain


def section(place: Place, way: Way, by: str) -> None:
    """How deep, what the answers were until now, and the new round; nothing is answered for
    anybody."""
    with reading() as session:
        found = assessments.results(session, place.organisation_id, place.quarter_id)
        round_ = assessments.running(session, place.organisation_id, way.id or 0)
        depth = round_.depth if round_ else 0
    running = bool(depth)
    levels = {
        name: groups[EVERYONE].level for name, groups in found.factors.items() if EVERYONE in groups
    }
    st.markdown(
        "The same questions again show what has changed. Everybody answers afresh; what was said "
        "the last time stands beside the questions, and nothing is chosen beforehand."
    )
    if levels:
        st.caption(f"The last time: {_told(levels)}.")
    else:
        st.caption("There are no answers yet that could be shown beside them.")
    if depth:
        st.markdown(f"A round of {depth} questions is open in {way.label} already.")
    else:
        depth = rounds.choose(key="next_depth")
    if st.button(
        "Begin the new round" if not running else "Go on with it", key="ask_again", type="primary"
    ):
        try:
            with writing() as session:
                next_quarter.reassess(session, way.id or 0, depth=depth, by=by)
        except Refused as refusal:
            st.warning(plain(str(refusal)))
        else:
            at_step.leave()
            st.rerun()


def _told(levels: dict[str, float]) -> str:
    titles = rulebook.titles("factors")
    return ", ".join(f"{plain(titles[name])} {level:g}" for name, level in levels.items())
