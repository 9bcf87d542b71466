"""The first steps: who is here, what was heard outside, and what you want."""

from __future__ import annotations

from datetime import date

import streamlit as st

from models.database import reading, writing
from services import advice, insights, meeting_capture
from services.meeting_capture import By, Said
from services.meetings import Held
from services.refusals import Refused
from ui import links, meeting_who
from ui.frame import Place
from ui.meeting_live import live
from ui.text import plain

QUOTES, WANTED = 3, 6


def ready(place: Place, held: Held, today: date) -> None:
    """Who is here, and the newest things that were heard."""
    _here(place, held)
    st.markdown("**Heard outside**")
    with reading() as session:
        heard = insights.listed(session, place.organisation_id)
    newest = sorted(
        (one for one in heard if one.said.heard_on <= today),
        key=lambda one: (one.said.heard_on, one.id),
        reverse=True,
    )[:QUOTES]
    for one in newest:
        day = one.said.heard_on
        st.markdown(f"> “{plain(one.said.text)}”")
        st.caption(
            f"{day.day} {day:%B %Y}{f' · {plain(one.said.about)}' if one.said.about else ''}"
        )
    if not newest:
        st.markdown(
            "Nothing was written down this quarter. Go round once: what did each of you hear from "
            "a customer, a guest, a neighbour?"
        )
    if "listening" in links.PAGES:
        links.page_link("listening")


def aims(place: Place, held: Held, today: date) -> None:
    """What is wanted, as far as it was said, with what tells that one gets there."""
    with reading() as session:
        view = advice.current(session, place.organisation_id, place.quarter_id)
    wanted = [fact.values for fact in view.facts if fact.kind == "objective"]
    for values in sorted(wanted, key=lambda one: -float(str(one.get("priority", 0))))[:WANTED]:
        entry = view.entry("objective", str(values["name"]))
        said = str(entry.values.get("says", "")) if entry else ""
        st.markdown(f"- **{plain(view.title('objective', str(values['name'])))}** {plain(said)}")
    if not wanted:
        st.markdown(
            "Nothing is chosen yet. Let everybody write down, alone and in two minutes, what would "
            "be better in three months; then read them out and note what comes up more than once."
        )
    links.page_link("objectives", "Choose what you want" if not wanted else "Change what you want")
    links.page_link("needs", "See what people expect")


def _here(place: Place, held: Held) -> None:
    """Those who are there, ticked once; everybody sees it."""
    with reading() as session:
        noted = meeting_capture.notes(session, held.id)
    there = {one.said.text for one in noted if one.said.kind == "present"}
    st.markdown("**Who is here?**")
    missing = [name for name in meeting_who.names(place) if name not in there]
    picked = st.pills(
        "Who is here?",
        missing,
        selection_mode="multi",
        key=f"meeting_here_{held.id}_{len(there)}",
        label_visibility="collapsed",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        guest = st.text_input(
            "Somebody else", key=f"meeting_guest_{held.id}_{len(there)}",
            label_visibility="collapsed", placeholder="Somebody else", width=220,
        )  # fmt: skip
        if st.button("They are here", key="meeting_present"):
            _come(held, [*picked, *([guest] if guest and guest.strip() else [])])
    _present(held.id)


@live
def _present(meeting_id: int) -> None:
    with reading() as session:
        noted = meeting_capture.notes(session, meeting_id)
    there = [plain(one.said.text) for one in noted if one.said.kind == "present"]
    if there:
        st.markdown(f":material/groups: {len(there)} here: {', '.join(there)}")


def _come(held: Held, names: list[str]) -> None:
    try:
        with writing() as session:
            for name in names:
                said = Said("check_in", "present", " ".join(name.split())[:80])
                meeting_capture.note(session, held.id, said, By())
    except Refused as refusal:
        st.warning(plain(str(refusal)))
    else:
        st.rerun()
