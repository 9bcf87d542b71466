"""Tests that end, assumptions that the quarter contradicts, and what-ifs to talk about."""

from __future__ import annotations

from datetime import date

import streamlit as st

from models.database import reading, writing
from services import (
    agenda,
    experiments,
    learning,
    lessons,
    meeting_capture,
    meeting_ready,
    scenarios,
)
from services.meeting_capture import Said
from services.meetings import Held
from services.refusals import Changed, Refused
from services.shelved import Kept
from ui import links, meeting_who, testing, weighing
from ui.frame import Place
from ui.text import plain

AT_ONCE = 3
_ANSWERS = {"declined": "declined", "adapted": "taken otherwise"}


def tests(place: Place, held: Held, today: date) -> None:
    """Cards that are due, each to be kept, changed, stopped or repeated."""
    with reading() as session:
        day = meeting_ready.until(session, place.quarter_id, today)
        due = meeting_ready.due_tests(session, place.organisation_id, day)
        running = experiments.running(experiments.listed(session, place.organisation_id))
    for one in due:
        testing.card(one, today)
    if not due:
        st.success("Every test that was due has its decision.")
    if len(running) > len(due):
        st.caption(f"{len(running) - len(due)} more run on and are not due this quarter.")
    links.page_link("culture", "Put up a new test")


def assumptions(place: Place, held: Held, today: date) -> None:
    """What was overruled, rules that should count otherwise, double lessons, and six questions."""
    ids = (place.organisation_id, place.quarter_id)
    with reading() as session:
        overruled = meeting_ready.overruled(session, place.quarter_id)
        proposed = learning.proposals(session, *ids, today)
        said = lessons.listed(session, place.organisation_id)
    double = [
        one for one in said if one.said.loop == "double" and one.quarter_id == place.quarter_id
    ]
    if proposed:
        st.markdown("**Rules whose advice came out otherwise than expected**")
        for one in proposed[:AT_ONCE]:
            weighing.ask(place, one, today)
    if overruled:
        st.markdown("**Advice that you overruled**")
        for row in overruled[:AT_ONCE]:
            why = f": “{plain(row.why)}”" if row.why else ""
            st.markdown(f"- {plain(row.title)}, {_ANSWERS[row.answer]}{why}")
    if double:
        st.markdown("**Lessons that question what you want, or a rule**")
        for lesson in double[:AT_ONCE]:
            st.markdown(f"- {plain(lesson.said.text)} ({plain(lesson.title)})")
    st.markdown("**Questions that open it up**: take one, and stay with it")
    st.markdown("\n".join(f"- {plain(one)}" for one in agenda.prompts()))
    links.page_link("culture", "Write down a lesson, or change a rule by it")


def what_if(place: Place, held: Held, today: date) -> None:
    """The shelf; one is chosen to be talked about, and adopted only there."""
    with reading() as session:
        shelf = scenarios.listed(session, place.organisation_id)
        chosen = meeting_capture.one_of(session, held.id, "scenario")
    for one in shelf:
        _scenario(held, one, chosen)
    if not shelf:
        st.markdown(
            "Nothing lies on the shelf. Try out a change on paper: nothing happens until you adopt "
            "it, and what is put on the shelf appears here."
        )
    links.page_link("what_if", "Try a change, or adopt one")


def _scenario(held: Held, one: Kept, chosen: meeting_capture.Note | None) -> None:
    mine = chosen is not None and chosen.said.about == str(one.id)
    with st.container(border=True):
        st.markdown(f"**{plain(one.said.name)}**" + (" :blue-badge[Talked about]" if mine else ""))
        st.caption("; ".join(plain(line) for line in one.lines))
        st.markdown(plain(one.summary))
        if not mine and st.button("Talk about this one", key=f"meeting_talk_{one.id}"):
            _talk(held, one, chosen)


def _talk(held: Held, one: Kept, chosen: meeting_capture.Note | None) -> None:
    """What is chosen takes the place of what was; one at a time is talked about."""
    try:
        with writing() as session:
            if chosen is not None:
                meeting_capture.take_away(session, chosen.id, version=chosen.version)
            said = Said("what_if", "scenario", about=str(one.id))
            meeting_capture.put(session, held.id, said, meeting_who.me())
    except (Refused, Changed) as trouble:
        st.warning(plain(str(trouble)))
    else:
        st.rerun()
