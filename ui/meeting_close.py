"""The end of the meeting: how useful it was, one failure to share with everybody, and ending it."""

from __future__ import annotations

from datetime import date
from statistics import mean

import streamlit as st

from models.database import reading, writing
from services import meeting_capture, meeting_clock, meeting_decisions
from services.meeting_capture import By, Said
from services.meeting_decisions import SCORES
from services.meetings import Held
from services.refusals import Refused
from ui import editing, meeting_decide, meeting_who
from ui.frame import Place
from ui.meeting_live import live
from ui.text import plain

WORDS = {1: "1 · not useful", 2: "2", 3: "3", 4: "4", 5: "5 · very useful"}


def ready(place: Place, held: Held, today: date) -> None:
    """What was decided, and how useful people found it so far."""
    meeting_decide.decided(held, change=False)
    _scores(held)


@live
def _scores(held: Held) -> None:
    with reading() as session:
        there = meeting_decisions.scores(session, held.id)
    if not there:
        st.caption("Nobody has said yet how useful it was.")
        return
    people = "one person" if len(there) == 1 else f"{len(there)} people"
    st.markdown(f"**How useful: {mean(one.score for one in there):.1f} of 5**, by {people}")
    for one in there:
        if one.change:
            said = meeting_who.said_by(By(one.who, one.verified))
            st.markdown(f"- {plain(one.change)}{said}")


def form(place: Place, held: Held) -> None:
    """A score by each who wants, the failure to share, and the end."""
    _score(place, held)
    st.divider()
    with reading() as session:
        failure = meeting_capture.one_of(session, held.id, "failure")
    meeting_decide.one_word(
        held,
        f"meeting_failure_{held.id}",
        failure,
        Said("close", "failure"),
        "One thing that went wrong, to be shared with everybody",
    )
    st.divider()
    if st.button("End the meeting", key="meeting_end", icon=":material/flag:", type="primary"):
        _end(held)


def _score(place: Place, held: Held) -> None:
    form, mine = f"meeting_score_{held.id}", meeting_who.me().name
    with reading() as session:
        noted = meeting_capture.notes(session, held.id)
    here = [one.said.text for one in noted if one.said.kind == "present"]
    names = list(dict.fromkeys([*([mine] if mine else []), *here, *meeting_who.names(place)]))
    editing.fill(form, {"who": mine or None, "points": None, "change": ""})
    typed = editing.typed(form)["who"]
    options = [*names, *([str(typed)] if typed and typed not in names else [])]
    st.selectbox(
        "Who?", options, index=None, key=f"{form}_who", accept_new_options=True,
        placeholder="Choose or type a name",
    )  # fmt: skip
    st.segmented_control(
        "How useful was it?", list(SCORES), format_func=WORDS.__getitem__, key=f"{form}_points"
    )
    st.text_input("What do we change in the review itself?", key=f"{form}_change")
    if st.button("Keep my score", key=f"{form}_keep", type="primary"):
        said = editing.typed(form)
        points, by = said["points"], By(str(said["who"] or ""))
        with editing.saving(form), writing() as session:
            meeting_decisions.score(
                session, held.id, points if isinstance(points, int) else 0, str(said["change"]), by
            )


def _end(held: Held) -> None:
    try:
        with writing() as session:
            meeting_clock.end(session, held.id)
    except Refused as refusal:
        st.warning(plain(str(refusal)))
    else:
        st.rerun()
