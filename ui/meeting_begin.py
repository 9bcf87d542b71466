"""Before the meeting: what will happen, for how long, what helps beforehand, and the beginning."""

from __future__ import annotations

import streamlit as st

from models.database import reading, writing
from services import agenda, meeting_ready, meetings
from services.refusals import Refused
from ui import frame, links, meeting_who
from ui.frame import Place
from ui.text import plain


def section(place: Place, over: bool) -> None:
    """The agenda as it would be now, and the button; a closed quarter without a meeting says so."""
    if over:
        st.info("This quarter is closed, and nobody noted a meeting in it.")
        st.markdown("What was closed stands under “Closed quarters”; go on in the next quarter.")
        return
    today = frame.today()
    with reading() as session:
        ids = (place.organisation_id, place.quarter_id)
        first = meetings.is_first(session, *ids)
        empty = meeting_ready.empty(session, ids, today)
    plan = agenda.plan(first=first, empty=empty)
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="meeting_left"):
        _what(first, agenda.total(plan))
        if st.button("Begin the meeting", key="meeting_begin", type="primary"):
            _begin(place)
        _agenda(plan, empty, first)
    with right, st.container(key="meeting_right"):
        st.subheader("So that it goes well", anchor=False)
        st.markdown(
            "1. Put this on one big screen that everybody sees.\n"
            "2. One person types; the others talk. Change who types when you like.\n"
            "3. The clock can pause. Nobody has to hurry; it only tells the time.\n"
            "4. What does not belong here is parked, and nothing is lost."
        )
        st.caption(meeting_who.joining())
        _beforehand()


def _what(first: bool, minutes: int) -> None:
    if first:
        st.markdown(
            f"**Your first review.** In {minutes} minutes you say what you want, where you see the "
            "work differently, who has time, and what you decide. From the next one on, it begins "
            "with what came of that."
        )
    else:
        st.markdown(
            f"**{minutes} minutes, one question at a time.** It begins with what you promised last "
            "time and ends with at most five decisions, one of which stops something."
        )


def _agenda(plan: agenda.Plan, empty: frozenset[str], first: bool) -> None:
    st.subheader("The agenda", anchor=False)
    for number, (name, minutes) in enumerate(plan, start=1):
        step = agenda.step(name, first=first)
        st.markdown(f"{number}. **{plain(step.title)}** · {minutes} min  \n{plain(step.question)}")
    usual = {name for name, _ in agenda.plan(first=first)}
    left_out = [agenda.step(name).title for name in agenda.ordered(empty & usual)]
    if left_out:
        st.caption(
            f"Nothing lies ready for {plain(', '.join(left_out))}; those minutes go to where you "
            "see things most differently."
        )


def _beforehand() -> None:
    """What makes the meeting richer, if there is time before."""
    st.markdown("**What helps beforehand**")
    for page, words in (
        ("assessment", "Let everybody answer how you work today"),
        ("measuring", "Put in what you counted"),
        ("culture", "Say what came of the advice you took"),
    ):
        links.page_link(page, words)


def _begin(place: Place) -> None:
    try:
        with writing() as session:
            ids = (place.organisation_id, place.quarter_id)
            meetings.begin(session, ids, on=frame.today())
    except Refused as refusal:
        st.warning(plain(str(refusal)))
    else:
        st.rerun()
