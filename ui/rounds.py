"""A round of questions: how many, how far people are, and closing it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from models.database import writing
from rules.pack import Entry
from services import assessments, rulebook
from services.refusals import Refused
from services.showing import ENOUGH
from ui.frame import Place
from ui.text import plain

_WORDS = {
    8: ("8 questions", "One for each factor. Five minutes, and enough for first advice."),
    25: ("25 questions", "Where it hurts becomes visible. A quarter of an hour."),
    46: ("All 46 questions", "The whole picture, once a year. Half an hour."),
}


def questions(depth: int) -> Sequence[Entry]:
    """The questions of a round, in the order of the factors."""
    entries = rulebook.pack().catalogues["questions"].values()
    return [entry for entry in entries if int(str(entry.values["depth"])) <= depth]


def begin(place: Place, beyond: int = 0) -> None:
    """Offer the depths, the light one first; beyond one, the round that is open becomes deeper."""
    depth = choose(beyond)
    if beyond:
        st.caption("Everybody in this round is asked the new questions too; no answer is lost.")
    words = "Ask more" if beyond else "Begin a round"
    if st.button(words, type="primary", key="open_round"):
        here = (place.organisation_id, place.quarter_id)
        try:
            with writing() as session:
                assessments.open_round(session, *here, depth=depth)
        except Refused as refusal:
            st.warning(plain(str(refusal)))
        else:
            st.rerun()


def choose(beyond: int = 0, key: str = "depth") -> int:
    """One of the depths, the light one unless another is chosen."""
    depths = [depth for depth in assessments.DEPTHS if depth > beyond]
    return st.radio(
        "How deep shall it go?",
        depths,
        format_func=lambda each: _WORDS[each][0],
        captions=[_WORDS[each][1] for each in depths],
        key=key,
    )


def ending(assessment_id: int, joined: int, finished: int) -> None:
    """Who is there so far, never who it is; and the end of the round."""
    people = "One person has" if joined == 1 else f"{joined} people have"
    st.markdown(f"{people} joined the round that is open now, {finished} came to the end.")
    if joined < ENOUGH:
        st.caption(
            f"From {ENOUGH} people on, figures of a group can be shown. Until then, only the "
            "answers of leaders who agreed count."
        )
    with st.popover("Close the round", icon=":material/lock:"):
        st.markdown("Afterwards nobody can answer any more, and it cannot be opened again.")
        if joined < ENOUGH:
            st.markdown("With so few people, only leaders who agreed will be shown.")
        else:
            st.markdown("The figures of groups appear, where enough people of a group answered.")
        if st.button("Close it now", key="close_round"):
            with writing() as session:
                assessments.close(session, assessment_id)
            st.rerun()
