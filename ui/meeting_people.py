"""People: who has promised how much of the hours that they gave, and what if somebody is away."""

from __future__ import annotations

from datetime import date

import streamlit as st

from models.database import reading
from services import advice, plan_people, planning
from services.advice import AdviceView
from services.meetings import Held
from services.plan_people import Person
from ui import links, turning
from ui.frame import Place


def ready(place: Place, held: Held, today: date) -> None:
    """Hours given and promised by person, the fullest first; then the question about absence."""
    with reading() as session:
        view = advice.current(session, place.organisation_id, place.quarter_id)
    there = sorted(plan_people.everybody(view), key=lambda one: one.hours - one.promised)
    if not there:
        st.markdown(
            "Nobody is written down yet. Say aloud who has how many hours a week, honestly, and "
            "who could step in; note it on the right."
        )
        links.page_link("organisation", "Write down who takes part")
        return
    rows = [
        {
            "Who": view.names.get(one.name, ""),
            "Gives": f"{one.hours:g}\u00a0h",
            "Promised": f"{one.promised:g}\u00a0h",
            "Left": _left(one),
            "Answers for": one.answers_for,
        }
        for one in there
    ]
    st.markdown("**Hours a week**, the fullest first")
    st.table(rows, border="horizontal", hide_index=True)
    _away(view, there)
    links.page_link("plan", "Look at what is promised")


def _left(one: Person) -> str:
    left = round(one.hours - one.promised, 2)
    return f"{left:g}\u00a0h" if left >= 0 else f"{-left:g}\u00a0h too much"


def _away(view: AdviceView, there: list[Person]) -> None:
    """What breaks without somebody; asked, never shown by itself."""
    st.markdown("**Who has a deputy?** Ask the person first, then see what would be without them.")
    names = [one.name for one in there]
    person = st.selectbox(
        "Who could be away?",
        names,
        index=None,
        format_func=lambda one: view.names.get(one, "Somebody"),
        placeholder="Choose a person",
        key="meeting_without",
        label_visibility="collapsed",
    )
    if person:
        turning.told(view, planning.without(view, person))
