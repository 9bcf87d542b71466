"""After the meeting: what it said and decided, in words, and the way on."""

from __future__ import annotations

from datetime import date

import streamlit as st

from models.database import reading, writing
from services import meeting_clock, minutes
from services.meetings import Held
from services.minutes import Minutes
from services.refusals import Refused
from ui.frame import Place
from ui.text import plain

PART, CLOSING = "review", "Close and go on"
"""The page's choice of a part, and the part in which the quarter is closed."""


def section(place: Place, held: Held, over: bool) -> None:
    """What came of it; as long as the quarter is open, the meeting can be taken up again."""
    with reading() as session:
        said = minutes.of(session, place.organisation_id, place.quarter_id)
    if said is None:
        st.rerun()
    with st.container(key="meeting_left"):
        here = f", {len(said.present)} people" if said.present else ""
        st.markdown(f"**Held on {_day(said.held_on)}** · {said.minutes_spent} minutes{here}")
        if not over:
            _on(held)
        _decided(said)
        left, right = st.columns(2, gap="large")
        with left:
            _lines("What came of what was expected", [_result(*one) for one in said.checked])
            _lines(
                "Was due, and nobody has said what came of it", [plain(one) for one in said.unsaid]
            )
            _lines("Parked", [plain(one) for one in said.parked])
            _thought(said)
        with right:
            _lines("What was said", [_note(*one) for one in said.notes])


def _on(held: Held) -> None:
    st.markdown("What is written here stays open to change until you close the quarter.")
    with st.container(horizontal=True):
        st.button("Close the quarter", key="meeting_to_closing", type="primary", on_click=_to)
        st.button(
            "Take the meeting up again", key="meeting_again", on_click=_again, args=(held.id,)
        )


def _decided(said: Minutes) -> None:
    st.subheader("Decided", anchor=False)
    for number, one in enumerate(said.decided, start=1):
        stop = ":material/block: Stop: " if one.is_stop else ""
        st.markdown(
            f"{number}. {stop}**{plain(one.what)}** · {plain(one.who)}, by {_day(one.due_on)}  \n"
            f"Expected: {plain(one.effect)}; checked on {_day(one.check_on)}"
        )
    if not said.decided:
        st.markdown("Nothing was decided.")
    if said.no_stop_because:
        st.markdown(f"Nothing stops, because {plain(said.no_stop_because)}")


def _thought(said: Minutes) -> None:
    if said.failure:
        st.markdown(f"**A failure to share**\n\n{plain(said.failure)}")
    if said.score is not None:
        people = "one person" if said.scores == 1 else f"{said.scores} people"
        st.markdown(f"**The review itself**: {said.score:.1f} of 5, by {people}")
    _lines("To change in the review", [plain(one) for one in said.changes])


def _lines(title: str, lines: list[str]) -> None:
    if lines:
        st.markdown(f"**{title}**\n\n" + "\n".join(f"- {one}" for one in lines))


def _result(what: str, result: str, why: str) -> str:
    said = f": {plain(why)}" if why else ""
    return f"{plain(what)}: **{result.lower()}**{said}"


def _note(step: str, text: str, who: str) -> str:
    by = f" :gray[· {plain(who)} (not verified)]" if who else ""
    return f"{plain(step)}: {plain(text)}{by}"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "no day"


def _to() -> None:
    st.session_state[PART] = CLOSING


def _again(meeting_id: int) -> None:
    try:
        with writing() as session:
            meeting_clock.resume(session, meeting_id)
    except Refused:
        return  # closed or gone by now; the page says so
