"""Where people see the work differently: the three widest, and what each side sees.

Both views are noted beside each other. Nobody's answer in the round changes by it.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from charts.theme import level_word
from models.database import reading, writing
from services import meeting_capture, meeting_ready, rulebook
from services.meeting_capture import SIDES, Said
from services.meeting_ready import Disagreement
from services.meetings import Held
from services.raised import raised
from ui import editing, links, meeting_notes, meeting_who
from ui.frame import Place
from ui.text import plain

ABOUT = "meeting_about"


def ready(place: Place, held: Held, today: date) -> None:
    """The three widest disagreements that may be shown; without any, a way to find one aloud."""
    with reading() as session:
        ids = (place.organisation_id, place.quarter_id)
        found = meeting_ready.disagreements(session, *ids)
    for number, one in enumerate(found, start=1):
        _told(number, one)
    if found:
        st.caption("Only figures that may be shown; who said what stays with each of you.")
    else:
        st.markdown(
            "**No answers lie beside each other yet.** Try it with your hands: somebody reads out "
            "a success factor, everybody shows 0 to 4 fingers at once (0 not there, 1 by chance, "
            "2 agreed, 3 lived, 4 learning). Where the hands differ most, ask both sides what they "
            "see."
        )
        titles = rulebook.titles("factors").values()
        st.markdown("\n".join(f"- {plain(title)}" for title in titles))
    links.page_link("assessment", "Open the questions and answers")


def form(place: Place, held: Held) -> None:
    """Two fields beside each other, for the two sides of one subject."""
    if meeting_notes.change(held, "disagreements"):
        return
    with reading() as session:
        found = meeting_ready.disagreements(session, place.organisation_id, place.quarter_id)
    first = [one.factor for one in found]
    titles = rulebook.titles("factors")
    ordered = [*first, *(name for name in titles if name not in first)]
    about = st.selectbox("What is it about?", ordered, format_func=titles.__getitem__, key=ABOUT)
    for side, words in SIDES.items():
        _side(held, str(about or ordered[0]), side, words)
    st.markdown("**Both views so far**")


def _told(number: int, one: Disagreement) -> None:
    with st.container(border=True):
        sides = [
            f"{plain(raised(group))}: **{level:g}**, {level_word(level)}"
            for group, level in (one.low, one.high)
        ]
        st.markdown(f"{number}. **{plain(one.title)}**  \n{'  ·  '.join(sides)}")


def _side(held: Held, about: str, side: str, words: str) -> None:
    form = f"meeting_side_{held.id}_{side}"
    editing.fill(form, {"text": ""})
    st.text_area(f"{words} sees", key=f"{form}_text", height=70)
    if st.button("Note this view", key=f"{form}_keep"):
        text = str(editing.typed(form)["text"])
        said = Said("disagreements", "side", text, about=about, said=side)
        with editing.saving(form), writing() as session:
            meeting_capture.note(session, held.id, said, meeting_who.me())
