"""Who speaks at this screen: a name that people give themselves, and nobody has verified."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from models.database import reading
from services import meeting_capture, people
from services.meeting_capture import By
from services.meetings import Held
from ui import promising
from ui.frame import Place
from ui.text import plain

ME, CHOOSE = "meeting_me", "meeting_i_am"
"""In the session: who speaks here, and the list to choose from."""
ALONE = ("127.0.0.1", "localhost", "::1", "[::1]")
"""Addresses that no other machine can open."""


def me() -> By:
    """Who speaks at this screen; nobody in particular unless somebody said."""
    return By(str(st.session_state.get(ME) or ""))


def names(place: Place) -> list[str]:
    """Who takes part, by name."""
    with reading() as session:
        return [one.said.name for one in people.listed(session, place.organisation_id)]


def ask(place: Place, held: Held) -> None:
    """Choose who speaks, or type another name; whatever is entered afterwards bears it."""
    there, mine = names(place), me().name
    known = mine if mine in there else None  # other pages know those who take part
    if st.session_state.get(promising.WHO) != known:
        st.session_state[promising.WHO] = known
    with reading() as session:
        noted = meeting_capture.notes(session, held.id)
    guests = [one.said.text for one in noted if one.said.kind == "present"]
    options = list(dict.fromkeys([*there, *guests, *([mine] if mine else [])]))
    if CHOOSE not in st.session_state:
        st.session_state[CHOOSE] = mine or None
    label = f"I am {plain(mine)}" if mine else "Who speaks?"
    with st.popover(label, icon=":material/person:", key="meeting_who"):
        st.selectbox(
            "I am …",
            options,
            index=None,
            key=CHOOSE,
            placeholder="Choose or type a name",
            accept_new_options=True,
            on_change=_speak,
        )
        st.caption(
            "Nobody checks this name, so it is marked “not verified” beside what you enter. At one "
            "screen for all, change it when another person speaks, or leave it empty."
        )


def said_by(by: By) -> str:
    """` · Ann (not verified)`, as Markdown; "" where nobody said."""
    mark = "" if by.verified else " (not verified)"
    return f" :gray[· {plain(by.name)}{mark}]" if by.name else ""


def joining() -> str:
    """How others come to see the same on their own screen, or that they cannot."""
    address = urlsplit(str(st.context.url or ""))
    if not address.hostname or address.hostname in ALONE:
        return (
            "This tool runs on this machine alone, so there is no link for other devices. Work "
            "together at this one screen; a second window on this machine shows the same."
        )
    return (
        f"Others open **{plain(f'{address.scheme}://{address.netloc}')}** on their own device and "
        "go to “Learn”, “Quarterly review”. What one enters, the others see within seconds."
    )


def _speak() -> None:
    st.session_state[ME] = " ".join(str(st.session_state[CHOOSE] or "").split())[:80]
