"""What is said in the meeting: one field, and lists that show within seconds what others entered.

The lists are drawn again by themselves; fields are not, so nobody's typing is disturbed.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from models.database import reading, writing
from services import meeting_came, meeting_capture, minutes
from services.meeting_capture import By, Note, Said
from services.meetings import Held
from ui import editing, meeting_who
from ui.meeting_live import live
from ui.text import plain

CHANGING = "meeting_changing"
"""In the session: the note that is being put otherwise."""
SHOWN = ("note", "side", "signal", "checked", "scenario")


def field(held: Held, step: str, label: str = "What was said?") -> None:
    """One field for a note or something to be parked, and the form of a note that is changed."""
    if change(held, step):
        return
    form = f"meeting_note_{held.id}"
    editing.fill(form, {"text": ""})
    st.text_area(
        label, key=f"{form}_text", height=90,
        placeholder="One thought at a time, in your own words",
    )  # fmt: skip
    with st.container(horizontal=True):
        noted = st.button("Note it", key=f"{form}_keep", type="primary")
        park = st.button("Park it", key=f"{form}_park", icon=":material/local_parking:")
    if noted or park:
        said = Said(step, "parked" if park else "note", str(editing.typed(form)["text"]))
        with editing.saving(form), writing() as session:
            meeting_capture.note(session, held.id, said, meeting_who.me())


def change(held: Held, step: str) -> bool:
    """The form of a note that somebody wants to put otherwise; whether there is one."""
    changing = st.session_state.get(CHANGING)
    if changing:
        _change(held, step, int(changing))
    return bool(changing)


@live
def noted(held: Held, step: str) -> None:
    """What was entered in a step so far, by whomever and wherever."""
    with reading() as session:
        there = [
            (one, minutes.words(session, held.organisation_id, one))
            for one in meeting_capture.notes(session, held.id)
            if one.said.kind in SHOWN and one.said.step == step
        ]
        besides = meeting_came.came(session, held, step)
    if not there and not besides:
        st.caption("Nothing is noted in this step yet.")
    _list(there)
    for words, who in besides:
        st.markdown(f"{plain(words)}{meeting_who.said_by(By(who))}")


@live
def parked(held: Held) -> None:
    """What does not belong here and is not lost."""
    with reading() as session:
        found = meeting_capture.notes(session, held.id)
    there = [(one, one.said.text) for one in found if one.said.kind == "parked"]
    with st.container(border=True, key="meeting_parked"):
        st.markdown(f":material/local_parking: **Parked: {len(there)}**")
        if not there:
            st.caption("What leads away from the question waits here until the end.")
        _list(there)


def _list(there: Sequence[tuple[Note, str]]) -> None:
    for one, words in there:
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            said = meeting_who.said_by(one.by)
            st.markdown(f"{plain(words)}{said}", width="stretch")
            if one.said.kind in ("note", "side", "parked"):
                st.button(
                    "Change", key=f"meeting_change_{one.id}", icon=":material/edit:",
                    type="tertiary", on_click=_open, args=(one,),
                )  # fmt: skip
    if st.session_state.pop("meeting_opened", False):
        st.rerun()


def reopen(form: str) -> None:
    """Open again the form of a note in which something was typed and not kept."""
    note_id = form.removeprefix("meeting_said_")
    if note_id.isdecimal():
        st.session_state.setdefault(CHANGING, int(note_id))


def _open(one: Note) -> None:
    st.session_state[CHANGING] = one.id
    st.session_state["meeting_opened"] = True


def _close() -> None:
    st.session_state.pop(CHANGING, None)


def _change(held: Held, step: str, note_id: int) -> None:
    """The form of one note, whatever its step; what another person said meanwhile stands beside."""
    with reading() as session:
        one = meeting_capture.find(session, note_id)
    form = f"meeting_said_{note_id}"
    if one is None and form in editing.waiting():
        editing.fill(form, {"text": ""})
    if one is None and not editing.touched(form):
        _close()
        st.info("Somebody took this note away meanwhile.")
        return
    if one is not None:
        editing.fill(form, {"text": one.said.text}, one.version)
    editing.conflict(form, lambda theirs: [str(theirs["text"])])
    st.text_area("Put it otherwise", key=f"{form}_text", height=90)
    seen = editing.version(form)
    with st.container(horizontal=True):
        if st.button("Keep the change", key=f"{form}_keep", type="primary"):
            text = str(editing.typed(form)["text"])
            with editing.saving(form, seen, _close), writing() as session:
                if one is None:  # taken away by another, and kept once more
                    said = Said(step, "note", text)
                    meeting_capture.note(session, held.id, said, meeting_who.me())
                else:
                    meeting_capture.restate(session, note_id, text, version=seen)
        if st.button("Take it away", key=f"{form}_away"):
            with editing.saving(form, seen, _close), writing() as session:
                meeting_capture.take_away(session, note_id, version=seen)
        st.button("Leave it", key=f"{form}_leave", type="tertiary", on_click=_leave, args=(form,))


def _leave(form: str) -> None:
    editing.clear(form)
    _close()
