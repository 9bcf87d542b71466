"""Messages: those that wait for an answer, and all of a quarter."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from services import rulebook
from services.case_kpis import hours, minutes
from services.cases import Case, Said
from services.office_hours import OfficeHours, clock
from ui import answering, editing, rescue
from ui.answering import Around
from ui.counted import day
from ui.text import plain

SHOWN, LINES = 6, 20


def waiting(rows: Sequence[Case], around: Around) -> None:
    """Those that wait, the oldest first, each with the place to say that it is answered."""
    rescue.shown("message", "message", lambda typed, _: answering.words(typed))
    if not rows:
        return
    st.subheader("Waiting for an answer", anchor=False)
    count = "One message waits." if len(rows) == 1 else f"{len(rows)} messages wait."
    st.warning(
        f"{count} Answer the oldest first; a short word that it takes time is an answer too.",
        icon=":material/hourglass_bottom:",
    )
    for one in rows[:SHOWN]:
        with st.container(border=True):
            st.markdown(answering.told(one.said))
            st.caption(plain(_waits(one, around)))
            form = f"message_{one.id}_reply"
            fold = st.expander("It is answered", key=f"fold_{form}", on_change="rerun")
            if fold.open or editing.touched(form) or editing.in_conflict(form):
                with fold:
                    answering.reply(one, form, around)
    if len(rows) > SHOWN:
        st.caption(f"… and {len(rows) - SHOWN} more, which are newer.")


def everything(
    rows: Sequence[Case], office: OfficeHours, around: Around, *, read_only: bool = False
) -> None:
    """All of the quarter as a table, and one of them to say otherwise, unless that is over."""
    typing = any(editing.touched(f"message_{one.id}_say") for one in rows)
    fold = st.expander(
        f"All messages of this quarter: {len(rows)}", icon=":material/list:", key="messages_all",
        on_change="rerun",
    )  # fmt: skip
    if not (fold.open or typing):
        return
    with fold:
        table = pd.DataFrame([_line(one, office) for one in rows[:LINES]])
        st.table(table, hide_index=True, border="horizontal")
        if len(rows) > LINES:
            st.caption(f"The newest {LINES} of {len(rows)}; all of them count in the numbers.")
        if read_only:
            return
        known = {one.id: one for one in rows}
        picked = st.selectbox(
            "Which one do you want to say otherwise?",
            list(known),
            index=None,
            format_func=lambda one: _called(known[one].said),
            placeholder="Choose a message",
            key="message_picked",
        )
        if picked in known:
            answering.everything(known[picked], f"message_{picked}_say", around)


def _waits(one: Case, around: Around) -> str:
    days = (around.today - one.said.received_on).days
    since = "since today" if days == 0 else "for 1 day" if days == 1 else f"for {days} days"
    needs = "" if one.said.needs_answer else " Whether it needs an answer is not said."
    return f"It waits {since}; {one.person or 'nobody is named who'} takes care of it.{needs}"


def _line(one: Case, office: OfficeHours) -> dict[str, str]:
    said, waited = one.said, minutes(one.said, office)
    where = rulebook.title("channels", said.channel) if said.channel else said.elsewhere
    replied = {None: "not known", True: "yes", False: "not yet"}[said.answered]
    if said.replied_on:
        replied = day(said.replied_on)
    at = f", {clock(said.received_minute)}" if said.received_minute is not None else ""
    return {
        "Received": f"{day(said.received_on)}{at}",
        "Where": plain(where),
        "About": plain(said.subject),
        "First answer": replied,
        "Office hours": "" if waited is None else hours(waited),
        "Solved there": {None: "", True: "yes", False: "no"}[said.solved],
        "Rating": "" if said.rating is None else str(said.rating),
    }


def _called(said: Said) -> str:
    at = f" {clock(said.received_minute)}" if said.received_minute is not None else ""
    return f"{day(said.received_on)}{at}: {said.subject or 'no word what it was about'}"
